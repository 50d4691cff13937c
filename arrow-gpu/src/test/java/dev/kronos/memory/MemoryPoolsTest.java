// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.KronosOption;
import dev.kronos.KronosOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MemoryPoolsTest {
  private static final long MIB = 1L << 20;
  private static final KronosOptions SMALL_SLABS =
      KronosOptions.builder().set(KronosOption.MEMORY_SLAB_BYTES, MIB).build();

  @Test
  void buffersAreAlignedAndMappedAsTheirPoolIs() {
    FakeMemorySource source = FakeMemorySource.discrete(64 * MIB);
    try (MemoryPools pools = new MemoryPools(source, SMALL_SLABS);
        DeviceBuffer odd = pools.allocate(Pool.UPLOAD, 3, Alignment.ARROW);
        DeviceBuffer arrow = pools.allocate(Pool.UPLOAD, 100, Alignment.ARROW);
        DeviceBuffer device = pools.allocate(Pool.DEVICE, 100);
        DeviceBuffer upload = pools.allocate(Pool.UPLOAD, 100)) {
      assertThat(arrow.deviceAddress() - odd.deviceAddress()).isEqualTo(64);
      assertThat(upload.deviceAddress() % 256).isZero();
      assertThat(device.deviceAddress() % 256).isZero();
      assertThat(upload.hostAddress())
          .isEqualTo(upload.deviceAddress() - FakeMemorySource.DEVICE_ADDRESS_OFFSET);
      assertThat(device.mapped()).isFalse();
      assertThatThrownBy(device::hostAddress)
          .isInstanceOf(KronosException.Unsupported.class)
          .hasMessageStartingWith("buffer is not mapped: buffer=DeviceBuffer[pool=DEVICE");
      assertThat(upload.handle()).isSameAs(arrow.handle()).isNotSameAs(device.handle());
      assertThat(upload.pool()).isEqualTo(Pool.UPLOAD);
    }
    assertThat(source.liveAllocations()).isZero();
  }

  @Test
  void unifiedMemoryIsOneHeap() {
    FakeMemorySource source = FakeMemorySource.unified(64 * MIB);
    try (MemoryPools pools = new MemoryPools(source, SMALL_SLABS);
        DeviceBuffer device = pools.allocate(Pool.DEVICE, 100);
        DeviceBuffer readback = pools.allocate(Pool.READBACK, 100)) {
      assertThat(pools.unified()).isTrue();
      assertThat(device.mapped()).isTrue();
      assertThat(readback.handle()).isSameAs(device.handle());
      assertThat(pools.counters().slabAllocations()).isEqualTo(1);
    }
  }

  @Test
  void referencesAreCounted() {
    try (MemoryPools pools = pools()) {
      DeviceBuffer buffer = pools.allocate(Pool.UPLOAD, 10);
      assertThat(buffer.retain()).isSameAs(buffer);
      buffer.close();
      assertThat(pools.outstandingBuffers()).isEqualTo(1);
      assertThat(buffer.hostAddress()).isNotZero();
      buffer.close();
      assertThat(pools.outstandingBuffers()).isZero();
      assertThatThrownBy(buffer::close)
          .isInstanceOf(KronosException.Closed.class)
          .hasMessageContaining("references=0");
      assertThatThrownBy(buffer::retain).isInstanceOf(KronosException.Closed.class);
      assertThatThrownBy(buffer::deviceAddress).isInstanceOf(KronosException.Closed.class);
      assertThatThrownBy(buffer::hostAddress).isInstanceOf(KronosException.Closed.class);
      assertThatThrownBy(buffer::handle).isInstanceOf(KronosException.Closed.class);
    }
  }

  @Test
  void emptyBuffersHaveAddressesOfTheirOwn() {
    try (MemoryPools pools = pools();
        DeviceBuffer first = pools.allocate(Pool.DEVICE, 0);
        DeviceBuffer second = pools.allocate(Pool.DEVICE, 0)) {
      assertThat(first.sizeBytes()).isZero();
      assertThat(first.deviceAddress()).isNotEqualTo(second.deviceAddress());
    }
  }

  @Test
  void wrongSizesAreRefused() {
    try (MemoryPools pools = pools()) {
      for (long sizeBytes : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 44) + 1}) {
        assertThatThrownBy(() -> pools.allocate(Pool.DEVICE, sizeBytes))
            .isInstanceOf(KronosException.InvalidArgument.class)
            .hasMessageContaining("sizeBytes=" + sizeBytes);
      }
    }
  }

  @Test
  void closeListsWhatLeakedAndStillFreesIt() {
    FakeMemorySource source = FakeMemorySource.discrete(64 * MIB);
    KronosOptions options =
        SMALL_SLABS.toBuilder().set(KronosOption.DEBUG_LEAK_STACKS, true).build();
    MemoryPools pools = new MemoryPools(source, options);
    DeviceBuffer leaked = pools.allocate(Pool.UPLOAD, 12345);
    assertThatThrownBy(pools::close)
        .isInstanceOf(KronosException.Leak.class)
        .hasMessageStartingWith("device memory leaked: buffers=1, bytes=12345")
        .hasMessageContaining("sizeBytes=12345")
        .hasMessageContaining("closeListsWhatLeakedAndStillFreesIt");
    assertThat(source.liveAllocations()).isZero();
    assertThatThrownBy(leaked::hostAddress).isInstanceOf(KronosException.Closed.class);
    assertThatThrownBy(leaked::retain).isInstanceOf(KronosException.Closed.class);
    leaked.close();
    pools.close();
    assertThatThrownBy(() -> pools.allocate(Pool.DEVICE, 1))
        .isInstanceOf(KronosException.Closed.class);
  }

  @Test
  void steadyStateTakesNothingFromTheDevice() {
    try (MemoryPools pools = pools()) {
      Runnable round =
          () -> {
            List<DeviceBuffer> buffers = new ArrayList<>();
            for (int i = 1; i < 40; i++) {
              buffers.add(pools.allocate(Pool.values()[i % 3], i * 100_000L));
            }
            buffers.forEach(DeviceBuffer::close);
          };
      round.run();
      long before = pools.counters().slabAllocations();
      for (int i = 0; i < 1000; i++) {
        round.run();
      }
      assertThat(pools.counters().slabAllocations()).isEqualTo(before);
      pools.trim();
      assertThat(pools.counters().reservedBytes()).isZero();
      assertThat(pools.counters().slabReleases()).isEqualTo(before);
    }
  }

  @Test
  void hostAddressesLeadToTheirBuffers() {
    try (MemoryPools pools = pools()) {
      Random random = new Random(5);
      List<DeviceBuffer> buffers = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        long sizeBytes = random.nextInt(20) == 0 ? 3 * MIB / 2 : 1 + random.nextInt(5000);
        buffers.add(pools.allocate(Pool.UPLOAD, sizeBytes, Alignment.ARROW));
        if (random.nextInt(3) == 0) {
          buffers.remove(random.nextInt(buffers.size())).close();
        }
      }
      for (DeviceBuffer buffer : buffers) {
        assertThat(pools.bufferAt(buffer.hostAddress())).isSameAs(buffer);
        assertThat(pools.bufferAt(buffer.hostAddress() + buffer.sizeBytes() - 1)).isSameAs(buffer);
      }
      DeviceBuffer gone = buffers.remove(0);
      long address = gone.hostAddress();
      gone.close();
      assertThat(pools.bufferAt(address)).isNull();
      assertThat(pools.bufferAt(0)).isNull();
      assertThat(pools.bufferAt(-1)).isNull();
      buffers.forEach(DeviceBuffer::close);
    }
  }

  @Test
  void limitIsReservedBeforeAllocation() {
    FakeMemorySource source = FakeMemorySource.discrete(64 * MIB);
    KronosOptions options =
        SMALL_SLABS.toBuilder().set(KronosOption.MEMORY_LIMIT_BYTES, 4 * MIB).build();
    try (MemoryPools pools = new MemoryPools(source, options)) {
      DeviceBuffer large = pools.allocate(Pool.DEVICE, 3 * MIB);
      assertThat(pools.availableBytes(Pool.DEVICE)).isEqualTo(MIB);
      assertThatThrownBy(() -> pools.allocate(Pool.DEVICE, 2 * MIB))
          .isInstanceOf(KronosException.Exhausted.class)
          .hasMessageStartingWith("out of device memory: pool=DEVICE, askedBytes=2097152")
          .hasMessageContaining("limitBytes=4194304");
      large.close();
      // The idle large slab gives way to what is asked for now, in another pool.
      pools.allocate(Pool.UPLOAD, 2 * MIB).close();
      assertThat(pools.counters().peakReservedBytes()).isLessThanOrEqualTo(4 * MIB);
    }
  }

  @Test
  void smallerSlabsServeWhenThereIsNoRoomForAWholeOne() {
    FakeMemorySource source = FakeMemorySource.discrete(64 * MIB);
    KronosOptions options =
        SMALL_SLABS.toBuilder().set(KronosOption.MEMORY_LIMIT_BYTES, MIB / 4).build();
    try (MemoryPools pools = new MemoryPools(source, options)) {
      pools.allocate(Pool.DEVICE, 1000).close();
      assertThat(pools.counters().reservedBytes()).isEqualTo(MIB / 4);
    }
  }

  @Test
  void failureOfTheDeviceIsTriedAgainOnceAfterTrimming() {
    FakeMemorySource source = FakeMemorySource.discrete(64 * MIB);
    try (MemoryPools pools = new MemoryPools(source, SMALL_SLABS)) {
      pools.allocate(Pool.DEVICE, 5 * MIB).close();
      source.failNext(1);
      pools.allocate(Pool.DEVICE, 7 * MIB).close();
      assertThat(source.liveAllocations()).isEqualTo(1);
      source.failNext(100);
      assertThatThrownBy(() -> pools.allocate(Pool.DEVICE, 9 * MIB))
          .isInstanceOf(KronosException.Exhausted.class);
      source.failNext(0);
      assertThat(pools.counters().reservedBytes()).isZero();
    }
  }

  @Test
  void idleLargeMemoryIsReusedWithinAnEighth() {
    try (MemoryPools pools = pools()) {
      pools.allocate(Pool.DEVICE, 9 * MIB).close();
      pools.allocate(Pool.DEVICE, 8 * MIB).close();
      assertThat(pools.counters().slabAllocations()).isEqualTo(1);
      pools.allocate(Pool.DEVICE, 6 * MIB).close();
      assertThat(pools.counters().slabAllocations()).isEqualTo(2);
    }
  }

  @Test
  void slabIsAnEighthOfASmallHeap() {
    assertThat(SlabFactory.slabBytes(256 * MIB, 80L << 30)).isEqualTo(256 * MIB);
    assertThat(SlabFactory.slabBytes(256 * MIB, 214 * MIB)).isEqualTo(26 * MIB + 0xC0000);
    assertThat(SlabFactory.slabBytes(256 * MIB, 1)).isEqualTo(1 << 16);
  }

  @Test
  void poisonFillsFreshBuffers() {
    FakeMemorySource source = FakeMemorySource.discrete(64 * MIB);
    KronosOptions options = SMALL_SLABS.toBuilder().set(KronosOption.DEBUG_POISON, true).build();
    try (MemoryPools pools = new MemoryPools(source, options);
        DeviceBuffer mapped = pools.allocate(Pool.UPLOAD, 13);
        DeviceBuffer unmapped = pools.allocate(Pool.DEVICE, 13)) {
      assertThat(HostMemory.byteAt(mapped.hostAddress())).isEqualTo((byte) 0xCB);
      assertThat(HostMemory.byteAt(mapped.hostAddress() + 12)).isEqualTo((byte) 0xCB);
      assertThat(unmapped.sizeBytes()).isEqualTo(13);
      assertThat(source.poisonings()).isEqualTo(1);
    }
  }

  @Test
  void manyThreadsNeverShareBytes() throws Exception {
    try (MemoryPools pools = pools()) {
      ExecutorService threads = Executors.newFixedThreadPool(8);
      List<Future<?>> results = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int seed = thread;
        results.add(threads.submit(() -> hammer(pools, seed)));
      }
      for (Future<?> result : results) {
        result.get();
      }
      threads.shutdown();
      assertThat(pools.outstandingBuffers()).isZero();
      assertThat(pools.counters().grantedBytes()).isZero();
    }
  }

  private static void hammer(MemoryPools pools, int seed) {
    Random random = new Random(seed);
    List<DeviceBuffer> mine = new ArrayList<>();
    for (int step = 0; step < 4000; step++) {
      if (mine.size() < 20) {
        long sizeBytes = random.nextInt(50) == 0 ? 2 * MIB : 16 + random.nextInt(100_000);
        DeviceBuffer buffer = pools.allocate(Pool.UPLOAD, sizeBytes, Alignment.ARROW);
        HostMemory.putLong(buffer.hostAddress(), mark(seed, buffer));
        HostMemory.putLong(buffer.hostAddress() + sizeBytes - 8, mark(seed, buffer));
        mine.add(buffer);
      } else {
        free(mine.remove(random.nextInt(mine.size())), seed);
      }
      if (step % 1000 == 0) {
        pools.trim();
      }
    }
    mine.forEach(buffer -> free(buffer, seed));
  }

  private static void free(DeviceBuffer buffer, int seed) {
    long address = buffer.hostAddress();
    assertThat(HostMemory.longAt(address + buffer.sizeBytes() - 8)).isEqualTo(mark(seed, buffer));
    buffer.close();
  }

  private static long mark(int seed, DeviceBuffer buffer) {
    return (buffer.hostAddress() << 8) + seed;
  }

  private static MemoryPools pools() {
    return new MemoryPools(FakeMemorySource.discrete(512 * MIB), SMALL_SLABS);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.KronosOption;
import dev.kronos.KronosOptions;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.FakeMemorySource;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KronosAllocatorTest {
  private static final long MIB = 1L << 20;

  private FakeMemorySource source;
  private MemoryPools pools;

  @BeforeEach
  void open() {
    source = FakeMemorySource.discrete(64 * MIB);
    pools =
        new MemoryPools(
            source, KronosOptions.builder().set(KronosOption.MEMORY_SLAB_BYTES, MIB).build());
  }

  @AfterEach
  void close() {
    assertThat(pools.outstandingBuffers()).isZero();
    pools.close();
    assertThat(source.liveAllocations()).isZero();
  }

  @Test
  void arrowBuffersLieInThePool() {
    try (BufferAllocator root = root(Pool.UPLOAD);
        ArrowBuf first = root.buffer(100);
        ArrowBuf second = root.buffer(100)) {
      DeviceBuffer lent = pools.bufferAt(first.memoryAddress() + 99);
      assertThat(lent.hostAddress()).isEqualTo(first.memoryAddress());
      assertThat(lent.pool()).isEqualTo(Pool.UPLOAD);
      assertThat(first.memoryAddress() % 64).isZero();
      assertThat(second.memoryAddress() - first.memoryAddress()).isEqualTo(128);
      first.setLong(0, 42);
      assertThat(first.getLong(0)).isEqualTo(42);
      assertThat(root.getAllocatedMemory()).isEqualTo(256);
    }
  }

  @Test
  void vectorsWork() {
    try (BufferAllocator root = root(Pool.READBACK);
        BufferAllocator child = root.newChildAllocator("child", 0, MIB);
        BigIntVector numbers = new BigIntVector("numbers", child);
        VarCharVector strings = new VarCharVector("strings", child)) {
      for (int i = 0; i < 5000; i++) {
        numbers.setSafe(i, i);
        strings.setSafe(i, Integer.toString(i).getBytes(StandardCharsets.UTF_8));
      }
      numbers.setValueCount(5000);
      strings.setValueCount(5000);
      assertThat(numbers.get(4999)).isEqualTo(4999);
      assertThat(strings.getObject(4999)).hasToString("4999");
      assertThat(pools.bufferAt(numbers.getDataBufferAddress())).isNotNull();
      assertThat(pools.bufferAt(strings.getDataBufferAddress())).isNotNull();
    }
  }

  @Test
  void sliceAndTransferKeepTheMemory() {
    try (BufferAllocator root = root(Pool.UPLOAD);
        BufferAllocator from = root.newChildAllocator("from", 0, MIB);
        BufferAllocator to = root.newChildAllocator("to", 0, MIB)) {
      ArrowBuf buffer = from.buffer(1000);
      ArrowBuf slice = buffer.slice(500, 100);
      slice.getReferenceManager().retain();
      buffer.close();
      assertThat(pools.outstandingBuffers()).isEqualTo(1);
      assertThat(pools.bufferAt(slice.memoryAddress())).isNotNull();
      ArrowBuf moved =
          slice.getReferenceManager().transferOwnership(slice, to).getTransferredBuffer();
      slice.close();
      assertThat(to.getAllocatedMemory()).isPositive();
      moved.close();
    }
  }

  @Test
  void limitsOfChildrenHold() {
    try (BufferAllocator root = root(Pool.UPLOAD);
        BufferAllocator child = root.newChildAllocator("small", 0, 1024)) {
      assertThatThrownBy(() -> child.buffer(2048)).isInstanceOf(OutOfMemoryException.class);
      child.buffer(1024).close();
    }
  }

  @Test
  void exhaustedPoolIsArrowsOutOfMemory() {
    try (BufferAllocator root = root(Pool.UPLOAD)) {
      assertThatThrownBy(() -> root.buffer(65 * MIB))
          .isInstanceOf(OutOfMemoryException.class)
          .hasCauseInstanceOf(KronosException.Exhausted.class);
      assertThat(root.getAllocatedMemory()).isZero();
    }
  }

  @Test
  void leakFailsTheAllocatorsClose() {
    BufferAllocator root = root(Pool.UPLOAD);
    ArrowBuf leaked = root.buffer(64);
    assertThat(leaked.capacity()).isEqualTo(64);
    assertThatThrownBy(root::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("leaked");
    assertThat(pools.outstandingBuffers()).isEqualTo(1);
    // Arrow refuses to release into a closed allocator: the pools take the memory back.
    assertThatThrownBy(pools::close).isInstanceOf(KronosException.Leak.class);
    assertThat(source.liveAllocations()).isZero();
    open();
  }

  @Test
  void emptyBuffersTakeNoMemory() {
    try (BufferAllocator root = root(Pool.UPLOAD);
        ArrowBuf empty = root.buffer(0)) {
      assertThat(empty.capacity()).isZero();
      assertThat(pools.outstandingBuffers()).isZero();
    }
  }

  @Test
  void unmappedPoolIsRefused() {
    assertThatThrownBy(() -> root(Pool.DEVICE))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessage("Arrow memory must be mapped: pool=DEVICE, allowed=UPLOAD, READBACK");
    assertThatThrownBy(() -> KronosAllocatorFactory.newRootAllocator(pools, Pool.UPLOAD, 0))
        .isInstanceOf(KronosException.InvalidArgument.class);
  }

  private BufferAllocator root(Pool pool) {
    return KronosAllocatorFactory.newRootAllocator(pools, pool, Long.MAX_VALUE);
  }
}

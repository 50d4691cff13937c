// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.KronosOptions;
import dev.kronos.dispatch.AllocatedBytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Guards the cost of an allocation: its time, its waste and its garbage. */
class AllocationCostTest {
  private static final int ROUNDS = 200_000;

  @Test
  void timeIsFlatFromTenToAMillionLiveBlocks() {
    double few = Math.min(nanosPerPair(10), nanosPerPair(10));
    double many = Math.min(nanosPerPair(1_000_000), nanosPerPair(1_000_000));
    // Caches alone make a million blocks slower; anything that is not O(1) would be 1,000 times so.
    assertThat(many).isLessThan(few * 25 + 1_000);
  }

  @Test
  void wasteStaysWithinAnEighthOnATraceOfColumnBatches() {
    FakeMemorySource source = FakeMemorySource.discrete(8L << 30);
    try (MemoryPools pools = new MemoryPools(source, KronosOptions.defaults())) {
      Random random = new Random(11);
      Deque<DeviceBuffer> live = new ArrayDeque<>();
      double worstWaste = 0;
      for (int batch = 0; batch < 2000; batch++) {
        int rows = batch % 10 == 9 ? 1 + random.nextInt(65_536) : 65_536;
        for (int width : new int[] {1, 4, 4, 8, 8, 16, 16}) {
          live.add(pools.allocate(Pool.DEVICE, (long) rows * width));
          live.add(pools.allocate(Pool.DEVICE, (rows + 7) / 8));
        }
        while (live.size() > 400) {
          live.remove().close();
        }
        MemoryCounters now = pools.counters();
        worstWaste = Math.max(worstWaste, 1 - (double) now.bufferBytes() / now.grantedBytes());
      }
      assertThat(worstWaste).isLessThan(0.125);
      assertThat(pools.counters().slabAllocations()).isLessThanOrEqualTo(2);
      live.forEach(DeviceBuffer::close);
    }
  }

  @Test
  void onlyTheBufferItselfIsHeapMemory() {
    FakeMemorySource source = FakeMemorySource.discrete(1L << 30);
    try (MemoryPools pools = new MemoryPools(source, KronosOptions.defaults())) {
      Runnable pair = () -> pools.allocate(Pool.UPLOAD, 4096).close();
      AllocatedBytes.warmUp(() -> AllocatedBytes.during(pair, 100));
      long bytes = AllocatedBytes.during(pair, 10_000);
      assertThat(bytes / 10_000).isLessThan(200);
    }
  }

  private static double nanosPerPair(int liveBlocks) {
    FreeLists lists = new FreeLists();
    lists.addRegion(0, SizeClasses.MAX_GRANULES);
    Random random = new Random(3);
    List<Integer> live = new ArrayList<>();
    for (int i = 0; i < liveBlocks; i++) {
      live.add(lists.allocate(1 + random.nextInt(64), 1));
    }
    int[] slots = random.ints(ROUNDS, 0, liveBlocks).toArray();
    int[] sizes = random.ints(ROUNDS, 1, 65).toArray();
    long start = System.nanoTime();
    for (int i = 0; i < ROUNDS; i++) {
      lists.free(live.get(slots[i]));
      live.set(slots[i], lists.allocate(sizes[i], 1));
    }
    return (double) (System.nanoTime() - start) / ROUNDS;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.KronosOptions;
import dev.kronos.dispatch.AllocatedBytes;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guards the cost of an allocation: its time, its waste and its garbage. */
@Tag("once")
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
  void blocksLookedAtAreBoundedAndFlatFromTenToAMillionLiveBlocks() {
    for (int liveBlocks = 10; liveBlocks <= 1_000_000; liveBlocks *= 10) {
      // So full that free blocks are rare and mostly too short.
      Churn churn = new Churn(liveBlocks, liveBlocks * 31);
      long most = 0;
      long all = 0;
      for (int i = 0; i < ROUNDS; i++) {
        long before = churn.lists.blocksLookedAt();
        churn.replace(i);
        most = Math.max(most, churn.lists.blocksLookedAt() - before);
        all += churn.lists.blocksLookedAt() - before;
      }
      assertThat(most).as("one allocation, %s blocks", liveBlocks).isBetween(1L, 16L);
      assertThat((double) all / ROUNDS).as("on average, %s blocks", liveBlocks).isLessThan(0.1);
    }
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

  /** Returns processor time, so that other processes of the machine do not count. */
  private static double nanosPerPair(int liveBlocks) {
    Churn churn = new Churn(liveBlocks, SizeClasses.MAX_GRANULES);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < ROUNDS; i++) {
      churn.replace(i);
    }
    return (double) (threads.getCurrentThreadCpuTime() - start) / ROUNDS;
  }

  /** Holds a number of blocks of random lengths and replaces random ones. */
  private static final class Churn {
    private final FreeLists lists = new FreeLists();
    private final int[] live;
    private final int[] slots;
    private final int[] sizes;

    Churn(int liveBlocks, int granules) {
      lists.addRegion(0, granules);
      Random random = new Random(3);
      live = new int[liveBlocks];
      Arrays.setAll(live, i -> lists.allocate(1 + random.nextInt(64), 1));
      slots = random.ints(ROUNDS, 0, liveBlocks).toArray();
      sizes = random.ints(ROUNDS, 1, 65).toArray();
    }

    void replace(int round) {
      int slot = slots[round];
      if (live[slot] != FreeLists.NONE) {
        lists.free(live[slot]);
      }
      live[slot] = lists.allocate(sizes[round], 1);
    }
  }
}

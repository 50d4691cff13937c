// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.KronosOption;
import dev.kronos.KronosOptions;
import dev.kronos.OpenKronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Allocates where all memory is lent and some of it only to work that is about to end. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemoryPressureTest {

  private static final long MIB = 1L << 20;
  private static final KronosOptions EIGHT_MIB =
      OpenKronos.options()
          .set(KronosOption.MEMORY_SLAB_BYTES, MIB)
          .set(KronosOption.MEMORY_LIMIT_BYTES, 8 * MIB)
          .build();

  @Test
  void allocationWaitsForTheWorkThatHoldsItsMemory() {
    try (OpenKronos open = new OpenKronos(EIGHT_MIB);
        Stream stream = open.kronos().newStream()) {
      for (int i = 0; i < 20; i++) {
        // Neither fits beside what the fill before it holds until it is found to be done.
        DeviceBuffer buffer = open.kronos().memory().allocate(Pool.DEVICE, 5 * MIB);
        stream.fill(buffer, 0, buffer.sizeBytes(), i).submit();
        buffer.close();
        try (ArrowBuf arrow = open.kronos().allocator().buffer(6 * MIB)) {
          arrow.setLong(0, i);
        }
      }
      assertThat(open.kronos().memory().counters().peakReservedBytes())
          .isLessThanOrEqualTo(8 * MIB);
    }
  }

  @Test
  void memoryThatNobodyGivesBackIsNotWaitedFor() {
    try (OpenKronos open = new OpenKronos(EIGHT_MIB);
        DeviceBuffer held = open.kronos().memory().allocate(Pool.DEVICE, 5 * MIB);
        Stream stream = open.kronos().newStream()) {
      stream.fill(held, 0, held.sizeBytes(), 1).submit();
      stream.fill(held, 0, held.sizeBytes(), 2);
      for (long sizeBytes : new long[] {4 * MIB, 9 * MIB}) {
        assertThatThrownBy(() -> open.kronos().memory().allocate(Pool.DEVICE, sizeBytes))
            .isInstanceOf(KronosException.Exhausted.class)
            .hasMessageContaining("askedBytes=" + sizeBytes);
        assertThatThrownBy(() -> open.kronos().allocator().buffer(sizeBytes))
            .isInstanceOf(OutOfMemoryException.class);
      }
    }
  }

  @Test
  void threadsThatShareTooLittleMemoryAllGetOn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (OpenKronos open = new OpenKronos(EIGHT_MIB)) {
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int seed = i;
        results.add(threads.submit(() -> fillAndCheck(open.kronos(), seed)));
      }
      for (Future<?> result : results) {
        result.get(100, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Lends 256 KiB to each of 100 batches and waits for none; all 800 would take 200 MiB. */
  private static void fillAndCheck(Kronos kronos, int seed) {
    try (Stream stream = kronos.newStream();
        DeviceBuffer kept = kronos.memory().allocate(Pool.DEVICE, MIB / 4)) {
      for (int i = 0; i < 100; i++) {
        DeviceBuffer buffer = kronos.memory().allocate(Pool.DEVICE, MIB / 4);
        stream.fill(buffer, 0, buffer.sizeBytes(), seed + i);
        stream.copy(buffer, 0, kept, 0, kept.sizeBytes()).submit();
        buffer.close();
      }
      assertThat(TestKernels.read(kronos, kept)).containsOnly(seed + 99);
    }
  }
}

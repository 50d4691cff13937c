// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamThreadsTest {

  private static final int WORDS = 64;

  @Test
  void manyThreadsWithStreamsOfTheirOwnGetTheirOwnResults() throws Exception {
    int threads = 32;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (OpenKronos open = new OpenKronos()) {
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int seed = i;
        results.add(pool.submit(() -> randomProgram(open.kronos(), seed)));
      }
      for (Future<?> result : results) {
        result.get();
      }
      Counters counters = open.kronos().counters();
      assertThat(counters.driverSubmits()).isLessThanOrEqualTo(counters.submits());
      assertThat(counters.streams().dispatches()).isGreaterThan(threads * 100L);
    } finally {
      pool.shutdown();
    }
  }

  /** Runs random work over a few buffers and compares with the same work in Java. */
  private static void randomProgram(Kronos kronos, int seed) {
    Random random = new Random(seed);
    Kernel add = kronos.kernels().compile(TestKernels.ADD);
    Kernel multiplyAdd = kronos.kernels().compile(TestKernels.MULTIPLY_ADD);
    int[] model = new int[4];
    List<DeviceBuffer> buffers = new ArrayList<>();
    try (Stream stream = kronos.newStream()) {
      for (int i = 0; i < model.length; i++) {
        buffers.add(kronos.memory().allocate(Pool.DEVICE, WORDS * 4L));
        stream.fill(buffers.get(i), 0, WORDS * 4L, 0);
      }
      for (int step = 0; step < 300; step++) {
        int from = random.nextInt(model.length);
        int to = random.nextInt(model.length);
        int factor = random.nextInt(1000);
        switch (random.nextInt(4)) {
          case 0 -> {
            stream.dispatch(
                TestKernels.multiplyAdd(multiplyAdd, buffers.get(from), buffers.get(to), factor));
            model[to] += model[from] * factor;
          }
          case 1 -> {
            stream.fill(buffers.get(to), 0, WORDS * 4L, factor);
            model[to] = factor;
          }
          case 2 -> {
            if (from != to) {
              stream.copy(buffers.get(from), 0, buffers.get(to), 0, WORDS * 4L);
              model[to] = model[from];
            }
          }
          default -> {
            stream.dispatch(TestKernels.add(add, buffers.get(from), buffers.get(to), factor));
            model[to] = model[from] + factor;
          }
        }
        submitSometimes(stream, random);
      }
      stream.submit().await();
      for (int i = 0; i < model.length; i++) {
        assertThat(TestKernels.read(kronos, buffers.get(i))).containsOnly(model[i]);
      }
    } finally {
      buffers.forEach(DeviceBuffer::close);
    }
  }

  private static void submitSometimes(Stream stream, Random random) {
    int dice = random.nextInt(20);
    if (dice == 0) {
      stream.submit().await();
    } else if (dice < 3) {
      stream.submit();
    }
  }

  @Test
  void secondThreadInAStreamIsRefused() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (OpenKronos open = new OpenKronos();
        DeviceBuffer buffer = open.kronos().memory().allocate(Pool.DEVICE, 4096);
        Stream stream = open.kronos().newStream()) {
      AtomicInteger refusals = new AtomicInteger();
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        results.add(pool.submit(() -> fillUntilRefused(stream, buffer, refusals)));
      }
      for (Future<?> result : results) {
        result.get();
      }
      assertThat(refusals).hasPositiveValue();
      stream.fill(buffer, 0, 4096, 2).submit().await();
    } finally {
      pool.shutdown();
    }
  }

  private static void fillUntilRefused(Stream stream, DeviceBuffer buffer, AtomicInteger refusals) {
    while (refusals.get() == 0) {
      try {
        stream.fill(buffer, 0, 4096, 1);
      } catch (KronosException.InvalidArgument e) {
        assertThat(e).hasMessageContaining("stream used by two threads at once");
        refusals.incrementAndGet();
      }
    }
  }
}

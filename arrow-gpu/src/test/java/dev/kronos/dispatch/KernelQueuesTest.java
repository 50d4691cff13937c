// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.KronosOption;
import dev.kronos.OpenKronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests kernels of several threads on three queues, which on devices with fewer share them. */
class KernelQueuesTest {

  private static final int QUEUES = 3;
  private static final int WORDS = 4096;
  private static final long BYTES = WORDS * 4L;
  private static final int BUFFERS = 6;

  private final List<ExecutorService> threads = new ArrayList<>();
  private final List<Stream> streams = new ArrayList<>();
  private final List<DeviceBuffer> buffers = new ArrayList<>();
  private OpenKronos open;
  private Kronos kronos;
  private Kernel add;

  @BeforeEach
  void openDevice() throws Exception {
    open = new OpenKronos(OpenKronos.options().set(KronosOption.DEVICE_QUEUES, QUEUES).build());
    kronos = open.kronos();
    add = kronos.kernels().compile(TestKernels.ADD);
    for (int i = 0; i < QUEUES; i++) {
      threads.add(Executors.newSingleThreadExecutor());
      streams.add(in(i, kronos::newStream));
    }
    for (int i = 0; i < BUFFERS; i++) {
      buffers.add(kronos.memory().allocate(Pool.DEVICE, BYTES));
      streams.get(0).fill(buffers.get(i), 0, BYTES, 0);
    }
    streams.get(0).submit().await();
  }

  @AfterEach
  void closeDevice() {
    streams.forEach(Stream::close);
    buffers.forEach(DeviceBuffer::close);
    threads.forEach(ExecutorService::shutdown);
    open.close();
  }

  private <T> T in(int thread, Supplier<T> work) throws InterruptedException, ExecutionException {
    Future<T> done = threads.get(thread).submit(work::get);
    return done.get();
  }

  private long queueWaits() {
    return streams.stream().mapToLong(stream -> stream.counters().queueWaits()).sum();
  }

  @Test
  void workOnOtherBytesDoesNotWait() {
    for (int step = 0; step < 20; step++) {
      for (int i = 0; i < QUEUES; i++) {
        DeviceBuffer own = buffers.get(i);
        streams.get(i).dispatch(TestKernels.add(add, own, own, i + 1)).submit();
      }
    }
    kronos.finish();
    for (int i = 0; i < QUEUES; i++) {
      assertThat(TestKernels.read(kronos, buffers.get(i))).containsOnly(20 * (i + 1));
    }
    assertThat(queueWaits()).isZero();
  }

  @Test
  void streamsOfOneThreadShareAQueue() throws Exception {
    try (Stream same = in(1, kronos::newStream)) {
      DeviceBuffer buffer = buffers.get(0);
      streams.get(1).dispatch(TestKernels.add(add, buffer, buffer, 1)).submit();
      same.dispatch(TestKernels.add(add, buffer, buffer, 2)).submit().await();
      assertThat(same.counters().queueWaits()).isZero();
      assertThat(TestKernels.read(kronos, buffer)).containsOnly(3);
    }
  }

  @Test
  void kernelWaitsForTheQueuesThatItReadsFrom() {
    for (int i = 0; i < QUEUES; i++) {
      streams.get(i).dispatch(TestKernels.add(add, buffers.get(5), buffers.get(i), i + 1)).submit();
    }
    Stream last = streams.get(0);
    last.dispatch(TestKernels.add(add, buffers.get(1), buffers.get(3), 10))
        .dispatch(TestKernels.add(add, buffers.get(2), buffers.get(4), 20))
        .submit()
        .await();
    assertThat(TestKernels.read(kronos, buffers.get(3))).containsOnly(12);
    assertThat(TestKernels.read(kronos, buffers.get(4))).containsOnly(23);
    assertThat(last.counters().queueWaits()).isEqualTo(2);
  }

  /** Runs random work on all queues and the one for transfers, and compares with Java. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void allQueuesTogetherKeepTheOrderOfSubmission(int seed) {
    Random random = new Random(seed);
    int[] model = new int[BUFFERS];
    try (Stream transfers = kronos.newTransferStream()) {
      for (int step = 1; step <= 600; step++) {
        int from = random.nextInt(BUFFERS);
        int to = random.nextInt(BUFFERS);
        if (random.nextInt(8) > 0) {
          streams
              .get(random.nextInt(QUEUES))
              .dispatch(TestKernels.add(add, buffers.get(from), buffers.get(to), step))
              .submit();
          model[to] = model[from] + step;
        } else {
          transfers.fill(buffers.get(to), 0, BYTES, step).submit();
          model[to] = step;
        }
      }
      kronos.finish();
      for (int i = 0; i < BUFFERS; i++) {
        assertThat(TestKernels.read(kronos, buffers.get(i))).containsOnly(model[i]);
      }
      assertThat(queueWaits()).isPositive();
    }
  }

  /** Threads add to a buffer of their own and, in turns, to one of all, and lose nothing. */
  @Test
  void threadsWorkAtOnce() throws Exception {
    List<Future<?>> work = new ArrayList<>();
    for (int i = 0; i < QUEUES; i++) {
      Stream stream = streams.get(i);
      DeviceBuffer own = buffers.get(i);
      DeviceBuffer common = buffers.get(5);
      work.add(
          threads
              .get(i)
              .submit(
                  () -> {
                    for (int step = 0; step < 200; step++) {
                      stream.dispatch(TestKernels.add(add, own, own, 1));
                      stream.dispatch(TestKernels.add(add, common, common, 1)).submit();
                    }
                  }));
    }
    for (Future<?> thread : work) {
      thread.get();
    }
    kronos.finish();
    for (int i = 0; i < QUEUES; i++) {
      assertThat(TestKernels.read(kronos, buffers.get(i))).containsOnly(200);
    }
    assertThat(TestKernels.read(kronos, buffers.get(5))).containsOnly(200 * QUEUES);
  }
}

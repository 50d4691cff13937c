// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.OpenKronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Keeps 64 threads busy on one device for some seconds, the system property {@code
 * kronos.test.seconds}, and checks every result: streams and recordings, buffers of one thread's
 * own and buffers that all of them add to, allocation and closing all the while.
 */
@Tag("once")
class ManyThreadsTest {

  private static final int THREADS = 64;
  private static final int SHARED = 4;
  private static final int WORDS = 128;
  private static final long BYTES = WORDS * 4L;
  private static final int SECONDS = Integer.getInteger("kronos.test.seconds", 4);

  @Test
  void everyResultIsRight() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (OpenKronos open = new OpenKronos();
        Shared shared = new Shared(open.kronos())) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Worker worker = new Worker(open.kronos(), shared, new Random(i));
        workers.add(pool.submit(() -> worker.work(deadline)));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
      shared.check();
      Counters counters = open.kronos().counters();
      assertThat(counters.driverSubmits()).isLessThanOrEqualTo(counters.submits());
      assertThat(counters.dispatches()).isGreaterThan(THREADS);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Holds buffers that every thread adds to; addition commutes, so only the sum matters. */
  private static final class Shared implements AutoCloseable {
    private final Kronos kronos;
    private final DeviceBuffer one;
    private final List<DeviceBuffer> sums = new ArrayList<>();
    private final AtomicIntegerArray expected = new AtomicIntegerArray(SHARED);

    Shared(Kronos kronos) {
      this.kronos = kronos;
      one = kronos.memory().allocate(Pool.DEVICE, BYTES);
      try (Stream stream = kronos.newStream()) {
        stream.fill(one, 0, BYTES, 1);
        for (int i = 0; i < SHARED; i++) {
          sums.add(kronos.memory().allocate(Pool.DEVICE, BYTES));
          stream.fill(sums.get(i), 0, BYTES, 0);
        }
        stream.submit();
      }
    }

    /** Describes the addition of a number to one of the buffers, and expects it. */
    Dispatch add(Kernel multiplyAdd, int which, int number, int times) {
      expected.addAndGet(which, number * times);
      return TestKernels.multiplyAdd(multiplyAdd, one, sums.get(which), number);
    }

    void check() {
      for (int i = 0; i < SHARED; i++) {
        assertThat(TestKernels.read(kronos, sums.get(i))).containsOnly(expected.get(i));
      }
    }

    @Override
    public void close() {
      sums.forEach(DeviceBuffer::close);
      one.close();
    }
  }

  /** Does random rounds of work and keeps the expected words of its own buffers. */
  private static final class Worker {
    private final Kronos kronos;
    private final Shared shared;
    private final Random random;
    private final Kernel add;
    private final Kernel multiplyAdd;

    Worker(Kronos kronos, Shared shared, Random random) {
      this.kronos = kronos;
      this.shared = shared;
      this.random = random;
      add = kronos.kernels().compile(TestKernels.ADD);
      multiplyAdd = kronos.kernels().compile(TestKernels.MULTIPLY_ADD);
    }

    void work(long deadline) {
      do {
        switch (random.nextInt(3)) {
          case 0 -> stream();
          case 1 -> replay();
          default -> transfer();
        }
      } while (System.nanoTime() < deadline);
    }

    /** Runs kernels over two buffers that go as soon as their use is recorded. */
    private void stream() {
      int[] expected = {random.nextInt(), random.nextInt()};
      DeviceBuffer[] own = {allocate(Pool.DEVICE), allocate(Pool.DEVICE)};
      DeviceBuffer result = allocate(Pool.READBACK);
      try (Stream stream = kronos.newStream()) {
        stream.fill(own[0], 0, BYTES, expected[0]).fill(own[1], 0, BYTES, expected[1]);
        for (int i = random.nextInt(40); i >= 0; i--) {
          int from = random.nextInt(2);
          int number = random.nextInt(100);
          if (random.nextInt(4) == 0) {
            stream.dispatch(shared.add(multiplyAdd, random.nextInt(SHARED), number, 1));
          } else {
            stream.dispatch(TestKernels.multiplyAdd(multiplyAdd, own[from], own[1 - from], number));
            expected[1 - from] += expected[from] * number;
          }
          if (random.nextInt(8) == 0) {
            stream.submit();
          }
        }
        stream.copy(own[0], 0, result, 0, BYTES);
        own[0].close();
        own[1].close();
        stream.submit().await();
        check(result, expected[0]);
      }
    }

    /** Replays a recording with new arguments; it outlives its stream. */
    private void replay() {
      DeviceBuffer result = allocate(Pool.READBACK);
      int which = random.nextInt(SHARED);
      int times = 1 + random.nextInt(8);
      Recording recording;
      try (Stream stream = kronos.newStream()) {
        stream.fill(result, 0, BYTES, 0);
        stream.dispatch(shared.add(multiplyAdd, which, 3, times));
        stream.dispatch(TestKernels.add(add, shared.one, result, 0));
        recording = stream.record();
      }
      try (recording) {
        for (int i = 0; i < times; i++) {
          recording.arguments(
              1, Arguments.builder().putAddress(shared.one).putAddress(result).putInt(i));
          recording.replay();
        }
        recording.replay().await();
        shared.expected.addAndGet(which, 3);
      }
      check(result, times);
    }

    /** Moves Arrow memory to the device and back, through a buffer of some size. */
    private void transfer() {
      long largeBytes = BYTES << random.nextInt(10);
      int word = random.nextInt();
      DeviceBuffer result = allocate(Pool.READBACK);
      try (ArrowBuf arrow = kronos.allocator().buffer(BYTES);
          DeviceBuffer device = kronos.memory().allocate(Pool.DEVICE, largeBytes);
          Stream stream = kronos.newStream()) {
        for (int i = 0; i < WORDS; i++) {
          arrow.setInt(i * 4L, word);
        }
        DeviceBuffer up = kronos.memory().bufferAt(arrow.memoryAddress());
        stream.copy(up, 0, device, largeBytes - BYTES, BYTES);
        stream.copy(device, largeBytes - BYTES, result, 0, BYTES).submit().await();
      }
      check(result, word);
    }

    private DeviceBuffer allocate(Pool pool) {
      return kronos.memory().allocate(pool, BYTES);
    }

    /** Compares every word and closes the buffer. */
    private static void check(DeviceBuffer result, int expected) {
      try (result) {
        for (int i = 0; i < WORDS; i++) {
          int word = HostMemory.intAt(result.hostAddress() + i * 4L);
          assertThat(word).as("word %s", i).isEqualTo(expected);
        }
      }
    }
  }
}

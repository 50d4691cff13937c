// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.CallInterceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loses the device in the middle of work: one native call answers so in place of the driver. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeviceLossTest {

  private static final int THREADS = 6;

  @ParameterizedTest
  @CsvSource({
    "vkQueueSubmit2, VK_ERROR_DEVICE_LOST, -4",
    "vkWaitSemaphores, VK_ERROR_DEVICE_LOST, -4",
    "vkGetSemaphoreCounterValue, VK_ERROR_DEVICE_LOST, -4",
    "vkQueueSubmit2, VK_ERROR_OUT_OF_DEVICE_MEMORY, -2"
  })
  void everyThreadIsToldWhichCallFailedAndClosingEnds(String call, String name, int code)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (CallInterceptor calls = CallInterceptor.install()) {
      try (OpenKronos open = new OpenKronos()) {
        CountDownLatch working = new CountDownLatch(THREADS);
        List<Future<Throwable>> ends = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          boolean recorded = i % 2 == 0;
          ends.add(threads.submit(() -> workUntilFailure(open.kronos(), recorded, working)));
        }
        working.await();
        calls.answer(call, code);
        for (Future<Throwable> end : ends) {
          Throwable error = end.get(60, TimeUnit.SECONDS);
          assertFailure(error, call);
          assertThat(error).hasMessageContaining("result=" + name);
        }
        lateCallersAreToldToo(open.kronos(), call);
      }
      assertThat(calls.liveObjects()).isEmpty();
      calls.answerNothing();
      worksOnANewDevice();
    } finally {
      threads.shutdownNow();
    }
  }

  private static Throwable workUntilFailure(
      Kronos kronos, boolean recorded, CountDownLatch working) {
    try (DeviceBuffer a = kronos.memory().allocate(Pool.DEVICE, 1 << 20);
        Stream stream = kronos.newStream()) {
      Kernel add = kronos.kernels().compile(TestKernels.ADD);
      stream.dispatch(TestKernels.add(add, a, a, 1));
      try (Recording recording = stream.record()) {
        for (int round = 0; ; round++) {
          if (round == 5) {
            working.countDown();
          }
          stream.fill(a, 0, a.sizeBytes(), round);
          stream.dispatch(TestKernels.add(add, a, a, 1));
          Ticket ticket = stream.submit();
          if (recorded) {
            ticket = recording.replay();
          }
          waitFor(ticket, round);
        }
      }
    } catch (KronosException e) {
      return e;
    }
  }

  /** Waits in each of the ways there are. */
  private static void waitFor(Ticket ticket, int round) {
    switch (round % 3) {
      case 0 -> ticket.await();
      case 1 -> {
        while (!ticket.isDone()) {
          Thread.onSpinWait();
        }
      }
      default -> {
        while (!ticket.await(TimeUnit.MILLISECONDS.toNanos(1))) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private static void lateCallersAreToldToo(Kronos kronos, String call) {
    try (DeviceBuffer small = kronos.memory().allocate(Pool.DEVICE, 64);
        Stream stream = kronos.newStream()) {
      assertFailure(catchThrowable(() -> stream.fill(small, 0, 64, 1)), call);
      assertFailure(catchThrowable(() -> kronos.memory().allocate(Pool.DEVICE, 1 << 25)), call);
      assertFailure(catchThrowable(() -> kronos.kernels().compile(TestKernels.POWERS)), call);
    }
  }

  private static void assertFailure(Throwable error, String call) {
    assertThat(error)
        .isInstanceOf(KronosException.DeviceFailure.class)
        .hasMessageContaining("call=" + call);
  }

  private static void worksOnANewDevice() {
    try (OpenKronos open = new OpenKronos();
        DeviceBuffer a = open.kronos().memory().allocate(Pool.DEVICE, 256);
        Stream stream = open.kronos().newStream()) {
      stream.fill(a, 0, 256, 3).submit().await();
      assertThat(TestKernels.read(open.kronos(), a)).containsOnly(3);
    }
  }

  @Test
  void whatIsStillHeldWhenALostDeviceIsClosedFailsTyped() {
    try (CallInterceptor calls = CallInterceptor.install()) {
      Kronos kronos = Kronos.open(OpenKronos.options().build());
      DeviceBuffer held = kronos.memory().allocate(Pool.DEVICE, 1 << 20);
      Stream stream = kronos.newStream();
      stream.fill(held, 0, 64, 1).submit();
      Recording recording = stream.fill(held, 0, 64, 2).record();
      stream.fill(held, 64, 64, 1);
      calls.answer("vkQueueSubmit2", CallInterceptor.DEVICE_LOST);
      assertFailure(catchThrowable(stream::submit), "vkQueueSubmit2");
      assertThatThrownBy(kronos::close).isInstanceOf(KronosException.Leak.class);
      assertThat(kronos.counters().outstandingAllocations()).isZero();
      assertThat(calls.liveObjects()).isEmpty();
      for (Runnable use : List.<Runnable>of(held::deviceAddress, recording::replay)) {
        assertThatThrownBy(use::run).isInstanceOf(KronosException.Closed.class);
      }
      stream.close();
      recording.close();
      held.close();
      kronos.close();
    }
  }

  @Test
  void workLeftInLineBehindTheFailureIsLetGo() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (CallInterceptor calls = CallInterceptor.install()) {
      try (OpenKronos open = new OpenKronos();
          Stream first = open.kronos().newStream();
          Stream second = open.kronos().newStream();
          DeviceBuffer a = open.kronos().memory().allocate(Pool.DEVICE, 64)) {
        DeviceBuffer b = open.kronos().memory().allocate(Pool.DEVICE, 64);
        AtomicReference<Ticket> behind = new AtomicReference<>();
        calls.observe(
            (call, arguments) -> {
              if (call.equals("vkQueueSubmit2") && behind.get() == null) {
                behind.set(submitOn(other, second, b));
              }
            });
        calls.answer("vkQueueSubmit2", CallInterceptor.DEVICE_LOST);
        first.fill(a, 0, 64, 1);
        assertFailure(catchThrowable(first::submit), "vkQueueSubmit2");
        b.close();
        assertFailure(catchThrowable(behind.get()::isDone), "vkQueueSubmit2");
        assertFailure(catchThrowable(behind.get()::await), "vkQueueSubmit2");
      }
      assertThat(calls.liveObjects()).isEmpty();
    } finally {
      other.shutdownNow();
    }
  }

  private static Ticket submitOn(ExecutorService other, Stream stream, DeviceBuffer buffer) {
    try {
      return other.submit(() -> stream.fill(buffer, 0, 64, 2).submit()).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}

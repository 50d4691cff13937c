// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.device.DeviceInfo;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Recording;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.TestKernels;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Opens several devices at once, which know nothing of each other. */
class SeveralDevicesTest {

  private static final int ROUNDS = 100;

  @Test
  void everyDeviceTwiceAtOnceFromThreadsOfTheirOwn() throws Exception {
    List<OpenKronos> opened = new ArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (DeviceInfo device : Kronos.devices(OpenKronos.options().build())) {
        if (device.missing().isEmpty()) {
          opened.add(open(device));
          opened.add(open(device));
        }
      }
      assertThat(opened).hasSizeGreaterThanOrEqualTo(2);
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < opened.size(); i++) {
        Kronos kronos = opened.get(i).kronos();
        int step = i + 1;
        results.add(threads.submit(() -> count(kronos, step)));
        results.add(threads.submit(() -> count(kronos, 10 * step)));
      }
      for (Future<?> result : results) {
        result.get();
      }
      for (OpenKronos each : opened) {
        assertThat(each.kronos().counters().dispatches()).isEqualTo(2 * ROUNDS);
      }
    } finally {
      threads.shutdownNow();
      opened.forEach(OpenKronos::close);
    }
  }

  private static OpenKronos open(DeviceInfo device) {
    String index = Integer.toString(device.index());
    return new OpenKronos(OpenKronos.options().set(KronosOption.DEVICE, index).build());
  }

  private static void count(Kronos kronos, int step) {
    Kernel add = kronos.kernels().compile(TestKernels.ADD);
    try (DeviceBuffer sum = kronos.memory().allocate(Pool.DEVICE, 4096);
        Stream stream = kronos.newStream()) {
      stream.fill(sum, 0, 4096, 0);
      for (int i = 0; i < ROUNDS; i++) {
        stream.dispatch(TestKernels.add(add, sum, sum, step)).submit();
      }
      assertThat(TestKernels.read(kronos, sum)).containsOnly(ROUNDS * step);
    }
  }

  @Test
  void buffersOfAnotherDeviceAreRefusedAndTheStreamStaysUsable() {
    try (OpenKronos own = new OpenKronos();
        OpenKronos other = new OpenKronos();
        DeviceBuffer here = own.kronos().memory().allocate(Pool.DEVICE, 256);
        DeviceBuffer there = other.kronos().memory().allocate(Pool.DEVICE, 256);
        Stream stream = own.kronos().newStream()) {
      Kernel add = own.kronos().kernels().compile(TestKernels.ADD);
      stream.fill(here, 0, 256, 1);
      refused(() -> stream.dispatch(TestKernels.add(add, there, here, 1)));
      refused(() -> stream.dispatch(TestKernels.add(add, here, there, 1)));
      Arguments undeclared = Arguments.builder().putAddress(there).putAddress(here).putInt(1);
      List<Access> declared = List.of(Access.updates(here));
      refused(() -> stream.dispatch(Dispatch.over(add, undeclared, declared, 64)));
      Arguments table = Arguments.builder().putAddress(here).putAddress(here).putInt(1);
      refused(() -> stream.dispatch(new Dispatch(add, table, declared, 1, 64, 0, there)));
      refused(() -> stream.copy(there, 0, here, 0, 256));
      refused(() -> stream.copy(here, 0, there, 0, 256));
      refused(() -> stream.fill(there, 0, 256, 0));
      stream.dispatch(TestKernels.add(add, here, here, 1));
      try (Recording recording = stream.record()) {
        recording.replay();
        assertThatThrownBy(() -> recording.arguments(0, undeclared))
            .isInstanceOf(KronosException.InvalidArgument.class)
            .hasMessageContaining(there.toString());
        recording.replay().await();
      }
      assertThat(TestKernels.read(own.kronos(), here)).containsOnly(2);
      assertThat(there.references()).isEqualTo(1);
    }
  }

  private static void refused(Runnable use) {
    assertThatThrownBy(use::run)
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageContaining("buffer of another device: buffer=DeviceBuffer[");
  }
}

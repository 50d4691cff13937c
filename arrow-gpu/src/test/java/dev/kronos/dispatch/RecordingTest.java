// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.KronosOption;
import dev.kronos.OpenKronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RecordingTest {

  private static final int REPLAYS = 100_000;

  private static DeviceBuffer words(Kronos kronos, int count) {
    return kronos.memory().allocate(Pool.DEVICE, (long) count * Integer.BYTES);
  }

  @Test
  void replaysWithNewArgumentsWithoutRecordingAgain() {
    try (OpenKronos open = new OpenKronos();
        DeviceBuffer a = words(open.kronos(), 100);
        DeviceBuffer b = words(open.kronos(), 100);
        Stream stream = open.kronos().newStream()) {
      Kernel add = open.kronos().kernels().compile(TestKernels.ADD);
      stream.fill(a, 0, 400, 0).submit();
      stream.dispatch(TestKernels.add(add, a, b, 1)).dispatch(TestKernels.add(add, b, a, 0));
      try (Recording recording = stream.record()) {
        assertThat(recording.dispatches()).isEqualTo(2);
        int sum = 0;
        for (int i = 1; i <= 200; i++) {
          recording.arguments(1, addArguments(b, a, i));
          recording.replay();
          sum += i + 1;
        }
        recording.replay().await();
        assertThat(TestKernels.read(open.kronos(), a)).containsOnly(sum + 201);
        assertThat(stream.counters().dispatches()).isEqualTo(402);
        assertThat(stream.counters().submits()).isEqualTo(202);
      }
    }
  }

  @Test
  void recordingOfABatchThatWasUsedBeforeHasItsOwnTables() {
    try (OpenKronos open = new OpenKronos();
        DeviceBuffer a = words(open.kronos(), 100);
        DeviceBuffer b = words(open.kronos(), 100);
        Stream stream = open.kronos().newStream()) {
      Kernel add = open.kronos().kernels().compile(TestKernels.ADD);
      stream.fill(a, 0, 400, 1);
      // Batches are filled again: a copy takes the place of what was a run of a kernel.
      for (int i = 0; i < 2; i++) {
        stream.dispatch(TestKernels.add(add, a, a, 0));
        stream.dispatch(TestKernels.add(add, a, a, 0)).submit().await();
      }
      stream.copy(a, 0, b, 0, 400).dispatch(TestKernels.add(add, b, a, 10));
      try (Recording recording = stream.record()) {
        recording.replay();
        recording.replay().await();
      }
      assertThat(TestKernels.read(open.kronos(), a)).containsOnly(21);
    }
  }

  private static Arguments addArguments(DeviceBuffer source, DeviceBuffer target, int factor) {
    return Arguments.builder().putAddress(source).putAddress(target).putInt(factor);
  }

  @Test
  void replaysMixWithRecordedWork() {
    try (OpenKronos open = new OpenKronos();
        DeviceBuffer a = words(open.kronos(), 100);
        DeviceBuffer b = words(open.kronos(), 100);
        Stream stream = open.kronos().newStream()) {
      Kernel add = open.kronos().kernels().compile(TestKernels.ADD);
      stream.fill(a, 0, 400, 0).submit();
      stream.dispatch(TestKernels.add(add, a, b, 3));
      try (Recording recording = stream.record()) {
        for (int i = 0; i < 100; i++) {
          recording.replay();
          stream.copy(b, 0, a, 0, 400).submit();
        }
      }
      assertThat(TestKernels.read(open.kronos(), a)).containsOnly(300);
    }
  }

  @Test
  void wrongUseGivesTypedExceptions() {
    try (OpenKronos open = new OpenKronos();
        DeviceBuffer a = words(open.kronos(), 100);
        DeviceBuffer b = words(open.kronos(), 100);
        Stream stream = open.kronos().newStream()) {
      Kernel add = open.kronos().kernels().compile(TestKernels.ADD);
      assertThatThrownBy(stream::record)
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining("nothing recorded");
      Recording recording = stream.dispatch(TestKernels.add(add, a, a, 1)).record();
      invalid(() -> recording.arguments(1, Arguments.builder()), "no such dispatch");
      invalid(() -> recording.arguments(0, Arguments.builder()), "of another size");
      invalid(() -> recording.arguments(0, addArguments(a, b, 1)), "buffer was not declared");
      assertThatThrownBy(open.kronos()::close)
          .isInstanceOf(KronosException.Leak.class)
          .hasMessageContaining("Recording[name=recording-");
      recording.close();
      recording.close();
      assertThatThrownBy(recording::replay).isInstanceOf(KronosException.Closed.class);
    }
  }

  private static void invalid(Runnable use, String phrase) {
    assertThatThrownBy(use::run)
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageContaining(phrase);
  }

  @Tag("once")
  @Test
  void replayMakesNoGarbageAndAllocatesNothing() {
    try (OpenKronos open =
            new OpenKronos(OpenKronos.options().set(KronosOption.VALIDATION, false).build());
        DeviceBuffer a = words(open.kronos(), 1);
        DeviceBuffer b = words(open.kronos(), 1);
        Stream stream = open.kronos().newStream()) {
      Kernel add = open.kronos().kernels().compile(TestKernels.ADD);
      Arguments arguments = addArguments(a, b, 7);
      stream.dispatch(TestKernels.add(add, a, b, 1));
      try (Recording recording = stream.record()) {
        Runnable replay = () -> recording.arguments(0, arguments).replay();
        AllocatedBytes.during(replay, REPLAYS / 10);
        long allocations = open.kronos().counters().deviceAllocations();
        long[] bytes = new long[100];
        Arrays.setAll(bytes, i -> AllocatedBytes.during(replay, REPLAYS / bytes.length));
        // The JVM itself makes a few objects when it replaces compiled code; a replay makes none.
        assertThat(Arrays.stream(bytes).filter(slice -> slice == 0).count()).isGreaterThan(90);
        assertThat(Arrays.stream(bytes).sum()).isLessThan(8192);
        assertThat(open.kronos().counters().deviceAllocations()).isEqualTo(allocations);
        assertThat(open.kronos().counters().descriptorUpdates()).isEqualTo(OpenKronos.DESCRIPTORS);
      }
    }
  }

  @Test
  void recordingOutlivesItsStreamAndHoldsItsBuffers() {
    try (OpenKronos open = new OpenKronos();
        DeviceBuffer result = words(open.kronos(), 10)) {
      Recording recording;
      try (Stream stream = open.kronos().newStream();
          DeviceBuffer source = words(open.kronos(), 10)) {
        stream.fill(source, 0, 40, 5).copy(source, 0, result, 0, 40);
        recording = stream.record();
      }
      try (recording) {
        recording.replay().await();
        assertThat(TestKernels.read(open.kronos(), result)).containsOnly(5);
        assertThat(List.of(recording.dispatches())).containsExactly(0);
      }
    }
  }
}

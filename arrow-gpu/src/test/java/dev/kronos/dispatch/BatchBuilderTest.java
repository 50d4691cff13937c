// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BatchBuilderTest {

  private static final int WORDS = 300;

  private static OpenKronos open;
  private static Kronos kronos;
  private static Kernel add;

  @BeforeAll
  static void openDevice() {
    open = new OpenKronos();
    kronos = open.kronos();
    add = kronos.kernels().compile(TestKernels.ADD);
  }

  @AfterAll
  static void closeDevice() {
    open.close();
  }

  private static DeviceBuffer words(int count) {
    return kronos.memory().allocate(Pool.DEVICE, (long) count * Integer.BYTES);
  }

  @Test
  void dependentRunsAreOrderedByWhatTheyName() {
    try (DeviceBuffer a = words(WORDS);
        DeviceBuffer b = words(WORDS);
        Stream stream = kronos.newStream()) {
      stream.fill(a, 0, a.sizeBytes(), 1);
      BatchBuilder batch = stream.batch();
      batch.kernel(add).reads(a).writes(b).putInt(10).over(WORDS);
      batch.kernel(add).reads(b).writes(a).putInt(100).over(WORDS);
      batch.submit().await();
      assertThat(TestKernels.read(kronos, a)).hasSize(WORDS).containsOnly(111);
      assertThat(stream.counters().barriers()).isEqualTo(2);
    }
  }

  @Test
  void rangesAreReadAndWrittenInPlace() {
    try (DeviceBuffer a = words(WORDS);
        Stream stream = kronos.newStream()) {
      stream.fill(a, 0, a.sizeBytes(), 1);
      stream.batch().kernel(add).reads(a, 0, 400).writes(a, 400, 400).putInt(5).over(100).submit();
      int[] result = TestKernels.read(kronos, a);
      assertThat(result).startsWith(1).endsWith(1);
      assertThat(Arrays.copyOfRange(result, 100, 200)).containsOnly(6);
    }
  }

  @Test
  void aRecordingRepeatsTheRuns() {
    try (DeviceBuffer a = words(WORDS);
        Stream stream = kronos.newStream()) {
      stream.fill(a, 0, a.sizeBytes(), 0).submit().await();
      BatchBuilder batch = stream.batch();
      batch.kernel(add).updates(a).updates(a).putInt(1).over(WORDS);
      batch.kernel(add).updates(a).updates(a).putInt(2).over(WORDS);
      try (Recording recording = batch.record()) {
        recording.replay();
        recording.replay().await();
      }
      assertThat(TestKernels.read(kronos, a)).containsOnly(6);
    }
  }

  @Test
  void aRunThatWasNotFinishedLeavesNothingBehind() {
    DeviceBuffer closed = words(WORDS);
    closed.close();
    try (DeviceBuffer a = words(WORDS);
        DeviceBuffer b = words(WORDS);
        Stream stream = kronos.newStream()) {
      stream.fill(a, 0, a.sizeBytes(), 1).fill(b, 0, b.sizeBytes(), 9);
      BatchBuilder batch = stream.batch();
      batch.kernel(add).reads(a).writes(b).putInt(10);
      assertThatThrownBy(() -> batch.kernel(add).reads(a).writes(closed))
          .isInstanceOf(KronosException.Closed.class);
      batch.kernel(add).reads(a).writes(a).putInt(1).run(0, WORDS);
      batch.kernel(add).reads(a).writes(a).putInt(2).over(WORDS).submit().await();
      assertThat(TestKernels.read(kronos, a)).containsOnly(3);
      assertThat(TestKernels.read(kronos, b)).containsOnly(9);
      assertThat(stream.counters().dispatches()).isEqualTo(1);
    }
    assertThat(kronos.memory().outstandingBuffers()).isZero();
  }

  @Test
  void misuseIsNamed() {
    try (DeviceBuffer a = words(WORDS);
        Stream stream = kronos.newStream()) {
      BatchBuilder batch = stream.batch();
      assertThatThrownBy(() -> batch.putInt(1))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("value without a kernel that was begun: stream=Stream[");
      assertThatThrownBy(() -> batch.kernel(null))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("no kernel to run: kernel=null");
      batch.kernel(add);
      assertThatThrownBy(() -> batch.reads(a, 1100, 101))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("access outside of its buffer: offset=1100, sizeBytes=101");
      assertThatThrownBy(() -> batch.run(-1, 0))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("negative workgroup count: kernel=test/add, workgroups=-1");
      assertThatThrownBy(() -> batch.over(-1))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("negative element count: kernel=test/add, elements=-1");
    }
  }

  /** What checked kernels are told is put together anew for each dispatch. */
  @Tag("unchecked")
  @Test
  void recordingMakesNoGarbage() {
    try (DeviceBuffer a = words(WORDS);
        DeviceBuffer b = words(WORDS);
        Stream stream = kronos.newStream()) {
      BatchBuilder batch = stream.batch();
      Ticket[] last = new Ticket[1];
      Runnable round =
          () -> {
            for (int i = 0; i < 16; i++) {
              batch.kernel(add).reads(a).writes(b).putInt(i).over(WORDS);
            }
            last[0] = batch.submit();
            last[0].await();
          };
      AllocatedBytes.warmUp(round);
      // A ticket a batch is all that is made.
      assertThat(AllocatedBytes.during(round, 500)).isLessThan(500L * 64);
    }
  }

  /** What checked kernels are told is put together anew for each dispatch. */
  @Tag("unchecked")
  @Test
  void neitherKeepingCommandsNorChangingThemMakesGarbage() {
    try (DeviceBuffer a = words(WORDS);
        Stream stream = kronos.newStream()) {
      BatchBuilder batch = stream.batch();
      int[] turn = new int[1];
      Runnable round =
          () -> {
            turn[0]++;
            for (int k = 0; k < 8; k++) {
              batch.kernel(add).updates(a).updates(a).putInt(1).over(1 + turn[0] / 4 % 50);
            }
            batch.submit().await();
          };
      AllocatedBytes.warmUp(round);
      long reused = stream.counters().reusedDispatches();
      // A ticket a batch is all that is made.
      assertThat(AllocatedBytes.during(round, 500)).isLessThan(500L * 64);
      assertThat(stream.counters().reusedDispatches() - reused).isEqualTo(375 * 8);
    }
  }
}

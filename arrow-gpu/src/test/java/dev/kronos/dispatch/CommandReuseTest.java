// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kronos.Kronos;
import dev.kronos.OpenKronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.CallInterceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records the same work again and again, and work that is nearly the same. */
class CommandReuseTest {

  private static final String RECORDED = "vkBeginCommandBuffer";
  private static final int WORDS = 300;

  private CallInterceptor calls;
  private OpenKronos open;
  private Kronos kronos;
  private Kernel add;
  private Stream stream;
  private BatchBuilder batch;

  @BeforeEach
  void openDevice() {
    calls = CallInterceptor.install();
    open = new OpenKronos();
    kronos = open.kronos();
    add = kronos.kernels().compile(TestKernels.ADD);
    stream = kronos.newStream();
    batch = stream.batch();
  }

  @AfterEach
  void closeDevice() {
    stream.close();
    open.close();
    assertThat(calls.liveObjects()).isEmpty();
    calls.close();
  }

  private DeviceBuffer words() {
    return kronos.memory().allocate(Pool.DEVICE, WORDS * 4L);
  }

  private BatchBuilder add(DeviceBuffer source, DeviceBuffer target, int addend) {
    return batch.kernel(add).reads(source).writes(target).putInt(addend);
  }

  private long recorded() {
    return calls.count(RECORDED);
  }

  private long reused() {
    return stream.counters().reusedDispatches();
  }

  /** Fills, which is one shape of work; then the native side is in a state that is known. */
  private void fill(DeviceBuffer buffer, int word) {
    stream.fill(buffer, 0, buffer.sizeBytes(), word).submit().await();
  }

  @Test
  void workOnOtherBuffersWithOtherValuesIsNotRecordedAgain() {
    int rounds = 20;
    try (DeviceBuffer zero = words()) {
      fill(zero, 0);
      List<DeviceBuffer> results = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        try (DeviceBuffer between = words()) {
          DeviceBuffer result = words();
          results.add(result);
          add(zero, between, i).over(WORDS);
          add(between, result, 100 * i).over(WORDS);
          batch.submit().await();
        }
      }
      assertThat(reused()).isEqualTo((long) 2 * (rounds - 1));
      for (int i = 0; i < rounds; i++) {
        assertThat(TestKernels.read(kronos, results.get(i))).containsOnly(101 * i);
        results.get(i).close();
      }
    }
  }

  @Test
  void repeatedWorkReachesTheDriverAsSubmissionsAlone() {
    try (DeviceBuffer a = words()) {
      fill(a, 0);
      IntConsumer round =
          i -> {
            for (int k = 0; k < 40; k++) {
              batch.kernel(add).updates(a).updates(a).putInt(i).over(WORDS);
            }
            batch.submit().await();
          };
      round.accept(1);
      long recorded = recorded();
      long dispatched = calls.count("vkCmdDispatch");
      for (int i = 2; i <= 100; i++) {
        round.accept(i);
      }
      assertThat(recorded()).isEqualTo(recorded);
      assertThat(calls.count("vkCmdDispatch")).isEqualTo(dispatched);
      assertThat(reused()).isEqualTo(99 * 40);
      assertThat(TestKernels.read(kronos, a)).containsOnly(40 * 5050);
    }
  }

  @Test
  void whateverChangesInTheCommandsIsRecorded() {
    try (DeviceBuffer a = words();
        DeviceBuffer b = words();
        DeviceBuffer status = words()) {
      fill(a, 5);
      fill(b, 0);
      List<Runnable> shapes = new ArrayList<>();
      shapes.add(() -> add(a, b, 1).over(WORDS));
      shapes.add(() -> add(a, b, 1).over(WORDS - 1));
      shapes.add(() -> add(a, b, 1).run(1, WORDS - 1));
      shapes.add(() -> add(a, b, 1).flags(1).run(1, WORDS - 1));
      shapes.add(() -> add(a, b, 1).status(status).run(1, WORDS - 1));
      shapes.add(() -> add(a, b, 1).putLong(0).putLong(0).over(WORDS));
      shapes.add(() -> add(a, b, 1).over(WORDS).kernel(add).reads(a).writes(b).putInt(1).over(1));
      shapes.add(() -> stream.copy(a, 0, b, 0, 8));
      shapes.add(() -> stream.copy(a, 0, b, 0, 12));
      shapes.add(() -> stream.copy(a, 4, b, 0, 12));
      shapes.add(() -> stream.fill(b, 0, 12, 1));
      shapes.add(() -> stream.fill(b, 0, 12, 2));
      for (Runnable shape : shapes) {
        long before = recorded();
        shape.run();
        stream.submit().await();
        assertThat(recorded()).isEqualTo(before + 1);
        shape.run();
        stream.submit().await();
        assertThat(recorded()).isEqualTo(before + 1);
      }
      assertThat(TestKernels.read(kronos, b)).startsWith(2, 2, 2, 6).endsWith(6);
    }
  }

  @Test
  void otherHazardsAreOtherCommands() {
    try (DeviceBuffer a = words();
        DeviceBuffer b = words();
        DeviceBuffer c = words()) {
      fill(a, 1);
      fill(b, 2);
      for (int round = 0; round < 10; round++) {
        // The same kernels and sizes; only every other time does the second need the first.
        DeviceBuffer source = round % 2 == 0 ? b : a;
        long before = recorded();
        add(a, b, 10 + round).over(WORDS);
        add(source, c, 100).over(WORDS);
        batch.submit().await();
        assertThat(recorded()).isEqualTo(before + 1);
        int expected = round % 2 == 0 ? 111 + round : 101;
        assertThat(TestKernels.read(kronos, c)).containsOnly(expected);
        assertThat(stream.counters().barriers()).isEqualTo(round / 2 + 1);
      }
      assertThat(reused()).isZero();
    }
  }

  @Test
  void commandsInFlightAreNotSubmittedAgain() {
    int rounds = 400;
    try (DeviceBuffer a = words()) {
      fill(a, 0);
      for (int i = 0; i < rounds; i++) {
        // The validation layer speaks up where a buffer is submitted that is still pending.
        batch.kernel(add).updates(a).updates(a).putInt(i).over(WORDS);
        batch.submit();
      }
      assertThat(TestKernels.read(kronos, a)).containsOnly(rounds * (rounds - 1) / 2);
    }
  }

  @Test
  void aStreamGetsItsOwnCommandsBackWhileOthersWorkBetween() {
    try (DeviceBuffer a = words();
        DeviceBuffer b = words();
        Stream other = kronos.newStream()) {
      fill(a, 0);
      fill(b, 0);
      BatchBuilder otherBatch = other.batch();
      for (int i = 1; i <= 20; i++) {
        batch.kernel(add).updates(a).updates(a).putInt(i).over(WORDS);
        batch.submit().await();
        otherBatch.kernel(add).updates(b).updates(b).putInt(2 * i).over(WORDS);
        otherBatch.kernel(add).updates(b).updates(b).putInt(1).over(WORDS);
        otherBatch.submit().await();
        if (i == 10) {
          // A stream that comes and goes takes none that an open stream has used.
          assertThat(TestKernels.read(kronos, a)).containsOnly(55);
        }
      }
      assertThat(reused()).isEqualTo(19);
      assertThat(other.counters().reusedDispatches()).isEqualTo(2 * 19);
      assertThat(TestKernels.read(kronos, a)).containsOnly(210);
      assertThat(TestKernels.read(kronos, b)).containsOnly(440);
    }
  }

  @Test
  void aFailedRecordingIsNotTakenForADoneOne() {
    try (DeviceBuffer a = words()) {
      fill(a, 0);
      for (String call : List.of("vkEndCommandBuffer", RECORDED, "vkResetCommandPool")) {
        batch.kernel(add).updates(a).updates(a).putInt(1).over(WORDS);
        calls.failNth(Set.of(call), 1, CallInterceptor.OUT_OF_HOST_MEMORY);
        assertThat(catchThrowable(batch::submit)).as(call).hasMessageContaining(call);
        calls.answerNothing();
        batch.kernel(add).updates(a).updates(a).putInt(1).over(WORDS);
        batch.submit().await();
        fill(a, 0);
      }
    }
  }

  @Test
  void tablesThatAreKeptLeaveHalfOfTheRingToOthers() {
    int streams = 300;
    try (DeviceBuffer a = words()) {
      fill(a, 0);
      List<Stream> many = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        Stream next = kronos.newStream();
        many.add(next);
        // Batches that are being recorded hold what they have; each takes one of its own.
        next.batch().kernel(add).updates(a).updates(a).putInt(1).over(WORDS);
      }
      many.forEach(Stream::submit);
      many.forEach(Stream::close);
      assertThat(TestKernels.read(kronos, a)).containsOnly(streams);
      assertThat(stream.ring().freeBlocks()).isGreaterThanOrEqualTo(stream.ring().blocks() / 2);
    }
  }
}

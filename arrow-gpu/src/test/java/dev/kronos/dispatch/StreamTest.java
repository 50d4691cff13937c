// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTest {

  private static OpenKronos open;
  private static Kronos kronos;
  private static Kernel add;
  private static Kernel multiplyAdd;

  @BeforeAll
  static void openDevice() {
    open = new OpenKronos();
    kronos = open.kronos();
    add = kronos.kernels().compile(TestKernels.ADD);
    multiplyAdd = kronos.kernels().compile(TestKernels.MULTIPLY_ADD);
  }

  @AfterAll
  static void closeDevice() {
    open.close();
  }

  private static DeviceBuffer words(int count) {
    return kronos.memory().allocate(Pool.DEVICE, (long) count * Integer.BYTES);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 65_537, 1_000_000})
  void fillCopyAndKernelGiveTheRightWords(int count) {
    try (DeviceBuffer x = words(count);
        DeviceBuffer y = words(count);
        Stream stream = kronos.newStream()) {
      stream.fill(x, 0, x.sizeBytes(), 5).copy(x, 0, y, 0, x.sizeBytes());
      stream.dispatch(TestKernels.multiplyAdd(multiplyAdd, x, y, 7)).submit().await();
      assertThat(TestKernels.read(kronos, y)).hasSize(count).containsOnly(40);
    }
  }

  @Test
  void partsOfBuffersAreFilledAndCopied() {
    try (DeviceBuffer x = words(100);
        DeviceBuffer y = words(100);
        Stream stream = kronos.newStream()) {
      stream.fill(x, 0, 400, 1).fill(y, 0, 400, 2).fill(x, 40, 80, 3);
      stream.copy(x, 38, y, 102, 7).submit().await();
      int[] expected = new int[100];
      Arrays.fill(expected, 1);
      Arrays.fill(expected, 10, 30, 3);
      assertThat(TestKernels.read(kronos, x)).isEqualTo(expected);
      // Bytes 38..44 of x are 00 00 | 03 00 00 00 | 03; they land on bytes 102..108 of y.
      int[] copied = new int[100];
      Arrays.fill(copied, 2);
      copied[25] = 2;
      copied[26] = 3;
      copied[27] = 3;
      assertThat(TestKernels.read(kronos, y)).isEqualTo(copied);
    }
  }

  @Test
  void longChainOfDependentWorkRunsInOrder() {
    int length = 3000;
    try (DeviceBuffer a = words(64);
        DeviceBuffer b = words(64);
        Stream stream = kronos.newStream()) {
      stream.fill(a, 0, a.sizeBytes(), 0);
      for (int i = 0; i < length; i++) {
        DeviceBuffer source = i % 2 == 0 ? a : b;
        DeviceBuffer target = i % 2 == 0 ? b : a;
        stream.dispatch(TestKernels.add(add, source, target, i));
      }
      stream.submit().await();
      assertThat(TestKernels.read(kronos, a)).containsOnly(length * (length - 1) / 2);
      // Two seams between batches need none when the device was done before the next submission.
      assertThat(stream.counters().barriers()).isBetween(length - 2L, (long) length);
    }
  }

  @Test
  void batchSizeMayChangeWhileRecording() {
    try (DeviceBuffer target = words(64);
        Stream stream = kronos.newStream().batchSize(16)) {
      for (int i = 0; i < 64; i++) {
        stream.fill(target, 4L * i, 4, i);
      }
      assertThat(stream.counters().submits()).isEqualTo(4);
      stream.batchSize(8).fill(target, 0, 4, 1).fill(target, 4, 4, 2).fill(target, 8, 4, 3);
      assertThat(stream.counters().submits()).isEqualTo(4);
      stream.batchSize(2);
      assertThat(stream.counters().submits()).isEqualTo(5);
      assertThatThrownBy(() -> stream.batchSize(0))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("wrong batch size: commands=0, maximum=1024");
      assertThat(TestKernels.read(kronos, target)).startsWith(1, 2, 3, 3).endsWith(62, 63);
    }
  }

  @Test
  void independentWorkNeedsOneBarrierALevel() {
    try (DeviceBuffer source = words(64);
        DeviceBuffer block = words(64 * 64);
        Stream stream = kronos.newStream()) {
      stream.fill(source, 0, source.sizeBytes(), 1).fill(block, 0, block.sizeBytes(), 0);
      for (int round = 0; round < 2; round++) {
        for (int part = 0; part < 64; part++) {
          stream.dispatch(multiplyAddPart(source, block, part));
        }
      }
      stream.submit().await();
      assertThat(stream.counters().dispatches()).isEqualTo(128);
      assertThat(stream.counters().barriers()).isEqualTo(2);
      assertThat(TestKernels.read(kronos, block)).containsOnly(6);
    }
  }

  private static Dispatch multiplyAddPart(DeviceBuffer source, DeviceBuffer block, int part) {
    long offset = part * 256L;
    Arguments arguments =
        Arguments.builder().putAddress(source).putAddress(block, offset).putInt(3);
    List<Access> accesses = List.of(Access.reads(source), Access.updates(block, offset, 256));
    return Dispatch.over(multiplyAdd, arguments, accesses, 64);
  }

  @Test
  void batchesOfDifferentStreamsObeyTheOrderOfSubmission() {
    try (DeviceBuffer a = words(4096);
        DeviceBuffer b = words(4096);
        Stream first = kronos.newStream();
        Stream second = kronos.newStream()) {
      first.fill(a, 0, a.sizeBytes(), 0).submit();
      for (int i = 0; i < 50; i++) {
        first.dispatch(TestKernels.add(add, a, b, 1)).submit();
        second.dispatch(TestKernels.add(add, b, a, 1)).submit();
      }
      second.submit().await();
      assertThat(TestKernels.read(kronos, a)).containsOnly(100);
    }
  }

  @ParameterizedTest
  // Lavapipe 22.3 ends all loops after 65,535 turns in total, so no larger table here; a checked
  // kernel takes two more turns a word.
  @ValueSource(ints = {0, 1, 3, 5000, 16_384, 60_000})
  void argumentTablesOfAnySizeArrive(int words) {
    Kernel kernel = kronos.kernels().compile(TestKernels.SUM_OF_TABLE);
    try (DeviceBuffer target = words(10);
        Stream stream = kronos.newStream()) {
      Arguments arguments = Arguments.builder().putLong(0).putAddress(target).putInt(words);
      int sum = 0;
      for (int i = 0; i < words; i++) {
        arguments.putInt(i * 31);
        sum += i * 31;
      }
      stream.dispatch(Dispatch.over(kernel, arguments, List.of(Access.writes(target)), 10));
      arguments.clear();
      stream.submit().await();
      for (int i = 0; i < 10; i++) {
        assertThat(TestKernels.read(kronos, target)[i]).isEqualTo(sum + i);
      }
    }
  }

  @Test
  void constantTablesHoldPowersOfTen() {
    Kernel kernel = kronos.kernels().compile(TestKernels.POWERS);
    try (DeviceBuffer target = words(4 * 39);
        Stream stream = kronos.newStream()) {
      Arguments arguments = Arguments.builder().putAddress(target);
      stream.dispatch(Dispatch.over(kernel, arguments, List.of(Access.writes(target)), 78));
      stream.submit().await();
      int[] words = TestKernels.read(kronos, target);
      for (int power = 0; power <= 38; power++) {
        BigInteger value = BigInteger.ZERO;
        for (int word = 3; word >= 0; word--) {
          long part = Integer.toUnsignedLong(words[4 * power + word]);
          value = value.shiftLeft(32).or(BigInteger.valueOf(part));
        }
        assertThat(value).isEqualTo(BigInteger.TEN.pow(power));
      }
    }
  }

  @Test
  void buffersMayBeClosedOnceRecorded() {
    long before = kronos.memory().outstandingBuffers();
    try (DeviceBuffer result = words(1000);
        Stream stream = kronos.newStream()) {
      DeviceBuffer temporary = words(1000);
      stream.fill(temporary, 0, 4000, 9).copy(temporary, 0, result, 0, 4000);
      temporary.close();
      stream.submit().await();
      assertThat(kronos.memory().outstandingBuffers()).isEqualTo(before + 1);
      assertThat(TestKernels.read(kronos, result)).containsOnly(9);
    }
  }

  @Test
  void emptyWorkIsNoWork() {
    try (DeviceBuffer a = words(0);
        DeviceBuffer b = words(10);
        Stream stream = kronos.newStream()) {
      Ticket nothing = stream.submit();
      nothing.await();
      assertThat(nothing.isDone()).isTrue();
      stream.fill(a, 0, 0, 1).copy(b, 0, a, 0, 0).copy(b, 5, b, 5, 0);
      stream.dispatch(TestKernels.add(add, a, a, 1)).submit().await();
      assertThat(stream.counters().submits()).isZero();
    }
  }

  @Test
  void bytesUpAndDownAreCounted() {
    try (DeviceBuffer up = kronos.memory().allocate(Pool.UPLOAD, 100);
        DeviceBuffer device = words(25);
        DeviceBuffer down = kronos.memory().allocate(Pool.READBACK, 100);
        Stream stream = kronos.newStream()) {
      stream.copy(up, 0, device, 0, 60).copy(device, 0, down, 0, 40).copy(up, 0, down, 0, 5);
      stream.submit().await();
      assertThat(stream.counters().bytesUp()).isEqualTo(60);
      assertThat(stream.counters().bytesDown()).isEqualTo(40);
      assertThat(stream.counters().deviceNanos()).isPositive();
      assertThat(stream.counters().hostBarriers()).isEqualTo(1);
    }
  }

  /** What is updated counts on both sides; the host's side of a copy on neither. */
  @Test
  void bytesOfDeclaredRangesAreCounted() {
    try (DeviceBuffer up = kronos.memory().allocate(Pool.UPLOAD, 100);
        DeviceBuffer a = words(25);
        DeviceBuffer b = words(25);
        Stream stream = kronos.newStream()) {
      stream.copy(up, 0, a, 0, 60).fill(a, 60, 40, 7).copy(a, 0, b, 0, 12);
      stream.submit().await();
      assertThat(stream.counters().bytesRead()).isEqualTo(12);
      assertThat(stream.counters().bytesWritten()).isEqualTo(60 + 40 + 12);

      List<Access> accesses = List.of(Access.reads(a, 4, 80), Access.updates(b, 0, 8));
      Arguments arguments = Arguments.builder().putAddress(a).putAddress(b).putInt(1);
      stream.dispatch(Dispatch.over(add, arguments, accesses, 2)).submit().await();
      assertThat(stream.counters().bytesRead()).isEqualTo(12 + 80 + 8);
      assertThat(stream.counters().bytesWritten()).isEqualTo(112 + 8);
    }
  }

  @Test
  void wrongUseGivesTypedExceptions() {
    DeviceBuffer gone = words(10);
    gone.close();
    Stream closed = kronos.newStream();
    closed.close();
    closed.close();
    try (DeviceBuffer a = words(10);
        Stream stream = kronos.newStream()) {
      invalid(() -> stream.fill(a, 2, 4, 0), "fill not in whole words");
      invalid(() -> stream.fill(a, 0, 44, 0), "access outside of its buffer");
      invalid(() -> stream.fill(a, 0, -4, 0), "access outside of its buffer");
      invalid(() -> stream.copy(a, -1, a, 20, 4), "access outside of its buffer");
      invalid(() -> stream.copy(a, 0, a, 4, 8), "copy between overlapping ranges");
      invalid(() -> Arguments.builder().putAddress(a, 41), "address outside of its buffer");
      invalid(() -> Dispatch.over(add, Arguments.builder(), List.of(), -1), "negative element");
      invalid(() -> dispatch(-1), "negative workgroup count");
      assertThatThrownBy(() -> stream.fill(gone, 0, 4, 0))
          .isInstanceOf(KronosException.Closed.class)
          .hasMessageContaining("buffer used after close");
      assertThatThrownBy(() -> closed.fill(a, 0, 4, 0))
          .isInstanceOf(KronosException.Closed.class)
          .hasMessageContaining("stream used after close");
      assertThatThrownBy(closed::submit).isInstanceOf(KronosException.Closed.class);
      stream.fill(a, 0, 40, 4).submit().await();
      assertThat(TestKernels.read(kronos, a)).containsOnly(4);
    }
  }

  private static void invalid(Runnable use, String phrase) {
    assertThatThrownBy(use::run)
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageContaining(phrase);
  }

  private static Dispatch dispatch(int workgroups) {
    return new Dispatch(add, Arguments.builder(), List.of(), workgroups, 1, 0, null);
  }

  @Test
  void closedBufferAmongManyLeavesTheStreamUsable() {
    DeviceBuffer gone = words(64);
    Dispatch stale;
    try (DeviceBuffer a = words(64);
        Stream stream = kronos.newStream()) {
      stale = TestKernels.add(add, a, gone, 1);
      gone.close();
      stream.fill(a, 0, 256, 1);
      assertThatThrownBy(() -> stream.dispatch(stale)).isInstanceOf(KronosException.Closed.class);
      stream.dispatch(TestKernels.multiplyAdd(multiplyAdd, a, a, 1)).submit().await();
      assertThat(TestKernels.read(kronos, a)).containsOnly(2);
    }
  }

  @Test
  void kernelOfAnotherDeviceIsRefused() {
    try (OpenKronos other = new OpenKronos();
        DeviceBuffer a = words(64);
        Stream stream = kronos.newStream()) {
      Kernel foreign = other.kronos().kernels().compile(TestKernels.ADD);
      invalid(() -> stream.dispatch(TestKernels.add(foreign, a, a, 1)), "kernel of another device");
    }
  }

  @Test
  void recordedWorkThatIsNotSubmittedIsDropped() {
    long before = kronos.memory().outstandingBuffers();
    DeviceBuffer a = words(64);
    try (Stream stream = kronos.newStream()) {
      stream.fill(a, 0, 256, 1);
      a.close();
      assertThat(kronos.memory().outstandingBuffers()).isEqualTo(before + 1);
    }
    assertThat(kronos.memory().outstandingBuffers()).isEqualTo(before);
  }
}

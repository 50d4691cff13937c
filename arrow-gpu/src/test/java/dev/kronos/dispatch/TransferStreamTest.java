// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests streams on both queues of a device, which on many devices are one. */
class TransferStreamTest {

  private static final int WORDS = 4096;
  private static final long BYTES = WORDS * 4L;

  private OpenKronos open;
  private Kronos kronos;
  private Kernel add;

  @BeforeEach
  void openDevice() {
    open = new OpenKronos();
    kronos = open.kronos();
    add = kronos.kernels().compile(TestKernels.ADD);
  }

  @AfterEach
  void closeDevice() {
    open.close();
  }

  private DeviceBuffer words(Pool pool) {
    return kronos.memory().allocate(pool, BYTES);
  }

  @Test
  void kernelWaitsForTheUploadThatItReads() {
    try (DeviceBuffer host = words(Pool.UPLOAD);
        DeviceBuffer source = words(Pool.DEVICE);
        DeviceBuffer target = words(Pool.DEVICE);
        Stream transfers = kronos.newTransferStream();
        Stream kernels = kronos.newStream()) {
      for (int i = 0; i < WORDS; i++) {
        HostMemory.putInt(host.hostAddress() + 4L * i, i);
      }
      transfers.copy(host, 0, source, 0, BYTES).submit();
      kernels.dispatch(TestKernels.add(add, source, target, 5)).submit().await();
      int[] found = TestKernels.read(kronos, target);
      for (int i = 0; i < WORDS; i++) {
        assertThat(found[i]).isEqualTo(i + 5);
      }
      assertThat(kernels.counters().queueWaits()).isEqualTo(1);
      assertThat(transfers.counters().queueWaits()).isZero();
    }
  }

  @Test
  void workOnOtherBytesDoesNotWait() {
    try (DeviceBuffer one = words(Pool.DEVICE);
        DeviceBuffer other = words(Pool.DEVICE);
        Stream transfers = kronos.newTransferStream();
        Stream kernels = kronos.newStream()) {
      for (int i = 0; i < 20; i++) {
        transfers.fill(one, 0, BYTES, i).submit();
      }
      kernels.dispatch(TestKernels.add(add, other, other, 1)).submit();
      assertThat(kernels.counters().queueWaits()).isZero();
    }
  }

  @Test
  void overwritingWaitsForTheReader() {
    try (DeviceBuffer source = words(Pool.DEVICE);
        DeviceBuffer target = words(Pool.DEVICE);
        Stream transfers = kronos.newTransferStream();
        Stream kernels = kronos.newStream()) {
      transfers.fill(source, 0, BYTES, 1).submit();
      Ticket read = kernels.dispatch(TestKernels.add(add, source, target, 1)).submit();
      transfers.fill(source, 0, BYTES, 9).submit();
      assertThat(transfers.counters().queueWaits()).isEqualTo(1);
      read.await();
      assertThat(TestKernels.read(kronos, target)).containsOnly(2);
    }
  }

  @Test
  void workBeforeTheFirstTransferStreamIsWaitedForAsWell() {
    try (DeviceBuffer buffer = words(Pool.DEVICE);
        Stream kernels = kronos.newStream()) {
      kernels.fill(buffer, 0, BYTES, 3).submit();
      try (Stream transfers = kronos.newTransferStream()) {
        transfers.fill(buffer, 0, BYTES, 4).submit().await();
        assertThat(transfers.counters().queueWaits()).isEqualTo(1);
      }
      assertThat(TestKernels.read(kronos, buffer)).containsOnly(4);
    }
  }

  @Test
  void kernelsAreRefused() {
    try (DeviceBuffer buffer = words(Pool.DEVICE);
        Stream transfers = kronos.newTransferStream()) {
      assertThatThrownBy(() -> transfers.dispatch(TestKernels.add(add, buffer, buffer, 1)))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage(
              "kernel on a stream for transfers: kernel=test/add, stream=transfer-stream-1");
    }
  }

  /** Runs random work on both streams, submitted piece by piece, and compares with Java. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void bothStreamsTogetherKeepTheOrderOfSubmission(int seed) {
    Random random = new Random(seed);
    int[] model = new int[6];
    List<DeviceBuffer> buffers = new ArrayList<>();
    try (Stream transfers = kronos.newTransferStream();
        Stream kernels = kronos.newStream();
        Recording refill = refill(buffers, transfers)) {
      for (int step = 0; step < 500; step++) {
        int from = random.nextInt(model.length);
        int to = random.nextInt(model.length);
        switch (random.nextInt(4)) {
          case 0 -> {
            kernels.dispatch(TestKernels.add(add, buffers.get(from), buffers.get(to), step));
            kernels.submit();
            model[to] = model[from] + step;
          }
          case 1 -> {
            transfers.fill(buffers.get(to), 0, BYTES, step).submit();
            model[to] = step;
          }
          case 2 -> {
            refill.replay();
            model[0] = 77;
          }
          default -> {
            if (from != to) {
              transfers.copy(buffers.get(from), 0, buffers.get(to), 0, BYTES).submit();
              model[to] = model[from];
            }
          }
        }
      }
      for (int i = 0; i < model.length; i++) {
        assertThat(TestKernels.read(kronos, buffers.get(i))).containsOnly(model[i]);
      }
      assertThat(kernels.counters().queueWaits()).isPositive();
    } finally {
      buffers.forEach(DeviceBuffer::close);
    }
  }

  private Recording refill(List<DeviceBuffer> buffers, Stream transfers) {
    for (int i = 0; i < 6; i++) {
      buffers.add(words(Pool.DEVICE));
      transfers.fill(buffers.get(i), 0, BYTES, 0);
    }
    transfers.submit();
    return transfers.fill(buffers.get(0), 0, BYTES, 77).record();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.dispatch.Counters;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.TestKernels;
import dev.kronos.dispatch.Ticket;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.VulkanBuffer;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.Test;

class KronosTest {

  @Test
  void opensAndClosesAgainAndAgain() {
    for (int i = 0; i < 50; i++) {
      try (OpenKronos open = new OpenKronos();
          DeviceBuffer buffer = open.kronos().memory().allocate(Pool.DEVICE, 4096);
          Stream stream = open.kronos().newStream()) {
        stream.fill(buffer, 0, 4096, i).submit();
      }
    }
  }

  @Test
  void severalAreOpenAtOnce() {
    try (OpenKronos first = new OpenKronos();
        OpenKronos second = new OpenKronos();
        Stream stream = second.kronos().newStream();
        Stream other = first.kronos().newStream()) {
      assertThat(second.kronos().device()).isEqualTo(first.kronos().device());
      assertThat(stream.submit().isDone()).isTrue();
      assertThat(other.submit().isDone()).isTrue();
    }
  }

  @Test
  void closeWaitsForWorkInFlight() {
    try (OpenKronos open = new OpenKronos()) {
      Stream stream = open.kronos().newStream();
      DeviceBuffer buffer = open.kronos().memory().allocate(Pool.DEVICE, 8 << 20);
      Ticket last = null;
      for (int i = 0; i < 20; i++) {
        last = stream.fill(buffer, 0, buffer.sizeBytes(), i).submit();
      }
      stream.close();
      buffer.close();
      open.kronos().close();
      last.await();
      assertThat(last.isDone()).isTrue();
    }
  }

  @Test
  void closingIsIdempotentAndUseAfterItIsRefused() {
    OpenKronos open = new OpenKronos();
    Kronos kronos = open.kronos();
    open.close();
    open.close();
    assertThatThrownBy(kronos::newStream).isInstanceOf(KronosException.Closed.class);
    assertThatThrownBy(() -> kronos.memory().allocate(Pool.DEVICE, 64))
        .isInstanceOf(KronosException.Closed.class);
    assertThatThrownBy(() -> kronos.kernels().compile(TestKernels.ADD))
        .isInstanceOf(KronosException.Closed.class);
    assertThat(kronos.counters().outstandingAllocations()).isZero();
  }

  @Test
  void closingFailsLoudlyWhileAnythingIsHeldAndLeavesItUsable() {
    try (OpenKronos open = new OpenKronos()) {
      Kronos kronos = open.kronos();
      try (Stream stream = kronos.newStream();
          DeviceBuffer buffer = kronos.memory().allocate(Pool.DEVICE, 1234)) {
        assertThatThrownBy(kronos::close)
            .isInstanceOf(KronosException.Leak.class)
            .hasMessageContaining("closed while still in use: streams=1, buffers=1")
            .hasMessageContaining("Stream[name=stream-1")
            .hasMessageContaining("sizeBytes=1234");
        stream.fill(buffer, 0, 1232, 1).submit().await();
      }
      try (ArrowBuf arrow = kronos.allocator().buffer(100)) {
        assertThatThrownBy(kronos::close)
            .isInstanceOf(KronosException.Leak.class)
            .hasMessageContaining("arrowBytes=128");
        arrow.setLong(0, 1);
      }
    }
  }

  @Test
  void nothingIsAllocatedFromTheDeviceInSteadyState() {
    try (OpenKronos open = new OpenKronos();
        Stream stream = open.kronos().newStream()) {
      Counters before = null;
      for (int i = 0; i < 200; i++) {
        if (i == 50) {
          before = open.kronos().counters();
        }
        try (DeviceBuffer buffer = open.kronos().memory().allocate(Pool.DEVICE, 1000 + i * 64L)) {
          stream.fill(buffer, 0, 1000, i).submit().await();
        }
      }
      Counters after = open.kronos().counters();
      assertThat(after.deviceAllocations()).isEqualTo(before.deviceAllocations());
      assertThat(after.descriptorUpdates()).isEqualTo(before.descriptorUpdates());
      assertThat(after.submits()).isEqualTo(before.submits() + 150);
    }
  }

  @Test
  void memoryIsFilledOnTheDeviceWhereTheHostCannotSeeIt() {
    OpenDevice device = OpenDevice.open(OpenKronos.options().build());
    try (DeviceBuffer buffer = device.memory().allocate(Pool.DEVICE, 256);
        DeviceBuffer host = device.memory().allocate(Pool.READBACK, 256);
        Stream stream = device.streams().newStream()) {
      device
          .streams()
          .fillNow((VulkanBuffer) buffer.handle(), buffer.slabOffset(), 256, 0xCBCBCBCB);
      assertThat(device.counters().submits()).isZero();
      stream.copy(buffer, 0, host, 0, 256).submit().await();
      assertThat(HostMemory.intAt(host.hostAddress() + 252)).isEqualTo(0xCBCBCBCB);
    } finally {
      device.close();
    }
    assertThat(device.counters().validationMessages()).isZero();
  }

  @Test
  void deviceThatIsNotThereIsNamed() {
    KronosOptions options = OpenKronos.options().set(KronosOption.DEVICE, "no such card").build();
    assertThatThrownBy(() -> Kronos.open(options))
        .isInstanceOf(KronosException.NoDevice.class)
        .hasMessageContaining("no such card");
  }
}

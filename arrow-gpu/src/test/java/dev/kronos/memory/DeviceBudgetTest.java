// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.KronosOption;
import dev.kronos.KronosOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class DeviceBudgetTest {
  private static final long MIB = 1L << 20;
  private static final KronosOptions OPTIONS =
      KronosOptions.builder()
          .set(KronosOption.MEMORY_SLAB_BYTES, MIB)
          .set(KronosOption.MEMORY_DEVICE_BUDGET, 2 * MIB)
          .build();

  @Test
  void boundsTheDevicePoolAloneAlsoOnUnifiedMemory() {
    try (MemoryPools pools = new MemoryPools(FakeMemorySource.unified(64 * MIB), OPTIONS)) {
      try (DeviceBuffer first = pools.allocate(Pool.DEVICE, MIB);
          DeviceBuffer second = pools.allocate(Pool.DEVICE, MIB);
          DeviceBuffer upload = pools.allocate(Pool.UPLOAD, 3 * MIB)) {
        assertThat(pools.deviceBytes()).isEqualTo(2 * MIB);
        assertThat(upload.sizeBytes() + first.sizeBytes()).isEqualTo(4 * MIB);
        assertThatThrownBy(() -> pools.allocate(Pool.DEVICE, 1))
            .isInstanceOf(KronosException.Exhausted.class)
            .hasMessage(
                "device budget used up: askedBytes=1, heldBytes=2097152, budgetBytes=2097152");
        assertThat(second.sizeBytes()).isEqualTo(MIB);
      }
      assertThat(pools.deviceBytes()).isZero();
      assertThat(pools.peakDeviceBytes()).isEqualTo(2 * MIB);
    }
  }

  @Test
  void reservesNothingWhereTheSourceHasNoRoom() {
    try (MemoryPools pools = new MemoryPools(FakeMemorySource.discrete(MIB), OPTIONS)) {
      assertThatThrownBy(() -> pools.allocate(Pool.DEVICE, 2 * MIB))
          .isInstanceOf(KronosException.Exhausted.class);
      assertThat(pools.deviceBytes()).isZero();
    }
  }

  @Test
  void asksForRoomUntilThereIsEnough() {
    Deque<DeviceBuffer> idle = new ArrayDeque<>();
    try (MemoryPools pools = new MemoryPools(FakeMemorySource.discrete(64 * MIB), OPTIONS)) {
      for (int i = 0; i < 4; i++) {
        idle.add(pools.allocate(Pool.DEVICE, MIB / 2));
      }
      pools.spillWith(
          wanted -> {
            assertThat(wanted).isEqualTo(MIB);
            DeviceBuffer victim = idle.poll();
            if (victim != null) {
              victim.close();
            }
            return victim != null;
          });
      try (DeviceBuffer taken = pools.allocate(Pool.DEVICE, MIB)) {
        assertThat(taken.sizeBytes()).isEqualTo(MIB);
        assertThat(idle).hasSize(2);
        assertThatThrownBy(() -> pools.allocate(Pool.DEVICE, 3 * MIB))
            .isInstanceOf(KronosException.Exhausted.class);
        assertThat(idle).as("nothing moves for what never fits").hasSize(2);
      }
      idle.forEach(DeviceBuffer::close);
    }
  }

  @Test
  void everyNthRequestFailsWhenAskedTo() {
    try (MemoryPools pools = new MemoryPools(FakeMemorySource.discrete(64 * MIB), OPTIONS)) {
      pools.injection().failEvery(3);
      pools.allocate(Pool.UPLOAD, 10).close();
      pools.allocate(Pool.DEVICE, 10).close();
      assertThatThrownBy(() -> pools.allocate(Pool.DEVICE, 10))
          .isInstanceOf(KronosException.Exhausted.class)
          .hasMessageStartingWith("allocation failed on purpose: pool=DEVICE");
      assertThat(pools.injection().failures()).isEqualTo(1);
      pools.injection().failEvery(0);
      for (int i = 0; i < 9; i++) {
        pools.allocate(Pool.DEVICE, 10).close();
      }
      assertThat(pools.outstandingBuffers()).isZero();
    }
  }
}

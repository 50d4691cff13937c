// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.memory.Pool;
import org.junit.jupiter.api.Test;

class MemoryTypeTableTest {

  private static final int LOCAL = 1;
  private static final int VISIBLE = 2;
  private static final int COHERENT = 4;
  private static final int CACHED = 8;
  private static final int ALL = -1;

  /** The types of an H200 with a resizable BAR, in the driver's order. */
  private static final int[] DISCRETE = {
    0, LOCAL, VISIBLE | COHERENT, VISIBLE | COHERENT | CACHED, LOCAL | VISIBLE | COHERENT
  };

  @Test
  void discreteCardKeepsItsPoolsApart() {
    MemoryTypeTable table = MemoryTypeTable.resolve(DISCRETE, ALL, false);
    assertThat(table.unified()).isFalse();
    assertThat(table.types())
        .containsEntry(Pool.DEVICE, 1)
        .containsEntry(Pool.UPLOAD, 2)
        .containsEntry(Pool.READBACK, 3);
    assertThat(table.ringType()).isEqualTo(4);
  }

  @Test
  void cardWithoutVisibleDeviceMemoryPutsTheRingOnTheHost() {
    int[] types = {LOCAL, VISIBLE | COHERENT, VISIBLE | COHERENT | CACHED};
    MemoryTypeTable table = MemoryTypeTable.resolve(types, ALL, false);
    assertThat(table.types()).containsEntry(Pool.DEVICE, 0);
    assertThat(table.ringType()).isEqualTo(1);
  }

  @Test
  void softwareDeviceWithOneTypeIsUnified() {
    int[] types = {LOCAL | VISIBLE | COHERENT | CACHED};
    MemoryTypeTable table = MemoryTypeTable.resolve(types, ALL, true);
    assertThat(table.unified()).isTrue();
    assertThat(table.types().values()).containsOnly(0);
  }

  @Test
  void integratedDeviceTakesCachedMemoryForAllPools() {
    int[] types = {LOCAL, LOCAL | VISIBLE | COHERENT, LOCAL | VISIBLE | COHERENT | CACHED};
    MemoryTypeTable table = MemoryTypeTable.resolve(types, ALL, true);
    assertThat(table.unified()).isTrue();
    assertThat(table.types().values()).containsOnly(2);
  }

  @Test
  void typesThatBuffersMayNotUseAreSkipped() {
    MemoryTypeTable table = MemoryTypeTable.resolve(DISCRETE, 0b01100, false);
    assertThat(table.types()).containsEntry(Pool.DEVICE, 2);
    assertThat(table.ringType()).isEqualTo(2);
  }

  @Test
  void deviceWithoutCoherentMemoryIsRefused() {
    assertThatThrownBy(() -> MemoryTypeTable.resolve(new int[] {LOCAL, VISIBLE}, ALL, false))
        .isInstanceOf(KronosException.NoDevice.class)
        .hasMessageContaining("no host-visible coherent memory");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

/**
 * Names the three logical memory pools of a device.
 *
 * <p>Logical means: at start-up each is resolved onto whatever memory types the device has. On
 * unified memory all three are the same memory, so that staging copies disappear.
 */
public enum Pool {
  /** Memory nearest to the compute units. Never required to be visible to the host. */
  DEVICE,
  /** Host-visible, coherent memory that the host writes and the device reads. */
  UPLOAD,
  /** Host-visible, cached memory that the device writes and the host reads. */
  READBACK
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

/**
 * Describes a memory heap of a device.
 *
 * @param sizeBytes its size, positive
 * @param deviceLocal whether it is the device's own memory
 * @param hostVisible whether the host can map memory of it
 */
public record MemoryHeap(long sizeBytes, boolean deviceLocal, boolean hostVisible) {}

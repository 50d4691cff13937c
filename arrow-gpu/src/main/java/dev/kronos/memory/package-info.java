// SPDX-License-Identifier: Apache-2.0
/**
 * Memory of a device in pools and slabs, with budgets, counters and checks for what was not given
 * back: {@link dev.kronos.memory.MemoryPools} hands out {@link dev.kronos.memory.DeviceBuffer}s.
 */
package dev.kronos.memory;

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.vulkan.PersistentSet;

/**
 * Lends blocks of the persistently mapped argument ring. A batch takes blocks while it records and
 * gives them back when the timeline has reached its value, so that the free blocks are always those
 * that no work in flight reads. Blocks instead of one head and tail: a stream that records for long
 * does not hold up the others. Thread-safe; makes no garbage.
 *
 * <p>Up to half of the blocks may be kept by those who have used them, so that their tables lie
 * where they lay before.
 */
final class ArgumentRing {

  /** Size of a block; most batches need one. */
  static final int BLOCK_BYTES = 16 * 1024;

  /** Says that no block is free. */
  static final int NONE = -1;

  private final long deviceAddress;
  private final long hostAddress;
  private final int[] free;
  private int freeCount;
  private int keptCount;

  ArgumentRing(PersistentSet set) {
    deviceAddress = set.ringDeviceAddress();
    hostAddress = set.ringHostAddress();
    free = new int[Math.toIntExact(set.ringBytes() / BLOCK_BYTES)];
    for (int i = 0; i < free.length; i++) {
      free[i] = free.length - 1 - i;
    }
    freeCount = free.length;
  }

  /** Takes a block, or {@link #NONE}. */
  synchronized int take() {
    return freeCount == 0 ? NONE : free[--freeCount];
  }

  /** Gives a block back that no work in flight reads. */
  synchronized void give(int block) {
    free[freeCount++] = block;
  }

  /** Returns whether a block that was taken may be kept for good, which is then so. */
  synchronized boolean keep() {
    if (keptCount >= free.length / 2) {
      return false;
    }
    keptCount++;
    return true;
  }

  /** Returns how many blocks are free; for tests. */
  synchronized int freeBlocks() {
    return freeCount;
  }

  /** Returns how many blocks there are. */
  int blocks() {
    return free.length;
  }

  long deviceAddress(int block) {
    return deviceAddress + (long) block * BLOCK_BYTES;
  }

  long hostAddress(int block) {
    return hostAddress + (long) block * BLOCK_BYTES;
  }
}

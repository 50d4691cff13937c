// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;
import java.util.Arrays;

/**
 * Writes the argument tables of one batch, each 16-byte aligned, to blocks of the ring. A table
 * above the block size, or any table while the ring is used up, goes to an upload buffer of its
 * own, so that recording never waits. Not thread-safe.
 */
final class ArgumentWriter {

  private static final int ALIGNMENT = 16;

  private final ArgumentRing ring;
  private final MemoryPools memory;
  private int[] blocks = new int[4];
  private int blockCount;
  private DeviceBuffer[] overflow = new DeviceBuffer[2];
  private int overflowCount;
  private long deviceAddress;
  private long hostAddress;
  private int remaining;
  private long writtenBytes;

  ArgumentWriter(ArgumentRing ring, MemoryPools memory) {
    this.ring = ring;
    this.memory = memory;
  }

  /** Copies a table and points a command to it; to 0 when it is empty. */
  void write(Arguments arguments, Command command) {
    int sizeBytes = aligned(arguments.paddedBytes());
    if (sizeBytes == 0) {
      command.table(0, 0, 0);
    } else if (sizeBytes > remaining && !refill(sizeBytes)) {
      writeAlone(arguments, command);
    } else {
      arguments.copyTo(hostAddress);
      command.table(deviceAddress, hostAddress, arguments.paddedBytes());
      hostAddress += sizeBytes;
      deviceAddress += sizeBytes;
      remaining -= sizeBytes;
    }
    writtenBytes += arguments.paddedBytes();
  }

  /** Returns the space that a table of some size takes. */
  static int aligned(int sizeBytes) {
    return sizeBytes + ALIGNMENT - 1 & -ALIGNMENT;
  }

  /** Returns how many bytes were written since {@link #release}. */
  long writtenBytes() {
    return writtenBytes;
  }

  /** Gives everything back; the device reads none of it any more. */
  void release() {
    for (int i = 0; i < blockCount; i++) {
      ring.give(blocks[i]);
    }
    for (int i = 0; i < overflowCount; i++) {
      overflow[i].close();
      overflow[i] = null;
    }
    blockCount = 0;
    overflowCount = 0;
    remaining = 0;
    writtenBytes = 0;
  }

  private boolean refill(int sizeBytes) {
    int block = sizeBytes > ArgumentRing.BLOCK_BYTES ? ArgumentRing.NONE : ring.take();
    if (block == ArgumentRing.NONE) {
      return false;
    }
    if (blockCount == blocks.length) {
      blocks = Arrays.copyOf(blocks, blockCount * 2);
    }
    blocks[blockCount++] = block;
    hostAddress = ring.hostAddress(block);
    deviceAddress = ring.deviceAddress(block);
    remaining = ArgumentRing.BLOCK_BYTES;
    return true;
  }

  private void writeAlone(Arguments arguments, Command command) {
    DeviceBuffer buffer = memory.allocate(Pool.UPLOAD, arguments.paddedBytes());
    if (overflowCount == overflow.length) {
      overflow = Arrays.copyOf(overflow, overflowCount * 2);
    }
    overflow[overflowCount++] = buffer;
    arguments.copyTo(buffer.hostAddress());
    command.table(buffer.deviceAddress(), buffer.hostAddress(), arguments.paddedBytes());
  }
}

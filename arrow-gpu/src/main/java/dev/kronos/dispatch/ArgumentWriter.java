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
 *
 * <p>The first few blocks are kept from batch to batch where the ring has enough: the tables of
 * work that is recorded again then lie where they lay, and native commands that name them stay
 * true.
 */
final class ArgumentWriter {

  private static final int ALIGNMENT = 16;
  private static final int MOST_KEPT = 4;

  private final ArgumentRing ring;
  private final MemoryPools memory;
  private final RangeChecks checks;
  private int[] blocks = new int[4];
  private int blockCount;
  private int usedBlocks;
  private int keptBlocks;
  private DeviceBuffer[] overflow = new DeviceBuffer[2];
  private int overflowCount;
  private long deviceAddress;
  private long hostAddress;
  private int remaining;
  private long writtenBytes;

  ArgumentWriter(ArgumentRing ring, MemoryPools memory, RangeChecks checks) {
    this.ring = ring;
    this.memory = memory;
    this.checks = checks;
  }

  /** Copies a table and points a command to it; to 0 when it is empty and nothing is checked. */
  void write(Arguments arguments, Command command) {
    command.prefix(checks.prefixBytes(command));
    int sizeBytes = command.prefixBytes() + aligned(arguments.paddedBytes());
    if (sizeBytes == 0) {
      command.table(0, 0, 0);
    } else if (sizeBytes > remaining && !refill(sizeBytes)) {
      writeAlone(arguments, command);
    } else {
      put(arguments, command, deviceAddress, hostAddress);
      hostAddress += sizeBytes;
      deviceAddress += sizeBytes;
      remaining -= sizeBytes;
    }
    writtenBytes += arguments.paddedBytes();
  }

  /** Returns whether kernels are checked, and may write to mapped error words. */
  boolean checked() {
    return checks.on();
  }

  /** Returns the space that a table of some size takes. */
  static int aligned(int sizeBytes) {
    return sizeBytes + ALIGNMENT - 1 & -ALIGNMENT;
  }

  /** Returns how many bytes were written since {@link #release}. */
  long writtenBytes() {
    return writtenBytes;
  }

  /** Gives back all but the blocks that are kept; the device reads none of it any more. */
  void release() {
    while (keptBlocks < Math.min(blockCount, MOST_KEPT) && ring.keep()) {
      keptBlocks++;
    }
    while (blockCount > keptBlocks) {
      blockCount--;
      ring.give(blocks[blockCount]);
    }
    for (int i = 0; i < overflowCount; i++) {
      overflow[i].close();
      overflow[i] = null;
    }
    usedBlocks = 0;
    overflowCount = 0;
    remaining = 0;
    writtenBytes = 0;
  }

  private boolean refill(int sizeBytes) {
    if (sizeBytes > ArgumentRing.BLOCK_BYTES || (usedBlocks == blockCount && !takeBlock())) {
      return false;
    }
    int block = blocks[usedBlocks++];
    hostAddress = ring.hostAddress(block);
    deviceAddress = ring.deviceAddress(block);
    remaining = ArgumentRing.BLOCK_BYTES;
    return true;
  }

  private boolean takeBlock() {
    int block = ring.take();
    if (block == ArgumentRing.NONE) {
      return false;
    }
    if (blockCount == blocks.length) {
      blocks = Arrays.copyOf(blocks, blockCount * 2);
    }
    blocks[blockCount++] = block;
    return true;
  }

  private void writeAlone(Arguments arguments, Command command) {
    long sizeBytes = (long) command.prefixBytes() + arguments.paddedBytes();
    DeviceBuffer buffer = memory.allocate(Pool.UPLOAD, sizeBytes);
    if (overflowCount == overflow.length) {
      overflow = Arrays.copyOf(overflow, overflowCount * 2);
    }
    overflow[overflowCount++] = buffer;
    put(arguments, command, buffer.deviceAddress(), buffer.hostAddress());
  }

  private void put(Arguments arguments, Command command, long device, long host) {
    int prefixBytes = command.prefixBytes();
    int tableBytes = arguments.paddedBytes();
    arguments.copyTo(host + prefixBytes);
    checks.writePrefix(command, host + prefixBytes, tableBytes);
    command.table(device + prefixBytes, host + prefixBytes, tableBytes);
  }
}

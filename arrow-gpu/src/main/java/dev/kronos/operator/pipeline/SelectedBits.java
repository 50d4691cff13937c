// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.Kronos;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import java.util.List;

/**
 * Holds what a kernel of {@code select.glsl} writes: a bit a row, which is 1 for the rows that are
 * selected, and how many those are in each tile of {@link Workgroups#SIZE} rows. Keeps its buffers
 * for the next time. Not thread-safe.
 */
public final class SelectedBits implements AutoCloseable {
  private final Kronos kronos;
  private final PrefixSum scan;
  private DeviceBuffer bits;
  private DeviceBuffer tiles;

  /** Finds the kernels of a device, which stays the caller's. */
  public SelectedBits(Kronos kronos) {
    this.kronos = kronos;
    this.scan = new PrefixSum(kronos, PrefixSum.Width.INT32);
  }

  /** Returns how many tiles a number of rows has, more than 0. */
  static int tileCount(int count) {
    return (count - 1) / Workgroups.SIZE + 1;
  }

  /** Makes room for a number of rows, more than 0; what was selected before is lost. */
  public void reserve(int count) {
    long bitBytes = (long) tileCount(count) * Workgroups.SIZE / Byte.SIZE;
    // The last one: it tells that both are there.
    if (tiles != null && bits.sizeBytes() >= bitBytes) {
      return;
    }
    close();
    bits = kronos.memory().allocate(Pool.DEVICE, bitBytes);
    tiles = kronos.memory().allocate(Pool.DEVICE, (tileCount(count) + 1L) * Integer.BYTES);
  }

  /** Appends the addresses of the bits and of the counts of tiles. */
  public void put(Arguments arguments) {
    arguments.putAddress(bits).putAddress(tiles);
  }

  /** Returns the buffer with the counts of tiles or, once recorded, their sums, 32 bits each. */
  public DeviceBuffer tiles() {
    return tiles;
  }

  /** Returns the accesses of the kernel that selects. */
  public List<Access> accesses() {
    return List.of(Access.updates(bits), Access.updates(tiles));
  }

  /** Returns the accesses of kernels that look at what was selected. */
  public List<Access> reads() {
    return List.of(Access.reads(bits), Access.reads(tiles));
  }

  /**
   * Records what makes of the counts of tiles how many rows are selected before each, and in all
   * behind the last; behind the kernel that selected among {@code count} rows.
   */
  public void recordSums(Stream stream, int count) {
    scan.record(stream, tiles, 0, tileCount(count));
  }

  /** Frees the buffers. Idempotent. */
  @Override
  public void close() {
    free(tiles);
    free(bits);
    tiles = null;
    bits = null;
  }

  private static void free(DeviceBuffer buffer) {
    if (buffer != null) {
      buffer.close();
    }
  }
}

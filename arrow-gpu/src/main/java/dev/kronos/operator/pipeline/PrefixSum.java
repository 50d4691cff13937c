// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.Kronos;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Kernels;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import java.util.List;

/**
 * Turns integers into running sums in place: the sum of all before each one, and the total behind
 * the last. Turns sizes into offsets, for one. Three dispatches: reduce tiles, scan their sums,
 * scan tiles.
 */
public final class PrefixSum {
  /** Elements of a tile: 256 invocations of 8 elements each. */
  private static final int TILE = 2048;

  /** Flag of the last kernel: writes the total too. */
  private static final int WITH_TOTAL = 1;

  /** Names the width of the integers. */
  public enum Width {
    /** 32 bits; sums wrap around. */
    INT32("uint32", Integer.BYTES),
    /** 64 bits; sums wrap around. */
    INT64("uint64", Long.BYTES);

    private final String suffix;
    private final int sizeBytes;

    Width(String suffix, int sizeBytes) {
      this.suffix = suffix;
      this.sizeBytes = sizeBytes;
    }

    /** Returns what kernels of this width are named by, such as {@code uint32}. */
    public String kernelName() {
      return suffix;
    }

    /** Returns the size of an integer in bytes. */
    public int sizeBytes() {
      return sizeBytes;
    }
  }

  private final Kronos kronos;
  private final Width width;
  private final Kernel reduce;
  private final Kernel spine;
  private final Kernel tiles;

  /** Finds the kernels of a device, which stays the caller's. */
  public PrefixSum(Kronos kronos, Width width) {
    this.kronos = kronos;
    this.width = width;
    Kernels kernels = kronos.kernels();
    kernels.prepareNamed("scan/spine", "scan/tiles_" + width.suffix);
    this.reduce = kernels.named("scan/reduce_" + width.suffix);
    this.spine = kernels.named("scan/spine");
    this.tiles = kernels.named("scan/tiles_" + width.suffix);
  }

  /**
   * Records the sum.
   *
   * @param stream where it is recorded
   * @param integers the integers, and room for one more
   * @param offset first byte of the integers
   * @param count how many integers, more than 0
   */
  public void record(Stream stream, DeviceBuffer integers, long offset, int count) {
    int tileCount = (count + TILE - 1) / TILE;
    long sizeBytes = (count + 1L) * width.sizeBytes;
    try (DeviceBuffer partials =
        kronos.memory().allocate(Pool.DEVICE, (long) tileCount * Long.BYTES)) {
      Arguments arguments =
          Arguments.builder()
              .putAddress(integers, offset)
              .putAddress(partials)
              .putAddress(integers, offset)
              .putLong(0);
      Access read = Access.reads(integers, offset, sizeBytes);
      int workgroups = Math.min(tileCount, Workgroups.forRows(Integer.MAX_VALUE));
      stream.dispatch(
          new Dispatch(
              reduce,
              arguments,
              List.of(read, Access.writes(partials)),
              workgroups,
              count,
              0,
              null));
      stream.dispatch(
          new Dispatch(spine, arguments, List.of(Access.updates(partials)), 1, count, 0, null));
      Access update = Access.updates(integers, offset, sizeBytes);
      stream.dispatch(
          new Dispatch(
              tiles,
              arguments,
              List.of(update, Access.reads(partials)),
              workgroups,
              count,
              WITH_TOTAL,
              null));
    }
  }
}

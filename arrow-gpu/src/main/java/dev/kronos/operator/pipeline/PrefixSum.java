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
 * Turns 32-bit sizes into offsets in place: the sum of all sizes before each one, and the total
 * behind the last. Three dispatches: reduce tiles, scan their sums, scan tiles.
 */
public final class PrefixSum {
  /** Elements of a tile: 256 invocations of 8 elements each. */
  private static final int TILE = 2048;

  /** Flag of the last kernel: writes the total too. */
  private static final int WITH_TOTAL = 1;

  private final Kronos kronos;
  private final Kernel reduce;
  private final Kernel spine;
  private final Kernel tiles;

  /** Finds the kernels of a device, which stays the caller's. */
  public PrefixSum(Kronos kronos) {
    this.kronos = kronos;
    Kernels kernels = kronos.kernels();
    this.reduce = kernels.named("scan/reduce_uint32");
    this.spine = kernels.named("scan/spine");
    this.tiles = kernels.named("scan/tiles_uint32");
  }

  /**
   * Records the sum.
   *
   * @param stream where it is recorded
   * @param sizes the sizes, and room for one more; their sum is below 2^32
   * @param offset first byte of the sizes
   * @param count how many sizes, more than 0
   */
  public void record(Stream stream, DeviceBuffer sizes, long offset, int count) {
    int tileCount = (count + TILE - 1) / TILE;
    long sizeBytes = (count + 1L) * Integer.BYTES;
    try (DeviceBuffer partials =
        kronos.memory().allocate(Pool.DEVICE, (long) tileCount * Long.BYTES)) {
      Arguments arguments =
          Arguments.builder()
              .putAddress(sizes, offset)
              .putAddress(partials)
              .putAddress(sizes, offset)
              .putLong(0);
      Access read = Access.reads(sizes, offset, sizeBytes);
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
      Access update = Access.updates(sizes, offset, sizeBytes);
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

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.scan;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.device.DeviceInfo;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.Workgroups;
import dev.kronos.operator.scan.LookBackScan.Help;
import dev.kronos.operator.scan.RunningScan.Reach;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;

/**
 * Computes running sums of floats by one kernel that reads them once, as {@link LookBackScan} does
 * of integers. Gives the same bits as {@link RunningScan}: tiles are added in one order, whoever
 * finds which of their sums published.
 *
 * <p>Thread-safe. The target must not overlap the source.
 */
public final class LookBackFloats {
  private static final int TILE = 8192;
  private static final int CHUNK = 32;

  /** Sums go along rows of so many invocations; narrower subgroups take shared memory. */
  private static final int ROW = 32;

  /** Invocations of a workgroup that has rows in subgroups. */
  private static final int WIDE = 512;

  private static final int TEST_ELEMENTS = 512 * TILE;

  private static final int ALONE = 2;

  private static final Map<Kronos, Boolean> TESTED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Kronos kronos;

  /** Creates the scan on a device, which stays the caller's. */
  public LookBackFloats(Kronos kronos) {
    this.kronos = Objects.requireNonNull(kronos, "kronos");
  }

  /**
   * Tells whether integers may look back on the device and a first scan of floats was right; the
   * first call for a device waits for that scan.
   */
  public static boolean suits(Kronos kronos) {
    return LookBackScan.suits(kronos) && TESTED.computeIfAbsent(kronos, LookBackFloats::scansOnes);
  }

  /** Tells whether a device has what its kernel is written with: wide rows take 512 invocations. */
  static boolean runs(DeviceInfo device) {
    return LookBackScan.runs(device)
        && (device.subgroupSize() < ROW || device.limits().maxWorkgroupInvocations() >= WIDE);
  }

  /** Sums ones, whose sums are their places and exact: wrong in any tile, the last is wrong. */
  static boolean scansOnes(Kronos kronos) {
    long sizeBytes = (long) TEST_ELEMENTS * Float.BYTES;
    try (Stream stream = kronos.newStream();
        BufferSlice ones = BufferSlice.whole(kronos.memory().allocate(Pool.DEVICE, sizeBytes));
        BufferSlice sums = BufferSlice.whole(kronos.memory().allocate(Pool.DEVICE, sizeBytes));
        DeviceBuffer host = kronos.memory().allocate(Pool.READBACK, Float.BYTES)) {
      stream.fill(ones.buffer(), ones.offset(), sizeBytes, Float.floatToRawIntBits(1));
      new LookBackFloats(kronos).record(stream, Reach.INCLUSIVE, ones, sums, Help.OF_OTHERS);
      long last = sizeBytes - Float.BYTES;
      stream.copy(sums.buffer(), sums.offset() + last, host, 0, Float.BYTES).submit().await();
      return HostMemory.intAt(host.hostAddress()) == Float.floatToRawIntBits(TEST_ELEMENTS);
    }
  }

  /**
   * Records the sums.
   *
   * @param stream where they are recorded
   * @param reach what a result contains
   * @param source floats, 1 or more
   * @param target room for as many results; must not overlap the source
   * @param help what tiles may use
   */
  public void record(
      Stream stream, Reach reach, BufferSlice source, BufferSlice target, Help help) {
    int count = Math.toIntExact(source.sizeBytes() / Float.BYTES);
    int tiles = (count - 1) / TILE + 1;
    int chunks = (tiles - 1) / CHUNK + 1;
    // A ticket, padded to 16 bytes, and two words for the sum of each tile and of each chunk.
    long stateBytes = (1L + tiles + chunks) * 2 * Long.BYTES;
    try (DeviceBuffer state = kronos.memory().allocate(Pool.DEVICE, stateBytes)) {
      stream.fill(state, 0, stateBytes, 0);
      stream.dispatch(
          new Dispatch(
              kronos.kernels().named(kernel()),
              Arguments.builder()
                  .putAddress(source.buffer(), source.offset())
                  .putAddress(state)
                  .putAddress(target.buffer(), target.offset())
                  .putLong(0),
              List.of(
                  Access.reads(source.buffer(), source.offset(), source.sizeBytes()),
                  Access.updates(state),
                  Access.writes(target.buffer(), target.offset(), source.sizeBytes())),
              Workgroups.forTiles(tiles),
              count,
              RunningScan.flags(reach, source, target) | (help == Help.OF_NOBODY ? ALONE : 0),
              null));
    }
  }

  private String kernel() {
    boolean wide = kronos.device().subgroupSize() >= ROW;
    return wide ? "scan/lookback_float32" : "scan/lookback_float32_narrow";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.scan;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.device.Capability;
import dev.kronos.device.DeviceInfo;
import dev.kronos.device.VendorProfile.LookBack;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.PrefixSum;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;

/**
 * Computes exclusive prefix sums of integers by one kernel that reads them once: each tile looks
 * back at what the tiles before it published. It ends on every device that can run it, for a
 * workgroup that waits in vain does the other's work itself, but it only pays where workgroups run
 * side by side: {@link #suits} says where.
 *
 * <p>Thread-safe. The target must not overlap the source.
 */
public final class LookBackScan {
  /** Bytes that an invocation reads and writes at a time, where addresses allow it. */
  private static final int VECTOR_BYTES = 16;

  private static final int LEAST_SUBGROUP = 4;
  private static final int LARGEST_SUBGROUP = 64;

  private static final int TEST_ELEMENTS = 1 << 22;

  private static final Map<Kronos, Boolean> TESTED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private static final int WITH_TOTAL = 1;
  private static final int ALONE = 2;
  private static final int ALIGNED = 4;

  /** Says what a tile may use of the others. */
  public enum Help {
    /** What they published. */
    OF_OTHERS,
    /** Nothing: every tile sums all tiles before it, for tests of the fallback. */
    OF_NOBODY
  }

  private final Kronos kronos;
  private final PrefixSum.Width width;

  /** Creates the scan on a device, which stays the caller's. */
  public LookBackScan(Kronos kronos, PrefixSum.Width width) {
    this.kronos = Objects.requireNonNull(kronos, "kronos");
    this.width = Objects.requireNonNull(width, "width");
  }

  /**
   * Tells whether the device can run the kernel, the vendor's profile lets kernels look back and a
   * first scan on the device was right; the first call for a device waits for that scan.
   */
  public static boolean suits(Kronos kronos) {
    return runs(kronos.device())
        && kronos.device().profile().lookBack().value() != LookBack.NEVER
        && TESTED.computeIfAbsent(kronos, LookBackScan::scansOnes);
  }

  /** Tells whether a device has what the kernel is written with. */
  static boolean runs(DeviceInfo device) {
    return device.supports(Capability.SUBGROUP_SHUFFLES)
        && device.subgroupSize() >= LEAST_SUBGROUP
        && device.subgroupSize() <= LARGEST_SUBGROUP;
  }

  /** Sums ones, whose sums are their places: wrong in any tile, the last sum is wrong. */
  static boolean scansOnes(Kronos kronos) {
    long sizeBytes = (long) TEST_ELEMENTS * Integer.BYTES;
    try (Stream stream = kronos.newStream();
        BufferSlice ones = BufferSlice.whole(kronos.memory().allocate(Pool.DEVICE, sizeBytes));
        DeviceBuffer sums = kronos.memory().allocate(Pool.DEVICE, sizeBytes + Integer.BYTES);
        DeviceBuffer host = kronos.memory().allocate(Pool.READBACK, Integer.BYTES)) {
      stream.fill(ones.buffer(), ones.offset(), sizeBytes, 1);
      new LookBackScan(kronos, PrefixSum.Width.INT32).record(stream, ones, sums, Help.OF_OTHERS);
      stream.copy(sums, sizeBytes, host, 0, Integer.BYTES).submit().await();
      return HostMemory.intAt(host.hostAddress()) == TEST_ELEMENTS;
    }
  }

  /**
   * Records the sum.
   *
   * @param stream where it is recorded
   * @param source the integers, 1 or more
   * @param target room for one more than there are; gets the total last
   * @param help what tiles may use
   */
  public void record(Stream stream, BufferSlice source, DeviceBuffer target, Help help) {
    int count = Math.toIntExact(source.sizeBytes() / width.sizeBytes());
    int tiles = (count - 1) / tile() + 1;
    // A ticket, padded to 16 bytes, and a word for each half of a sum.
    long stateBytes = (2L + (long) width.sizeBytes() / Integer.BYTES * tiles) * Long.BYTES;
    try (DeviceBuffer state = kronos.memory().allocate(Pool.DEVICE, stateBytes)) {
      stream.fill(state, 0, stateBytes, 0);
      stream.dispatch(
          new Dispatch(
              kronos.kernels().named("scan/lookback_" + width.kernelName()),
              Arguments.builder()
                  .putAddress(source.buffer(), source.offset())
                  .putAddress(state)
                  .putAddress(target)
                  .putLong(0),
              List.of(
                  Access.reads(source.buffer(), source.offset(), source.sizeBytes()),
                  Access.updates(state),
                  Access.writes(target, 0, (count + 1L) * width.sizeBytes())),
              Workgroups.forTiles(tiles),
              count,
              flags(source, target, help),
              null));
    }
  }

  /** Returns the integers of a tile: 256 invocations of 32 narrow or 8 wide ones. */
  private int tile() {
    return width == PrefixSum.Width.INT32 ? 8192 : 2048;
  }

  private static int flags(BufferSlice source, DeviceBuffer target, Help help) {
    boolean aligned = (source.deviceAddress() | target.deviceAddress()) % VECTOR_BYTES == 0;
    return WITH_TOTAL | (help == Help.OF_NOBODY ? ALONE : 0) | (aligned ? ALIGNED : 0);
  }
}

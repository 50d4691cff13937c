// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.scan;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.device.DeviceInfo;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
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
 * finds which of their sums published. A second kernel, of one workgroup, computes all sums again
 * where a workgroup of the first waited too long for the others, so that they are right on every
 * device that can run it. That is slow, and {@link #suits} says where the first scan did without.
 *
 * <p>Thread-safe. The target must not overlap the source.
 */
public final class LookBackFloats {
  /** Sums go along rows of so many invocations; narrower subgroups take shared memory. */
  private static final int ROW = 32;

  /** Invocations of a workgroup that has rows in subgroups. */
  private static final int WIDE = 512;

  private static final int TEST_ELEMENTS = 512 * tile(ROW);

  private static final int ALONE = 2;

  private static final Map<Kronos, Boolean> TESTED =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * Says which kernels run, and how.
   *
   * @param lookBack looks back
   * @param repair does it again where it was in vain
   * @param row quads of their rows
   * @param most workgroups that one dispatch may have
   */
  record Build(Kernel lookBack, Kernel repair, int row, int most) {
    /** Returns what is run on a device. */
    static Build of(Kronos kronos) {
      boolean wide = kronos.device().subgroupSize() >= ROW;
      String name = "scan/lookback_float32" + (wide ? "" : "_narrow");
      return new Build(
          kronos.kernels().named(name),
          kronos.kernels().named(name + "_repair"),
          ROW,
          Workgroups.forTiles(Integer.MAX_VALUE));
    }

    int tiles(int count) {
      return (count - 1) / tile(row) + 1;
    }
  }

  private final Kronos kronos;
  private final Build build;

  /** Creates the scan on a device, which stays the caller's. */
  public LookBackFloats(Kronos kronos) {
    this(kronos, Build.of(kronos));
  }

  /** Creates the scan by other builds of the kernels. */
  LookBackFloats(Kronos kronos, Build build) {
    this.kronos = Objects.requireNonNull(kronos, "kronos");
    this.build = Objects.requireNonNull(build, "build");
  }

  /** Returns the values of a tile whose rows have so many quads, as {@code running.glsl} says. */
  private static int tile(int row) {
    return 8 * row * row;
  }

  /**
   * Tells whether integers may look back on the device and a first scan of floats was right without
   * repair; the first call for a device waits for that scan.
   */
  public static boolean suits(Kronos kronos) {
    return LookBackScan.suits(kronos) && TESTED.computeIfAbsent(kronos, LookBackFloats::scansOnes);
  }

  /** Tells whether a device has what its kernel is written with: wide rows take 512 invocations. */
  static boolean runs(DeviceInfo device) {
    return LookBackScan.runs(device)
        && (device.subgroupSize() < ROW || device.limits().maxWorkgroupInvocations() >= WIDE);
  }

  private static boolean scansOnes(Kronos kronos) {
    return new LookBackFloats(kronos).sumOnes(TEST_ELEMENTS, Help.OF_OTHERS) == Trial.RIGHT;
  }

  /** What came of a scan. */
  enum Trial {
    /** Its last sum is right. */
    RIGHT,
    /** Its last sum is right because it was repaired. */
    REPAIRED,
    /** Its last sum is wrong. */
    WRONG
  }

  /** Sums ones, whose sums are their places and exact: wrong in any tile, the last is wrong. */
  Trial sumOnes(int count, Help help) {
    long sizeBytes = (long) count * Float.BYTES;
    try (Stream stream = kronos.newStream();
        BufferSlice ones = BufferSlice.whole(kronos.memory().allocate(Pool.DEVICE, sizeBytes));
        BufferSlice sums = BufferSlice.whole(kronos.memory().allocate(Pool.DEVICE, sizeBytes));
        DeviceBuffer state = kronos.memory().allocate(Pool.DEVICE, stateBytes(count));
        DeviceBuffer host = kronos.memory().allocate(Pool.READBACK, 2 * Long.BYTES)) {
      stream.fill(ones.buffer(), ones.offset(), sizeBytes, Float.floatToRawIntBits(1));
      record(stream, new Task(ones, sums, state, flags(Reach.INCLUSIVE, ones, sums, help)));
      long last = sums.offset() + sizeBytes - Float.BYTES;
      stream.copy(sums.buffer(), last, host, 0, Float.BYTES);
      stream.copy(state, Long.BYTES, host, Long.BYTES, Long.BYTES).submit().await();
      boolean right = HostMemory.intAt(host.hostAddress()) == Float.floatToRawIntBits(count);
      boolean repaired = HostMemory.longAt(host.hostAddress() + Long.BYTES) != 0;
      Trial trial = repaired ? Trial.REPAIRED : Trial.RIGHT;
      return right ? trial : Trial.WRONG;
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
    try (DeviceBuffer state = kronos.memory().allocate(Pool.DEVICE, stateBytes(count))) {
      record(stream, new Task(source, target, state, flags(reach, source, target, help)));
    }
  }

  private static int flags(Reach reach, BufferSlice source, BufferSlice target, Help help) {
    return RunningScan.flags(reach, source, target) | (help == Help.OF_NOBODY ? ALONE : 0);
  }

  /** Returns the size of a ticket, padded to 16 bytes, and of two words for a tile and a chunk. */
  private long stateBytes(int count) {
    int tiles = build.tiles(count);
    int chunks = (tiles - 1) / build.row() + 1;
    return (1L + tiles + chunks) * 2 * Long.BYTES;
  }

  private record Task(BufferSlice source, BufferSlice target, DeviceBuffer state, int flags) {
    Dispatch dispatch(Kernel kernel, int workgroups, int count) {
      return new Dispatch(
          kernel,
          Arguments.builder()
              .putAddress(source.buffer(), source.offset())
              .putAddress(state)
              .putAddress(target.buffer(), target.offset())
              .putLong(0),
          List.of(
              Access.reads(source.buffer(), source.offset(), source.sizeBytes()),
              Access.updates(state),
              Access.writes(target.buffer(), target.offset(), source.sizeBytes())),
          workgroups,
          count,
          flags,
          null);
    }
  }

  private void record(Stream stream, Task task) {
    int count = Math.toIntExact(task.source().sizeBytes() / Float.BYTES);
    stream.fill(task.state(), 0, stateBytes(count), 0);
    // A workgroup takes a tile; a dispatch takes tickets from where the one before it ended.
    for (int left = build.tiles(count); left > 0; left -= build.most()) {
      stream.dispatch(task.dispatch(build.lookBack(), Math.min(left, build.most()), count));
    }
    stream.dispatch(task.dispatch(build.repair(), 1, count));
  }
}

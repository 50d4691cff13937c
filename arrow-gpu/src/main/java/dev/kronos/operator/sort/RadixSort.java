// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.BufferSlice;
import dev.kronos.device.DeviceInfo;
import dev.kronos.device.DeviceType;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.kernels.twin.RadixPass;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.PrefixSum;
import java.util.ArrayList;
import java.util.List;

/**
 * Sorts keys on the device, equal ones in their order: from the lowest digit of eight bits to the
 * highest, a pass each. A pass counts the digits of each workgroup's keys, turns the counts into
 * places by a prefix sum and moves the keys there: it reads keys twice and writes them once.
 *
 * <p>Digits in which keys cannot differ are left out. Which these are the caller says, in a {@link
 * KeyRange}: kernels are launched from the host, so what only the device knows has to be read back
 * first, and that is worth it only once for all passes. {@code sort/keys} finds the range while it
 * makes keys.
 *
 * <p>Thread-safe: records on the caller's stream and buffers.
 */
public final class RadixSort {

  /**
   * Most workgroups of a pass; more make the prefix sum of their counts longer. A device takes the
   * next workgroup up as one ends, so that many short ones hide more of each other's waiting than a
   * few that have several tiles: 2^26 keys with rows took 3.96 ms by 4,096 workgroups on an H200,
   * 3.36 by 8,192 and 2.88 by 16,384, of one tile each.
   */
  private static final int MOST_GROUPS = 16_384;

  /** Flag of the moving kernel: a key's row is its place. */
  private static final int OWN_ROWS = 1;

  /** Invocations that rank their keys together. */
  private static final int TEAM = 32;

  private final Kronos kronos;
  private final KeyWidth width;
  private final Kernel count;
  private final Kernel scatter;
  private final Kernel scatterRows;
  private final int tileOfKeys;
  private final int tileWithRows;
  private final PrefixSum scan;

  /** Finds the kernels of a device, which stays the caller's. */
  public RadixSort(Kronos kronos, KeyWidth width) {
    this.kronos = kronos;
    this.width = width;
    String kind = width.suffix() + (ballots(kronos.device()) ? "_ballots" : "");
    this.count = kronos.kernels().named("sort/count_" + width.suffix());
    this.scatter = kronos.kernels().named("sort/scatter_" + kind);
    this.scatterRows = kronos.kernels().named("sort/scatter_rows_" + kind);
    this.tileOfKeys = width.tile(SortBuffers.Rows.NONE);
    this.tileWithRows = width.tile(SortBuffers.Rows.NUMBERED);
    this.scan = new PrefixSum(kronos, PrefixSum.Width.INT32);
  }

  /**
   * Tells whether subgroups hold whole teams. Software devices may state a larger subgroup than
   * they run: llvmpipe never runs more than 16 invocations of one, whatever it states.
   */
  private static boolean ballots(DeviceInfo device) {
    return device.type() != DeviceType.CPU && device.subgroupSize() >= TEAM;
  }

  /**
   * Records a sort of the keys in the buffers; they then hold them in order, and their rows.
   *
   * @param stream where it is recorded
   * @param buffers keys of this width at the start of their buffer, and space
   * @param range which numbers they are
   */
  public void record(Stream stream, SortBuffers buffers, KeyRange range) {
    boolean numbered = buffers.rows() == null || buffers.rowsWritten();
    passes(stream, whole(buffers.keys()), buffers, numbered ? range : once(range));
  }

  /**
   * Records a sort of keys that lie elsewhere, and stay as they are.
   *
   * @param stream where it is recorded
   * @param source the keys; stay the caller's
   * @param buffers hold keys and rows in order afterwards; what they held before is lost
   * @param range which numbers the keys are
   */
  public void record(Stream stream, BufferSlice source, SortBuffers buffers, KeyRange range) {
    if (source.sizeBytes() < (long) buffers.count() * width.sizeBytes()) {
      throw new KronosException.InvalidArgument(
          message("fewer keys than to be sorted", "source", source, "count", buffers.count()));
    }
    buffers.restart();
    passes(stream, source, buffers, once(range));
  }

  /** Does the same for keys at the start of a buffer. */
  public void record(Stream stream, DeviceBuffer source, SortBuffers buffers, KeyRange range) {
    record(stream, whole(source), buffers, range);
  }

  private static BufferSlice whole(DeviceBuffer buffer) {
    return new BufferSlice(buffer, 0, buffer.sizeBytes());
  }

  /** Makes at least one pass, which moves keys or numbers rows, even where all keys are equal. */
  private static KeyRange once(KeyRange range) {
    return new KeyRange(range.base(), Math.max(1, range.bits()), range.order());
  }

  /**
   * Records and submits one pass by the highest digit, waits, and tells how many keys the wanted
   * ones are among.
   *
   * @param buffers afterwards hold keys, and their rows, by their highest digit
   * @param most how many of the first keys are wanted, from 1 to the number of keys
   * @return how many keys at the front of the buffers hold the first {@code most} in order: all
   *     those whose highest digit is not above that of the last one wanted
   */
  int selectFirst(Stream stream, SortBuffers buffers, KeyRange range, int most) {
    Groups groups = groups(buffers);
    try (DeviceBuffer counts = counts(groups);
        DeviceBuffer host = kronos.memory().allocate(Pool.READBACK, Long.BYTES)) {
      pass(
          stream,
          new Pass(whole(buffers.keys()), counts, buffers, groups),
          range,
          range.topShift());
      long at = (most - 1L) * width.sizeBytes();
      stream.fill(host, 0, Long.BYTES, 0);
      stream.copy(buffers.keys(), at, host, 0, width.sizeBytes()).submit().await();
      int digit = range.topDigit(HostMemory.longAt(host.hostAddress()));
      long end = (digit + 1L) * groups.number * Integer.BYTES;
      stream.copy(counts, end, host, 0, Integer.BYTES).submit().await();
      return HostMemory.intAt(host.hostAddress());
    }
  }

  private void passes(Stream stream, BufferSlice source, SortBuffers buffers, KeyRange range) {
    if (buffers.count() == 0) {
      return;
    }
    Groups groups = groups(buffers);
    try (DeviceBuffer counts = counts(groups)) {
      BufferSlice from = source;
      for (int shift = 0; shift < range.bits(); shift += KeyRange.DIGIT_BITS) {
        pass(stream, new Pass(from, counts, buffers, groups), range, shift);
        from = whole(buffers.keys());
      }
    }
  }

  private Groups groups(SortBuffers buffers) {
    return Groups.of(buffers.count(), buffers.rows() == null ? tileOfKeys : tileWithRows);
  }

  private DeviceBuffer counts(Groups groups) {
    long sizeBytes = ((long) RadixPass.DIGITS * groups.number + 1) * Integer.BYTES;
    return kronos.memory().allocate(Pool.DEVICE, sizeBytes);
  }

  private void pass(Stream stream, Pass step, KeyRange range, int shift) {
    Arguments arguments = step.arguments(range, shift);
    recordCount(stream, step, arguments);
    scan.record(stream, step.counts, 0, RadixPass.DIGITS * step.groups.number);
    recordScatter(stream, step, arguments);
    step.buffers.advance();
  }

  /** Says how keys are shared out among workgroups: whole tiles. */
  private record Groups(int number, int elements) {
    static Groups of(int count, int tile) {
      int tiles = (count - 1) / tile + 1;
      int share = (tiles - 1) / MOST_GROUPS + 1;
      return new Groups((tiles - 1) / share + 1, share * tile);
    }
  }

  /** Names what a pass reads and writes. */
  private record Pass(BufferSlice from, DeviceBuffer counts, SortBuffers buffers, Groups groups) {

    boolean withRows() {
      return buffers.rows() != null;
    }

    Access read() {
      return Access.reads(from.buffer(), from.offset(), from.sizeBytes());
    }

    /** Returns the argument table that include/sort_digit.glsl draws. */
    Arguments arguments(KeyRange range, int shift) {
      Arguments arguments = Arguments.builder().putAddress(from.buffer(), from.offset());
      putRows(arguments, buffers.rows());
      arguments.putAddress(counts).putAddress(buffers.nextKeys());
      putRows(arguments, buffers.nextRows());
      return arguments
          .putLong(range.base())
          .putLong(range.flip())
          .putInt(shift)
          .putInt(groups.elements);
    }

    private static void putRows(Arguments arguments, DeviceBuffer rows) {
      if (rows == null) {
        arguments.putLong(0);
      } else {
        arguments.putAddress(rows);
      }
    }
  }

  private void recordCount(Stream stream, Pass step, Arguments arguments) {
    List<Access> accesses = List.of(step.read(), Access.writes(step.counts()));
    stream.dispatch(
        new Dispatch(
            count, arguments, accesses, step.groups().number, step.buffers().count(), 0, null));
  }

  private void recordScatter(Stream stream, Pass step, Arguments arguments) {
    List<Access> accesses = new ArrayList<>();
    accesses.add(step.read());
    accesses.add(Access.reads(step.counts()));
    accesses.add(Access.writes(step.buffers().nextKeys()));
    if (step.withRows()) {
      accesses.add(Access.reads(step.buffers().rows()));
      accesses.add(Access.writes(step.buffers().nextRows()));
    }
    stream.dispatch(
        new Dispatch(
            step.withRows() ? scatterRows : scatter,
            arguments,
            accesses,
            step.groups().number,
            step.buffers().count(),
            step.buffers().rowsWritten() ? 0 : OWN_ROWS,
            null));
  }
}

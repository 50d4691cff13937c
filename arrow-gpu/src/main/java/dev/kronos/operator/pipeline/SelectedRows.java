// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.Kronos;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;

/**
 * Turns what a kernel of {@code select.glsl} selects into a list of row numbers, in order. Keeps
 * its buffers for the next time. Not thread-safe.
 */
public final class SelectedRows implements AutoCloseable {
  private final Kronos kronos;
  private final PrefixSum scan;
  private final Kernel list;
  private DeviceBuffer bits;
  private DeviceBuffer tiles;
  private DeviceBuffer rows;

  /** Compiles the kernels of a device, which stays the caller's, or finds them compiled. */
  public SelectedRows(Kronos kronos) {
    this.kronos = kronos;
    this.scan = new PrefixSum(kronos, PrefixSum.Width.INT32);
    this.list = kronos.kernels().compile(kernel());
  }

  /** Returns the text of the kernel that lists rows; needs no device. */
  public static ShaderSource kernel() {
    return new KernelText("pipeline/list")
        .arguments("bits", "tiles", "rows")
        .resource("pipeline/list.glsl")
        .source();
  }

  private static int tileCount(int count) {
    return (count - 1) / Workgroups.SIZE + 1;
  }

  /** Makes room for a number of rows, more than 0; what was selected before is lost. */
  public void reserve(int count) {
    int tileCount = tileCount(count);
    long rowBytes = (long) tileCount * Workgroups.SIZE * Integer.BYTES;
    if (rows != null && rows.sizeBytes() >= rowBytes) {
      return;
    }
    close();
    bits = kronos.memory().allocate(Pool.DEVICE, (long) tileCount * Workgroups.SIZE / Byte.SIZE);
    tiles = kronos.memory().allocate(Pool.DEVICE, (tileCount + 1L) * Integer.BYTES);
    // The last one: it tells that all are there.
    rows = kronos.memory().allocate(Pool.DEVICE, rowBytes);
  }

  /** Appends the addresses of the bits and of the counts of tiles, for the kernel that selects. */
  public void put(Arguments arguments) {
    arguments.putAddress(bits).putAddress(tiles);
  }

  /** Returns the accesses of the kernel that selects. */
  public List<Access> accesses() {
    return List.of(Access.updates(bits), Access.updates(tiles));
  }

  /** Records what lists the rows, behind the kernel that selected among {@code count} of them. */
  public void recordList(Stream stream, int count) {
    scan.record(stream, tiles, 0, tileCount(count));
    Arguments listed = Arguments.builder().putAddress(bits).putAddress(tiles).putAddress(rows);
    List<Access> accesses = List.of(Access.reads(bits), Access.reads(tiles), Access.writes(rows));
    int workgroups = Workgroups.forRows(count);
    stream.dispatch(new Dispatch(list, listed, accesses, workgroups, count, 0, null));
  }

  /** Returns the buffer with the numbers of the rows listed last, 32 bits each. */
  public DeviceBuffer rows() {
    return rows;
  }

  /** Frees the buffers. Idempotent. */
  @Override
  public void close() {
    free(rows);
    free(tiles);
    free(bits);
    rows = null;
    tiles = null;
    bits = null;
  }

  private static void free(DeviceBuffer buffer) {
    if (buffer != null) {
      buffer.close();
    }
  }
}

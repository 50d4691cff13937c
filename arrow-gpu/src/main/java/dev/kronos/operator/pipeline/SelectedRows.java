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
import java.util.ArrayList;
import java.util.List;

/**
 * Turns what a kernel of {@code select.glsl} selects into a list of row numbers, in order. Keeps
 * its buffers for the next time. Not thread-safe.
 */
public final class SelectedRows implements AutoCloseable {
  private final Kronos kronos;
  private final SelectedBits bits;
  private final Kernel list;
  private DeviceBuffer rows;

  /** Compiles the kernels of a device, which stays the caller's, or finds them compiled. */
  public SelectedRows(Kronos kronos) {
    this.kronos = kronos;
    this.bits = new SelectedBits(kronos);
    this.list = kronos.kernels().compile(kernel());
  }

  /** Returns the text of the kernel that lists rows; needs no device. */
  public static ShaderSource kernel() {
    return new KernelText("pipeline/list")
        .arguments("bits", "tiles", "rows")
        .resource("pipeline/list.glsl")
        .source();
  }

  /** Makes room for a number of rows, more than 0; what was selected before is lost. */
  public void reserve(int count) {
    bits.reserve(count);
    long rowBytes = (long) SelectedBits.tileCount(count) * Workgroups.SIZE * Integer.BYTES;
    if (rows == null || rows.sizeBytes() < rowBytes) {
      freeRows();
      rows = kronos.memory().allocate(Pool.DEVICE, rowBytes);
    }
  }

  /** Appends the addresses of the bits and of the counts of tiles, for the kernel that selects. */
  public void put(Arguments arguments) {
    bits.put(arguments);
  }

  /** Returns the accesses of the kernel that selects. */
  public List<Access> accesses() {
    return bits.accesses();
  }

  /** Records what lists the rows, behind the kernel that selected among {@code count} of them. */
  public void recordList(Stream stream, int count) {
    bits.recordSums(stream, count);
    Arguments listed = Arguments.builder();
    bits.put(listed);
    listed.putAddress(rows);
    List<Access> accesses = new ArrayList<>(bits.reads());
    accesses.add(Access.writes(rows));
    int workgroups = Workgroups.forRows(count);
    stream.dispatch(new Dispatch(list, listed, accesses, workgroups, count, 0, null));
  }

  /** Returns the buffer with the numbers of the rows listed last, 32 bits each. */
  public DeviceBuffer rows() {
    return rows;
  }

  private void freeRows() {
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }

  /** Frees the buffers. Idempotent. */
  @Override
  public void close() {
    freeRows();
    bits.close();
  }
}

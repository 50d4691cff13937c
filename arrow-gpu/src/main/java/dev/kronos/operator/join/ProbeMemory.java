// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;
import java.util.ArrayList;
import java.util.List;

/** Holds what kernels of a join note about the rows of a batch and of the table. */
final class ProbeMemory implements AutoCloseable {
  private final MemoryPools memory;
  private final JoinPlan plan;
  private final DeviceBuffer buildMarks;
  private DeviceBuffer firsts;
  private DeviceBuffer offsets;
  private DeviceBuffer probeMarks;
  private DeviceBuffer tileRows;

  ProbeMemory(MemoryPools memory, Stream stream, JoinPlan plan, int buildRows) {
    this.memory = memory;
    this.plan = plan;
    this.buildMarks = plan.marksBuild() ? memory.allocate(Pool.DEVICE, markBytes(buildRows)) : null;
    if (buildMarks != null) {
      stream.fill(buildMarks, 0, buildMarks.sizeBytes(), 0);
    }
  }

  private static long markBytes(int rows) {
    return Math.max(1, (rows + 31L) / 32) * Integer.BYTES;
  }

  /** Makes room for the rows of a batch, more than 0, and records that none has a match. */
  void begin(Stream stream, int rows) {
    firsts = reserve(firsts, (long) rows * Integer.BYTES);
    if (!plan.isByRow()) {
      offsets = reserve(offsets, (rows + 1L) * Long.BYTES);
    }
    if (plan.marksProbe()) {
      probeMarks = reserve(probeMarks, markBytes(rows));
      stream.fill(probeMarks, 0, markBytes(rows), 0);
    }
  }

  /** Makes room for the rows of a number of tiles, and one more. */
  void beginPiece(int tiles) {
    tileRows = reserve(tileRows, (tiles + 1L) * Integer.BYTES);
  }

  private DeviceBuffer reserve(DeviceBuffer buffer, long sizeBytes) {
    if (buffer != null && buffer.sizeBytes() >= sizeBytes) {
      return buffer;
    }
    DeviceBuffer larger = memory.allocate(Pool.DEVICE, sizeBytes);
    if (buffer != null) {
      buffer.close();
    }
    return larger;
  }

  DeviceBuffer offsets() {
    return offsets;
  }

  /** Returns the marks that tell whether a row of the side that is kept has a match, or null. */
  DeviceBuffer keptMarks() {
    return plan.spec().keepsBuildOnly() ? buildMarks : probeMarks;
  }

  void put(Arguments arguments) {
    for (DeviceBuffer buffer : all()) {
      if (buffer == null) {
        arguments.putLong(0);
      } else {
        arguments.putAddress(buffer);
      }
    }
  }

  List<Access> accesses() {
    List<Access> accesses = new ArrayList<>(5);
    for (DeviceBuffer buffer : all()) {
      if (buffer != null) {
        accesses.add(Access.updates(buffer));
      }
    }
    return accesses;
  }

  private DeviceBuffer[] all() {
    return new DeviceBuffer[] {firsts, offsets, probeMarks, buildMarks, tileRows};
  }

  @Override
  public void close() {
    for (DeviceBuffer buffer : all()) {
      if (buffer != null) {
        buffer.close();
      }
    }
  }
}

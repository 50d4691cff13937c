// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds what is combined of each {@link #FANOUT} rows, of each {@link #FANOUT} of these, and so on:
 * levels of nodes, the lowest first. What combines any range of rows is found by looking at fewer
 * than {@code 2 * FANOUT} nodes of each level. Nodes are 32-bit numbers of the rows with the least
 * or the greatest value, all ones where all are null; or 64 bits of all of them.
 */
final class FrameTree implements AutoCloseable {
  /** Nodes that have one above them. */
  static final int FANOUT = 8;

  private final int rows;
  private final int nodeBytes;
  private final DeviceBuffer nodes;

  /** Allocates the memory for 1 row or more. */
  FrameTree(Kronos kronos, WindowPlan.Fold fold, int rows) {
    this.rows = rows;
    this.nodeBytes = nodeBytes(fold);
    long count = 0;
    for (int below = rows; below > 1; count += below) {
      below = above(below);
    }
    this.nodes = kronos.memory().allocate(Pool.DEVICE, Math.max(count, 1) * nodeBytes);
  }

  /** Returns the size of a node. */
  static int nodeBytes(WindowPlan.Fold fold) {
    return fold.function().foldsBits() ? Long.BYTES : Integer.BYTES;
  }

  private static int above(int nodes) {
    return (nodes - 1) / FANOUT + 1;
  }

  /** Records the making of all levels. */
  void make(Stream stream, Kernel kernel, ColumnBatch batch) {
    long source = -1;
    long target = 0;
    for (int below = rows; below > 1; ) {
      int count = above(below);
      Arguments arguments = Arguments.builder();
      List<Access> accesses = new ArrayList<>();
      if (source < 0) {
        arguments.putLong(0);
      } else {
        arguments.putAddress(nodes, source);
        accesses.add(Access.reads(nodes, source, (long) below * nodeBytes));
      }
      arguments.putAddress(nodes, target).putLong(below);
      accesses.add(Access.writes(nodes, target, (long) count * nodeBytes));
      BatchBinding.put(arguments, batch);
      BatchBinding.addReads(accesses, batch);
      stream.dispatch(
          new Dispatch(kernel, arguments, accesses, Workgroups.forRows(count), count, 0, null));
      source = target;
      target += (long) count * nodeBytes;
      below = count;
    }
  }

  DeviceBuffer nodes() {
    return nodes;
  }

  @Override
  public void close() {
    nodes.close();
  }
}

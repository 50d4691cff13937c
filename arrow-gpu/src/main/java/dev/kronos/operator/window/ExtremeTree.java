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
 * Holds which row has the least or the greatest value, for each {@link #FANOUT} rows, each {@link
 * #FANOUT} of these, and so on: levels of 32-bit row numbers, the lowest first. The extreme of any
 * range of rows is found by looking at fewer than {@code 2 * FANOUT} nodes of each level. A row
 * number of all ones stands for no row, where all are null.
 */
final class ExtremeTree implements AutoCloseable {
  /** Nodes that have one above them. */
  static final int FANOUT = 8;

  /** Finds the row in a range; $ stands for the functions' suffix and # for the argument. */
  static final String QUERY =
      """
      uint k_node$(uint64_t level, bool leaves, uint i) {
        if (leaves) {
          return k_leaf$(i);
        }
        return BufferU32(level).v[i];
      }
      uint k_extreme$(uint from, uint to) {
        uint best = K_NO_ROW;
        uint64_t level = k_args.#;
        uint nodes = root.count;
        bool leaves = true;
        while (from < to) {
          uint first = min((from + K_FANOUT - 1u) / K_FANOUT * K_FANOUT, to);
          uint last = max(to / K_FANOUT * K_FANOUT, first);
          uint i = from < first ? from : last;
          while (i < to) {
            best = k_better$(best, k_node$(level, leaves, i));
            i = i + 1u == first ? last : i + 1u;
          }
          from = first / K_FANOUT;
          to = last / K_FANOUT;
          uint above = (nodes + K_FANOUT - 1u) / K_FANOUT;
          if (!leaves) {
            level += uint64_t(nodes) * 4ul;
          }
          nodes = above;
          leaves = false;
        }
        return best;
      }
      """;

  private final int rows;
  private final DeviceBuffer nodes;

  /** Allocates the memory for 1 row or more. */
  ExtremeTree(Kronos kronos, int rows) {
    this.rows = rows;
    long count = 0;
    for (int below = rows; below > 1; count += below) {
      below = above(below);
    }
    this.nodes = kronos.memory().allocate(Pool.DEVICE, Math.max(count, 1) * Integer.BYTES);
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
        accesses.add(Access.reads(nodes, source, (long) below * Integer.BYTES));
      }
      arguments.putAddress(nodes, target).putLong(below);
      accesses.add(Access.writes(nodes, target, (long) count * Integer.BYTES));
      BatchBinding.put(arguments, batch);
      BatchBinding.addReads(accesses, batch);
      stream.dispatch(
          new Dispatch(kernel, arguments, accesses, Workgroups.forRows(count), count, 0, null));
      source = target;
      target += (long) count * Integer.BYTES;
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

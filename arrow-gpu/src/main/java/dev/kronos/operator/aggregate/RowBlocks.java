// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.HeldColumns;
import dev.kronos.operator.pipeline.KernelText;
import java.util.ArrayList;
import java.util.List;

/**
 * Generates the loops over the rows of an aggregation without keys. An invocation takes several
 * rows at a time and reads their columns before it evaluates the first: with one read under way at
 * a time it would wait most of the time.
 */
final class RowBlocks {
  /** Most rows at a time: an H200 reads no faster with more, and adds floats slower. */
  static final int MOST_ROWS = 8;

  /** Registers to spend on columns that are read ahead, in bytes. */
  private static final int MOST_BYTES = 64;

  /** Nodes of expressions, over all rows at a time, that still make a short program. */
  private static final int MOST_NODES = 128;

  private final AggregatePlan plan;
  private final HeldColumns held;
  private final int rows;

  RowBlocks(AggregatePlan plan) {
    this.plan = plan;
    HeldColumns first = HeldColumns.of(plan.pipeline().inputs(), first(plan));
    int most = plan.grouped() || first.rowBytes() == 0 ? 1 : mostRows(plan, first.rowBytes());
    this.rows = Integer.highestOneBit(most);
    this.held = rows == 1 ? HeldColumns.none(plan.pipeline().inputs()) : first;
  }

  /** Returns what is evaluated of every row: what is behind a filter, few rows may need. */
  private static List<Expression> first(AggregatePlan plan) {
    List<Expression> conditions = plan.pipeline().conditions();
    return conditions.isEmpty() ? values(plan) : conditions.subList(0, 1);
  }

  private static List<Expression> values(AggregatePlan plan) {
    List<Expression> values = new ArrayList<>();
    plan.accumulators().forEach(accumulator -> values.addAll(accumulator.evaluated()));
    return values;
  }

  private static int mostRows(AggregatePlan plan, int rowBytes) {
    List<Expression> all = new ArrayList<>(plan.pipeline().conditions());
    all.addAll(values(plan));
    int nodes = Math.max(1, all.stream().mapToInt(RowBlocks::nodes).sum());
    int most = Math.min(MOST_ROWS, Math.min(MOST_BYTES / rowBytes, MOST_NODES / nodes));
    for (Accumulator accumulator : plan.accumulators()) {
      most = Math.min(most, accumulator.mostRows());
    }
    return Math.max(1, most);
  }

  private static int nodes(Expression expression) {
    return 1 + expression.children().stream().mapToInt(RowBlocks::nodes).sum();
  }

  /** Returns how many rows an invocation takes at a time, a power of two. */
  int rows() {
    return rows;
  }

  /** Returns the columns that are read ahead. */
  HeldColumns held() {
    return held;
  }

  void addFunctions(KernelText kernel) {
    if (rows > 1) {
      kernel.define("K_ROWS", rows + "u").append(held.functions());
    }
  }

  /** Returns the loops, in which {@code k_row} is called for each row. */
  String loops() {
    return rows == 1 ? rest("kronos_thread()") : blocks() + rest("k_taken + kronos_thread()");
  }

  private String blocks() {
    return """
        const uint k_block = K_ROWS * WORKGROUP_SIZE;
        uint k_taken = root.count / k_block * k_block;
        for (uint first = gl_WorkGroupID.x * k_block + gl_LocalInvocationID.x; first < k_taken;
            first += gl_NumWorkGroups.x * k_block) {
        %s[[unroll]] for (uint j = 0u; j < K_ROWS; j++) {
        uint row = first + j * WORKGROUP_SIZE;
        k_row(row%s);
        status_commit(row);
        }
        %s}
        """
        .formatted(held.readAll(), held.argumentsOfAll(), settle());
  }

  private String rest(String begin) {
    return """
        for (uint row = %s; row < root.count; row += kronos_threads()) {
        %sk_row(row%s);
        status_commit(row);
        %s}
        """
        .formatted(begin, held.readOne(), held.argumentsOfOne(), settle());
  }

  private String settle() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < plan.accumulators().size(); i++) {
      text.append(plan.accumulators().get(i).settle(plan.state(i)));
    }
    return text.toString();
  }
}

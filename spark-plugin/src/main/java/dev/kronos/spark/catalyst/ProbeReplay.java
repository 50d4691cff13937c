// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.operator.join.BuildSide;
import dev.kronos.operator.join.JoinType;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;

/** Joins one row in Spark as a step of a pipeline does on the device, where it has one match. */
final class ProbeReplay {
  private final JoinShape shape;
  private final ProbedTable table;
  private final List<Attribute> columns;

  /** Takes the columns that reach the step. */
  ProbeReplay(SparkStep.Probe step, List<Attribute> columns) {
    this.shape = step.shape();
    this.table = step.table();
    this.columns = columns;
  }

  /** Returns what the join makes of a row, or null where it gives nothing. */
  InternalRow joined(InternalRow row) {
    InternalRow match = match(row);
    return switch (shape.type()) {
      case LEFT_SEMI -> match == null ? null : row;
      case LEFT_ANTI -> match == null ? row : null;
      case EXISTENCE -> new JoinedRow(row, new GenericInternalRow(new Object[] {match != null}));
      default -> paired(row, match);
    };
  }

  private InternalRow paired(InternalRow row, InternalRow match) {
    if (match == null && shape.type() == JoinType.INNER) {
      return null;
    }
    InternalRow build = match == null ? new GenericInternalRow(table.columns().size()) : match;
    return shape.buildSide() == BuildSide.LEFT
        ? new JoinedRow(build, row)
        : new JoinedRow(row, build);
  }

  private InternalRow match(InternalRow row) {
    InternalRow keys = RowReplay.projected(shape.probeKeys(), columns, row).copy();
    if (keys.anyNull()) {
      return null;
    }
    for (InternalRow candidate : table.rows()) {
      if (keys.equals(RowReplay.projected(shape.buildKeys(), table.columns(), candidate))
          && meets(row, candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private boolean meets(InternalRow row, InternalRow candidate) {
    if (shape.condition().isEmpty()) {
      return true;
    }
    List<Attribute> pair = new ArrayList<>(columns);
    pair.addAll(table.columns());
    return RowReplay.predicate(shape.condition().get(0), pair).eval(new JoinedRow(row, candidate));
  }
}

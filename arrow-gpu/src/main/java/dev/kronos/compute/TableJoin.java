// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.operator.join.JoinType;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins tables by keys of one name: the columns of the left one come out, then those of the right
 * one that are no keys. A key is that of the side that has the row.
 */
final class TableJoin {
  private final Kronos kronos;
  private final JoinType type;
  private final TableSide left;
  private final TableSide right;

  TableJoin(Kronos kronos, JoinType type, TableSide left, TableSide right) {
    this.kronos = kronos;
    this.type = type;
    this.left = left;
    this.right = right;
  }

  TableRows run() {
    ColumnBatch joined = new RowJoin(kronos, type, left, right).run(this::outputs);
    List<PlanColumn> columns = new ArrayList<>();
    left.plan().columns().forEach(column -> columns.add(ofLeft(column)));
    if (!type.keepsLeftOnly()) {
      columns.addAll(right.others());
    }
    RowPlan plan =
        RowPlan.of(
            GroupInput.layouts(joined),
            columns.stream().map(PlanColumn::field).toList(),
            columns.stream().map(PlanColumn::type).toList());
    return new TableRows(plan, joined);
  }

  private PlanColumn ofLeft(PlanColumn column) {
    int key = left.keyColumns().indexOf(column);
    return key >= 0 && type == JoinType.RIGHT_OUTER ? right.keyColumns().get(key) : column;
  }

  private List<Expression> outputs(List<ColumnReference> ofLeft, List<ColumnReference> ofRight) {
    List<Expression> outputs = new ArrayList<>();
    for (PlanColumn column : left.plan().columns()) {
      Expression own = ofLeft.get(column.reference().index());
      int key = left.keyColumns().indexOf(column);
      outputs.add(key < 0 ? own : key(own, right.keyColumns().get(key), ofRight));
    }
    if (!type.keepsLeftOnly()) {
      right.others().forEach(column -> outputs.add(ofRight.get(column.reference().index())));
    }
    return outputs;
  }

  /** A row that the left side does not have has the key of the right side. */
  private Expression key(Expression own, PlanColumn other, List<ColumnReference> ofRight) {
    Expression theirs = ofRight.get(other.reference().index());
    return switch (type) {
      case RIGHT_OUTER -> theirs;
      case FULL_OUTER -> new Coalesce(List.of(own, theirs));
      default -> own;
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.column.DataType;
import dev.kronos.expression.ColumnBinding;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lists the columns of a joined row: the probe side's, the build side's, the boolean. */
final class JoinedRow {
  private final JoinType type;
  private final BuildSide buildSide;
  private final List<Expression> probe;
  private final List<Expression> build;

  JoinedRow(JoinType type, BuildSide buildSide, PipelineSpec probe, BuildSpec build) {
    this.type = type;
    this.buildSide = buildSide;
    this.probe = FusedPipeline.of(probe).outputs();
    this.build = FusedPipeline.of(build.input()).outputs();
  }

  int probeColumns() {
    return probe.size();
  }

  int buildColumns() {
    return build.size();
  }

  /** Returns references to all columns, which may be null also for want of a match. */
  List<ColumnReference> columns() {
    List<ColumnReference> columns = new ArrayList<>();
    boolean probeExtended = type.keepsUnmatched(buildSide);
    boolean buildExtended = type.keepsUnmatched(buildSide.other());
    probe.forEach(e -> add(columns, e.type(), e.nullable() || probeExtended));
    build.forEach(e -> add(columns, e.type(), e.nullable() || buildExtended));
    if (type == JoinType.EXISTENCE) {
      add(columns, DataType.BOOLEAN, false);
    }
    return columns;
  }

  private static void add(List<ColumnReference> columns, DataType type, boolean nullable) {
    columns.add(new ColumnReference(columns.size(), type, nullable));
  }

  /** Returns references to the columns that may be put out. */
  List<ColumnReference> visible() {
    return columns().stream()
        .filter(column -> isVisible(column.index()))
        .collect(Collectors.toList());
  }

  /** Tells whether the type lets a column out. */
  boolean isVisible(int column) {
    if (!type.keepsLeftOnly() || column == probe.size() + build.size()) {
      return true;
    }
    return (column < probe.size()) == (buildSide == BuildSide.RIGHT);
  }

  /** Gives references the nullability that columns have after the join. */
  List<Expression> bind(List<? extends Expression> expressions) {
    List<ColumnReference> columns = columns();
    return expressions.stream().map(e -> ColumnBinding.substitute(e, columns)).toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.expression.ColumnBinding;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.expression.InputRow;
import dev.kronos.expression.Literal;
import dev.kronos.operator.pipeline.FusedPipeline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Decides how a join runs over a table, and binds its expressions to the columns that kernels see:
 * those of the probe side's batch, those of the table, the boolean of an existence join.
 *
 * <p>Where a probe row gives at most one row, one kernel decides what comes out of it. Else the
 * candidates of all probe rows are numbered first, and an invocation takes one of them, so that a
 * row with a million matches takes no longer than a million rows with one.
 */
final class JoinPlan {
  private final JoinSpec spec;
  private final BuildPlan build;
  private final boolean unique;
  private final boolean dense;
  private final FusedPipeline probe;
  private final List<ColumnLayout> layouts = new ArrayList<>();
  private final int firstBuild;

  JoinPlan(JoinSpec spec, BuildTable table) {
    this(spec, table.plan(), table.isUnique(), table.index().slots().isDense());
  }

  JoinPlan(JoinSpec spec, BuildPlan build, boolean unique, boolean dense) {
    this.spec = spec;
    this.build = build;
    this.unique = unique;
    this.dense = dense;
    this.probe = spec.fusedProbe();
    this.firstBuild = probe.inputs().size();
    layouts.addAll(probe.inputs());
    layouts.addAll(build.layouts());
    if (spec.type() == JoinType.EXISTENCE) {
      layouts.add(ArrowColumns.layout(DataType.BOOLEAN, Nullability.NON_NULL));
    }
  }

  JoinSpec spec() {
    return spec;
  }

  BuildPlan build() {
    return build;
  }

  FusedPipeline probe() {
    return probe;
  }

  boolean isUnique() {
    return unique;
  }

  /** Tells whether keys number the slots. */
  boolean isDense() {
    return dense;
  }

  boolean hasKeys() {
    return !build.keys().isEmpty();
  }

  boolean hasCondition() {
    return spec.condition() != null;
  }

  /** Tells whether probe rows without a match come out beside nulls. */
  boolean extendsProbe() {
    return spec.type().keepsUnmatched(spec.buildSide().other());
  }

  /** Tells whether build rows without a match come out beside nulls, at the end. */
  boolean extendsBuild() {
    return spec.type().keepsUnmatched(spec.buildSide());
  }

  /** Tells whether matches of build rows are noted for the end. */
  boolean marksBuild() {
    return extendsBuild() || spec.keepsBuildOnly();
  }

  /** Tells whether a probe row gives at most one row, which the look-up itself decides. */
  boolean isByRow() {
    return unique || (spec.keepsProbeOnly() && !hasCondition());
  }

  /** Tells whether matches of probe rows are noted. */
  boolean marksProbe() {
    boolean exists = spec.type() == JoinType.EXISTENCE && spec.keepsProbeOnly();
    return exists || (!isByRow() && (spec.keepsProbeOnly() || (extendsProbe() && hasCondition())));
  }

  /** Tells whether candidates have to be tried before rows come out. */
  boolean triesCandidates() {
    // Without outputs there is no other kernel that looks at pairs, and could mark build rows.
    boolean onlyMarks = extendsBuild() && spec.outputs().isEmpty();
    return hasCondition() || spec.keepsBuildOnly() || onlyMarks;
  }

  /** Returns the layouts of all columns that kernels see. */
  List<ColumnLayout> layouts() {
    return layouts;
  }

  /**
   * Returns which row of each column is read.
   *
   * @param absentBuild condition under which there is no build row
   * @param existsRow names the row that the boolean of an existence join belongs to
   */
  List<InputRow> rows(String absentBuild, String existsRow) {
    List<InputRow> rows = new ArrayList<>();
    rows.addAll(Collections.nCopies(firstBuild, InputRow.CURRENT));
    rows.addAll(Collections.nCopies(build.layouts().size(), new InputRow("buildRow", absentBuild)));
    if (rows.size() < layouts.size()) {
      rows.add(new InputRow(existsRow, "false"));
    }
    return rows;
  }

  /** Returns the keys of the probe side over the columns that kernels see. */
  List<Expression> probeKeys() {
    return spec.probeKeys().stream().map(probe::bind).map(BuildPlan::normalized).toList();
  }

  /** Returns the keys of the build side over the columns that kernels see. */
  List<Expression> buildKeys() {
    List<Expression> columns = new ArrayList<>();
    build.layouts().forEach(layout -> columns.add(buildColumn(columns.size(), layout.nullable())));
    return build.keys().stream().map(key -> ColumnBinding.substitute(key, columns)).toList();
  }

  private Expression buildColumn(int index, boolean nullable) {
    DataType type = build.layouts().get(index).type();
    return new ColumnReference(firstBuild + index, type, nullable);
  }

  /** Returns the condition over the columns that kernels see. */
  Expression condition() {
    return ColumnBinding.substitute(spec.condition(), joined(probe.outputs(), false));
  }

  /** Returns the outputs of pairs; the build row may be absent. */
  List<Expression> outputs() {
    return bind(joined(probe.outputs(), extendsProbe()));
  }

  /** Returns the outputs of build rows that stand alone. */
  List<Expression> buildOutputs() {
    List<Expression> nulls = new ArrayList<>();
    probe.outputs().forEach(column -> nulls.add(Literal.ofNull(column.type())));
    return bind(joined(nulls, false));
  }

  private List<Expression> bind(List<Expression> columns) {
    return spec.outputs().stream().map(e -> ColumnBinding.substitute(e, columns)).toList();
  }

  private List<Expression> joined(List<Expression> probeColumns, boolean absentBuild) {
    List<Expression> columns = new ArrayList<>(probeColumns);
    int outputs = spec.build().input().outputTypes().size();
    for (int i = 0; i < outputs; i++) {
      columns.add(buildColumn(i, absentBuild || build.layouts().get(i).nullable()));
    }
    if (spec.type() == JoinType.EXISTENCE) {
      columns.add(new ColumnReference(layouts.size() - 1, DataType.BOOLEAN, false));
    }
    return columns;
  }
}

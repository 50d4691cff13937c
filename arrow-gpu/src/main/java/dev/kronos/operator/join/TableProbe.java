// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.expression.And;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.ColumnBinding;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Not;
import dev.kronos.expression.TableColumn;
import dev.kronos.expression.TableLookup;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a join as steps of its probe side's pipeline, so that what comes behind it, another join
 * among it, runs in one kernel with it. That can be done where a row of the probe side gives one
 * row at most and nothing else comes out: the look-up is an expression, what has no match is
 * filtered out, and columns of the table are read at the row that was found. The table's columns
 * and slots become side columns.
 */
public final class TableProbe {
  private static final Literal NO_ROW = new Literal(DataType.INT32, TableLookup.NONE);
  private static final Literal FALSE = new Literal(DataType.BOOLEAN, false);

  private final JoinSpec spec;
  private final BuildTable table;
  private final JoinPlan plan;
  private final int firstSide;

  /**
   * Prepares to write a join.
   *
   * @param spec the join
   * @param table its build side; stays the caller's, and open as long as its columns are used
   * @throws IllegalArgumentException when the join does not {@link #suits suit}
   */
  public TableProbe(JoinSpec spec, BuildTable table) {
    this.plan = new JoinPlan(spec, table);
    if (!suits(plan, table)) {
      throw new IllegalArgumentException("join is not a step of a pipeline: type=" + spec.type());
    }
    this.spec = spec;
    this.table = table;
    this.firstSide = spec.probe().allInputs().size();
  }

  /** Tells whether a join can be steps of a pipeline. */
  public static boolean suits(JoinSpec spec, BuildTable table) {
    return suits(new JoinPlan(spec, table), table);
  }

  private static boolean suits(JoinPlan plan, BuildTable table) {
    JoinSpec spec = plan.spec();
    boolean perRow = plan.isByRow() && !plan.marksBuild() && !spec.keepsBuildOnly();
    return perRow
        && table.rows() > 0
        && table.index().claims() != null
        && spec.type() != JoinType.NULL_AWARE_ANTI
        && !plan.build().keyCode().marksNulls()
        && plan.build().keys().stream().allMatch(ColumnReference.class::isInstance)
        && HashJoin.unsupported(spec).isEmpty();
  }

  /** Returns the probe side's pipeline with the join behind its last step. */
  public PipelineSpec pipeline() {
    PipelineSpec probe = spec.probe();
    List<ColumnLayout> sides = new ArrayList<>(probe.sides());
    columns().forEach(column -> sides.add(column.layout()));
    List<Step> steps = new ArrayList<>(probe.steps());
    steps.addAll(steps());
    return new PipelineSpec(probe.inputs(), sides, steps);
  }

  /** Tells whether the pipeline filters rows on behalf of the join. */
  public boolean filters() {
    return !plan.extendsProbe() && spec.type() != JoinType.EXISTENCE;
  }

  /** Returns the side columns that {@link #pipeline} needs besides those of the probe side. */
  public List<Column> columns() {
    List<Column> columns = new ArrayList<>(table.columns().columns());
    BufferSlice slots = BufferSlice.whole(table.index().claims());
    ColumnLayout layout = ArrowColumns.layout(DataType.INT32, Nullability.NON_NULL);
    columns.add(new Column(layout, null, slots, null, null, 0));
    return columns;
  }

  private List<Step> steps() {
    Expression lookup = lookup();
    Expression matches = matches(lookup);
    List<Step> steps = new ArrayList<>();
    if (filters()) {
      boolean anti = spec.type() == JoinType.LEFT_ANTI;
      steps.add(new Filter(anti ? new Not(certain(matches)) : matches));
    }
    boolean extended = plan.extendsProbe();
    Expression row =
        extended && plan.hasCondition()
            ? new CaseWhen(List.of(new CaseWhen.Branch(matches, lookup)), NO_ROW)
            : lookup;
    List<Expression> joined = joined(row, extended);
    if (spec.type() == JoinType.EXISTENCE) {
      joined.add(certain(matches));
    }
    List<Expression> outputs =
        spec.outputs().stream().map(e -> ColumnBinding.substitute(e, joined)).toList();
    steps.add(new Project(outputs));
    return steps;
  }

  private Expression lookup() {
    List<Integer> keyColumns = new ArrayList<>();
    for (Expression key : plan.build().keys()) {
      keyColumns.add(firstSide + ((ColumnReference) key).index());
    }
    TableIndex.Slots slots = table.index().slots();
    Literal smallest = slots.isDense() ? number(slots.denseBase()) : null;
    return new TableLookup(
        spec.probeKeys(),
        new TableLookup.Table(
            keyColumns,
            firstSide + plan.build().layouts().size(),
            number(slots.capacity()),
            smallest));
  }

  private static Literal number(long value) {
    return new Literal(DataType.INT64, value);
  }

  private Expression matches(Expression lookup) {
    Expression found =
        new Comparison(Comparison.Operator.GE, lookup, new Literal(DataType.INT32, 0));
    return plan.hasCondition()
        ? new And(found, ColumnBinding.substitute(spec.condition(), joined(lookup, false)))
        : found;
  }

  /** Makes an unknown condition false. */
  private static Expression certain(Expression condition) {
    return condition.nullable() ? new Coalesce(List.of(condition, FALSE)) : condition;
  }

  /** Returns the columns that leave the probe side, then those of the build side. */
  private List<Expression> joined(Expression row, boolean extended) {
    List<Expression> columns = new ArrayList<>();
    for (Expression output : FusedPipeline.of(spec.probe()).outputs()) {
      columns.add(new ColumnReference(columns.size(), output.type(), output.nullable()));
    }
    int outputs = spec.build().input().outputTypes().size();
    for (int i = 0; i < outputs; i++) {
      ColumnLayout layout = plan.build().layouts().get(i);
      columns.add(
          new TableColumn(firstSide + i, layout.type(), extended || layout.nullable(), row));
    }
    return columns;
  }
}

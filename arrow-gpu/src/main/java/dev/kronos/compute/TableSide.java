// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import dev.kronos.operator.join.HashJoin;
import dev.kronos.operator.join.JoinBuild;
import dev.kronos.operator.join.JoinedBatches;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.RowFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds a table as a side of a join. Its steps are part of the kernels of the join.
 *
 * @param rows the source of the plan; stays its owner's
 * @param plan what is done to the rows before
 * @param keyColumns what rows are matched by
 */
record TableSide(DeviceRows rows, RowPlan plan, List<PlanColumn> keyColumns) implements JoinRows {

  @Override
  public PipelineSpec source() {
    return plan.spec();
  }

  @Override
  public List<Expression> keys() {
    return keyColumns.stream().map(column -> JoinInput.key(column.operand())).toList();
  }

  @Override
  public List<DataType> keyTypes() {
    return keyColumns.stream().map(PlanColumn::type).toList();
  }

  @Override
  public void into(JoinBuild build) {
    build.add(rows.batch());
  }

  @Override
  public JoinedBatches through(HashJoin join) {
    return join.probe(rows.batch());
  }

  @Override
  public RuntimeException failure(RowFailure failure) {
    FusedPipeline fused = FusedPipeline.of(plan.spec());
    List<Expression> evaluated = new ArrayList<>(fused.conditions());
    evaluated.addAll(fused.outputs());
    return Projection.failure("join", failure, rows, evaluated);
  }

  /** Returns the columns that are no keys, in order. */
  List<PlanColumn> others() {
    return plan.columns().stream().filter(column -> !keyColumns.contains(column)).toList();
  }
}

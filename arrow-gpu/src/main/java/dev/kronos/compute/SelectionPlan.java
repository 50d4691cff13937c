// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.HostColumn;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.Literal;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.Step;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Holds what a selection by a condition does.
 *
 * @param batch the vectors, and the mask behind them where there is one
 * @param fields fields of the results
 * @param steps filters and a projection to as many columns as there are fields
 */
record SelectionPlan(HostBatch batch, List<Field> fields, List<Step> steps) {

  PipelineSpec spec() {
    return new PipelineSpec(layouts(batch), steps);
  }

  static List<Field> fields(List<FieldVector> vectors) {
    return vectors.stream().map(FieldVector::getField).toList();
  }

  private static List<ColumnLayout> layouts(HostBatch batch) {
    return batch.columns().stream().map(HostColumn::layout).toList();
  }

  private static Expression column(HostBatch batch, int index) {
    return ColumnReference.to(index, batch.columns().get(index).layout());
  }

  static SelectionPlan filter(
      List<FieldVector> values, FieldVector mask, Selection.NullMask nulls) {
    if (!(mask instanceof BitVector)) {
      throw new KronosException.InvalidArgument(
          message("mask is not boolean", "vector", mask.getField()));
    }
    List<FieldVector> all = new ArrayList<>(values);
    all.add(mask);
    HostBatch batch = PhysicalColumns.describe(all, Vectors.requireSameLength(all));
    Expression passes = column(batch, values.size());
    List<Expression> outputs = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Expression value = column(batch, i);
      outputs.add(nulls == Selection.NullMask.DROP ? value : LogicRules.nullWhere(passes, value));
    }
    if (nulls == Selection.NullMask.EMIT_NULL) {
      passes = new Coalesce(List.of(passes, new Literal(DataType.BOOLEAN, true)));
    }
    return new SelectionPlan(
        batch, fields(values), List.of(new Filter(passes), new Project(outputs)));
  }

  static SelectionPlan dropNull(List<FieldVector> values) {
    HostBatch batch = PhysicalColumns.describe(values, Vectors.requireSameLength(values));
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      steps.add(new Filter(new IsNotNull(column(batch, i))));
    }
    return new SelectionPlan(batch, fields(values), steps);
  }
}

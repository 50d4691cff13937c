// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.HostColumn;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.operator.join.HashJoin;
import dev.kronos.operator.join.JoinBuild;
import dev.kronos.operator.join.JoinedBatches;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.RowFailure;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Lays a side of a join out as columns: keys by what they mean, then values by how they lie in
 * memory, so that any value comes out bit by bit. A value that is a key is there once, but for
 * floating point numbers.
 */
final class JoinInput implements JoinRows {
  private final HostBatch batch;
  private final List<Expression> keys = new ArrayList<>();
  private final List<DataType> keyTypes = new ArrayList<>();
  private final List<Integer> values = new ArrayList<>();
  private final List<Field> fields;

  JoinInput(JoinSide side) {
    List<FieldVector> all = new ArrayList<>(side.keys());
    all.addAll(side.values());
    int rows = Vectors.requireSameLength(all);
    Vectors typed = new Vectors(side.keys());
    List<HostColumn> columns = new ArrayList<>(typed.batch().columns());
    for (int i = 0; i < typed.size(); i++) {
      keys.add(key(typed.column(i)));
      keyTypes.add(typed.type(i));
    }
    for (FieldVector value : side.values()) {
      int key = side.keys().indexOf(value);
      if (key < 0 || keyTypes.get(key).isFloating()) {
        key = columns.size();
        columns.addAll(PhysicalColumns.describe(List.of(value), rows).columns());
      }
      values.add(key);
    }
    this.batch = new HostBatch(columns, rows);
    this.fields = SelectionPlan.fields(side.values());
  }

  /** Halves are compared as numbers; what else is only carried is equal bit by bit. */
  static Expression key(Expression value) {
    return value.type().equals(DataType.FLOAT16)
        ? CarriedRules.number(value)
        : CarriedRules.bits(value);
  }

  @Override
  public List<Expression> keys() {
    return keys;
  }

  @Override
  public List<DataType> keyTypes() {
    return keyTypes;
  }

  /** Picks the columns of the values. */
  List<ColumnReference> values(List<ColumnReference> columns) {
    return values.stream().map(columns::get).toList();
  }

  List<Field> fields() {
    return fields;
  }

  @Override
  public PipelineSpec source() {
    List<ColumnLayout> layouts = batch.columns().stream().map(HostColumn::layout).toList();
    return new PipelineSpec(layouts, List.of());
  }

  @Override
  public void into(JoinBuild build) {
    build.add(batch);
  }

  @Override
  public JoinedBatches through(HashJoin join) {
    return join.probe(batch);
  }

  /** Keys are vectors as they are, of which none fails. */
  @Override
  public RuntimeException failure(RowFailure failure) {
    return failure;
  }
}

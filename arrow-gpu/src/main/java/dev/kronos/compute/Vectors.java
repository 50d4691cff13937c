// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.HostColumn;
import dev.kronos.expression.Expression;
import dev.kronos.expression.RowAccess;
import dev.kronos.operator.aggregate.HashAggregate;
import dev.kronos.operator.project.ProjectBatch;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Holds vectors of one length as the columns of expressions; owns nothing. */
final class Vectors implements RowSource {
  private final List<FieldVector> vectors;
  private final HostBatch batch;
  private final RowPlan plan;

  /**
   * Describes vectors in place.
   *
   * @throws KronosException.InvalidArgument when their lengths differ
   * @throws KronosException.Unsupported when one has no column type or is dictionary-encoded
   */
  Vectors(List<? extends FieldVector> vectors) {
    this(vectors, requireSameLength(vectors));
    this.vectors.forEach(vector -> PlanColumn.requirePlain(vector.getField()));
  }

  private Vectors(List<? extends FieldVector> vectors, int rows) {
    this.vectors = List.copyOf(vectors);
    this.batch = HostBatch.ofVectors(this.vectors, rows);
    List<Field> fields = SelectionPlan.fields(this.vectors);
    this.plan =
        RowPlan.of(
            batch.columns().stream().map(HostColumn::layout).toList(),
            fields,
            fields.stream().map(field -> ArrowColumns.dataType(field.getType())).toList());
  }

  /** Describes the indices of a vector that may be dictionary-encoded. */
  static Vectors ofIndices(FieldVector indices) {
    return new Vectors(List.of(indices), indices.getValueCount());
  }

  /** Returns the length of the vectors, or 0 when there are none. */
  static int requireSameLength(List<? extends FieldVector> vectors) {
    int rows = vectors.isEmpty() ? 0 : vectors.get(0).getValueCount();
    for (FieldVector vector : vectors) {
      if (vector.getValueCount() != rows) {
        throw new KronosException.InvalidArgument(
            message(
                "vectors are of different lengths",
                "vector",
                vectors.get(0).getName(),
                "count",
                rows,
                "other",
                vector.getName(),
                "otherCount",
                vector.getValueCount()));
      }
    }
    return rows;
  }

  HostBatch batch() {
    return batch;
  }

  /** Returns the vectors as columns to which nothing is done yet. */
  RowPlan plan() {
    return plan;
  }

  /** Returns the values of the vector with an index from 0, of its type. */
  Expression column(int index) {
    return plan.columns().get(index).value();
  }

  /** Returns the type of the vector with an index from 0. */
  DataType type(int index) {
    return plan.columns().get(index).type();
  }

  FieldVector vector(int index) {
    return vectors.get(index);
  }

  int size() {
    return vectors.size();
  }

  @Override
  public ColumnBatch through(ProjectBatch project) {
    return project.apply(batch);
  }

  @Override
  public void into(HashAggregate aggregate) {
    aggregate.add(batch);
  }

  @Override
  public RowAccess row(int index) {
    return column -> RowValues.read(vectors.get(column), index);
  }

  /** Returns the field of a result; a type with variants, as timestamps, is that of an operand. */
  Field field(String name, DataType type) {
    return plan.field(name, type);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.HostColumn;
import dev.kronos.expression.Expression;
import dev.kronos.operator.take.TakeBatch;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads the rows of vectors that indices of any integer type name, in one kernel. */
final class RowPicks {
  private final Kronos kronos;

  RowPicks(Kronos kronos) {
    this.kronos = kronos;
  }

  /**
   * Reads rows into vectors.
   *
   * @param fields names and types of the results, which lie in memory as {@code values} do
   * @return vectors as long as {@code indices}, which the caller closes
   * @throws dev.kronos.operator.pipeline.RowFailure as {@link #pick}
   */
  List<FieldVector> take(List<FieldVector> values, List<Field> fields, FieldVector indices) {
    try (ColumnBatch picked = pick(values, indices)) {
      return Projection.download(kronos, picked, fields);
    }
  }

  /**
   * Reads rows into columns on the device.
   *
   * @param values vectors of one length, of any layout; stay the caller's
   * @param indices integers, with a dictionary or without; null gives null
   * @return columns as long as {@code indices}, of types as wide as those of {@code values}; the
   *     caller closes them
   * @throws dev.kronos.operator.pipeline.RowFailure naming the first index that names no row
   * @throws KronosException.InvalidArgument when indices are no integers, or lengths differ
   */
  ColumnBatch pick(List<FieldVector> values, FieldVector indices) {
    Vectors places = Vectors.ofIndices(indices);
    if (!places.type(0).isUnsigned()) {
      return pickSigned(values, places);
    }
    Expression signed = Functions.castUnchecked(DataType.INT64).of(places.column(0));
    RowPlan plan = places.plan().select(List.of(""), List.of(signed));
    try (FieldVector wide = new Projection(kronos, places).run("take", plan).get(0)) {
      return pickSigned(values, Vectors.ofIndices(wide));
    }
  }

  private ColumnBatch pickSigned(List<FieldVector> values, Vectors places) {
    HostBatch source = PhysicalColumns.describe(values, Vectors.requireSameLength(values));
    DataType type = places.type(0);
    if (!type.isIntegral()) {
      throw new KronosException.InvalidArgument(
          message("indices are not integers", "vector", places.vector(0).getName(), "type", type));
    }
    List<ColumnLayout> layouts = source.columns().stream().map(HostColumn::layout).toList();
    try (TakeBatch take = new TakeBatch(kronos, layouts, type)) {
      return take.apply(source, places.batch());
    }
  }
}

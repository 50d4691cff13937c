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
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.take.TakeBatch;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Selects rows of vectors, as Arrow's {@code filter}, {@code take} and {@code drop_null} do. Works
 * on every vector whose values are bits, have 1, 2, 4, 8 or 16 bytes, or have offsets; keeps every
 * bit of a value and the field of a vector, its dictionary encoding included.
 *
 * <p>Operands stay the caller's and as they are; results lie in memory of the device's allocator
 * and the caller closes them. Batches of vectors are selected in one go.
 *
 * <p>Thread-safe. Cost: O(n + m) work and memory for n rows of operands and m of results, and the
 * bytes of their strings. Errors: {@link KronosException.InvalidArgument} for a mask that is not
 * boolean, operands of different lengths and indices that name no row; {@link
 * KronosException.Unsupported} for other vectors; {@link KronosException.Exhausted} when there is
 * no room on the device; {@link KronosException.Closed} when the device is closed.
 */
public final class Selection {

  /** Says what becomes of rows whose mask is null, as Arrow's {@code FilterOptions} do. */
  public enum NullMask {
    /** The row is left out, Arrow's default. */
    DROP,
    /** The row is kept, as null. */
    EMIT_NULL
  }

  private final Kronos kronos;

  /** Creates the functions of a device, which stays the caller's. */
  public Selection(Kronos kronos) {
    this.kronos = Objects.requireNonNull(kronos, "kronos");
  }

  /**
   * Returns the values whose mask is true, in order.
   *
   * @param values any vector
   * @param mask a boolean a value
   * @param nulls what a mask that is null does
   */
  public FieldVector filter(FieldVector values, FieldVector mask, NullMask nulls) {
    return filter(List.of(values), mask, nulls).get(0);
  }

  /**
   * Returns the rows of a batch whose mask is true, as {@link #filter(FieldVector, FieldVector,
   * NullMask)}.
   */
  public VectorSchemaRoot filter(VectorSchemaRoot batch, FieldVector mask, NullMask nulls) {
    return new VectorSchemaRoot(filter(batch.getFieldVectors(), mask, nulls));
  }

  /**
   * Returns the values that are not null, in order.
   *
   * @param values any vector
   */
  public FieldVector dropNull(FieldVector values) {
    return dropNull(List.of(values)).get(0);
  }

  /** Returns the rows of a batch in which no value is null, in order. */
  public VectorSchemaRoot dropNull(VectorSchemaRoot batch) {
    return new VectorSchemaRoot(dropNull(batch.getFieldVectors()));
  }

  /**
   * Returns the value that each index names.
   *
   * @param values any vector
   * @param indices integers from 0 to below the number of values; null gives null
   * @return a vector as long as {@code indices}
   * @throws KronosException.InvalidArgument when an index names no value; the message names the
   *     first such index and its position
   */
  public FieldVector take(FieldVector values, FieldVector indices) {
    return take(List.of(values), indices).get(0);
  }

  /**
   * Returns the row of a batch that each index names, as {@link #take(FieldVector, FieldVector)}.
   */
  public VectorSchemaRoot take(VectorSchemaRoot batch, FieldVector indices) {
    return new VectorSchemaRoot(take(batch.getFieldVectors(), indices));
  }

  private List<FieldVector> filter(List<FieldVector> values, FieldVector mask, NullMask nulls) {
    return project(SelectionPlan.filter(values, mask, nulls));
  }

  private List<FieldVector> dropNull(List<FieldVector> values) {
    return project(SelectionPlan.dropNull(values));
  }

  private List<FieldVector> project(SelectionPlan plan) {
    return Projection.read(
            kronos, plan.spec(), plan.fields(), project -> project.apply(plan.batch()))
        .getFieldVectors();
  }

  private List<FieldVector> take(List<FieldVector> values, FieldVector indices) {
    return takeRows(values, new Vectors(List.of(indices)));
  }

  /** Returns the values that the indices of a dictionary-encoded vector stand for. */
  FieldVector decode(FieldVector values, FieldVector encoded) {
    return takeRows(List.of(values), Vectors.ofIndices(encoded)).get(0);
  }

  private List<FieldVector> takeRows(List<FieldVector> values, Vectors indices) {
    if (!indices.type(0).isUnsigned()) {
      return takeSigned(values, indices);
    }
    Expression signed = Functions.castUnchecked(DataType.INT64).of(indices.column(0));
    RowPlan plan = indices.plan().select(List.of(""), List.of(signed));
    try (FieldVector places = new Projection(kronos, indices).run("take", plan).get(0)) {
      return takeSigned(values, Vectors.ofIndices(places));
    }
  }

  private List<FieldVector> takeSigned(List<FieldVector> values, Vectors places) {
    FieldVector indices = places.vector(0);
    HostBatch source = PhysicalColumns.describe(values, Vectors.requireSameLength(values));
    DataType type = places.type(0);
    if (!type.isIntegral()) {
      throw new KronosException.InvalidArgument(
          message("indices are not integers", "vector", indices.getName(), "type", type));
    }
    List<ColumnLayout> layouts = source.columns().stream().map(HostColumn::layout).toList();
    try (TakeBatch take = new TakeBatch(kronos, layouts, type);
        ColumnBatch result = take.apply(source, places.batch())) {
      return Projection.download(kronos, result, SelectionPlan.fields(values));
    } catch (RowFailure e) {
      throw outOfBounds(indices, e.row(), source.rows());
    }
  }

  private static KronosException outOfBounds(FieldVector indices, int position, int count) {
    return new KronosException.InvalidArgument(
        message(
            "index is out of bounds",
            "index",
            RowValues.read(indices, position),
            "position",
            position,
            "count",
            count));
  }
}

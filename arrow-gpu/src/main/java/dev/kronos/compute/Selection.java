// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.operator.pipeline.RowFailure;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Field;

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

  private final Decoder decoder;

  /** Creates the functions of a device, which stays the caller's. */
  public Selection(Kronos kronos) {
    this(Decoder.none(kronos));
  }

  /**
   * Creates functions that see dictionary-encoded vectors as values, of which their results are
   * then; see {@link Elementwise}. The others move indices.
   */
  public Selection(Kronos kronos, DictionaryProvider dictionaries) {
    this(Decoder.of(kronos, dictionaries));
  }

  private Selection(Decoder decoder) {
    this.decoder = decoder;
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
    try (Operands operands = decoder.operands(values, List.of(mask))) {
      return project(SelectionPlan.filter(operands.of(values), operands.of(mask), nulls));
    }
  }

  private List<FieldVector> dropNull(List<FieldVector> values) {
    return decoder.call(values, plain -> project(SelectionPlan.dropNull(plain)));
  }

  private List<FieldVector> project(SelectionPlan plan) {
    return Projection.read(
            decoder.kronos(), plan.spec(), plan.fields(), project -> project.apply(plan.batch()))
        .getFieldVectors();
  }

  private List<FieldVector> take(List<FieldVector> values, FieldVector indices) {
    try (Operands operands = decoder.operands(values, List.of(indices))) {
      return takePlain(operands.of(values), operands.of(indices));
    }
  }

  private List<FieldVector> takePlain(List<FieldVector> values, FieldVector indices) {
    PlanColumn.requirePlain(indices.getField());
    try {
      List<Field> fields = SelectionPlan.fields(values);
      return new RowPicks(decoder.kronos()).take(values, fields, indices);
    } catch (RowFailure e) {
      throw outOfBounds(indices, e.row(), Vectors.requireSameLength(values));
    }
  }

  private static KronosException outOfBounds(FieldVector indices, int position, int count) {
    return new KronosException.InvalidArgument(
        message(
            "index is out of bounds",
            "index",
            ScalarReader.read(indices, position).value(),
            "position",
            position,
            "count",
            count));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.expression.ColumnReference;
import dev.kronos.operator.join.JoinType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Joins vectors by equal keys, as Arrow's hash join does, on one or several keys of any types.
 *
 * <p>Null equals nothing, not even null. NaN equals NaN and -0.0 equals 0.0; strings are compared
 * by bytes; decimals must be of one precision and scale. Keys have a column type; values are any
 * vectors that {@link Selection} takes, and keep every bit and their field. A value beside a row
 * without a match is null.
 *
 * <p>Rows come in the order of the left side, the matches of a row in the order of the right side;
 * those of {@link #right} the other way round, and those that {@link #full} adds of the right side
 * come last. The same operands give the same result on every device.
 *
 * <p>A table is made of the right side, for {@link #right} of the left one: let that be the smaller
 * one. Cost: O(l + r + m) work and memory for l and r rows of the sides and m of the result, as
 * long as few hashes of keys collide; tables take 8 to 16 bytes a row, and 16 more where keys
 * repeat.
 *
 * <p>Operands stay the caller's and as they are; results lie in memory of the device's allocator
 * and the caller closes them. Thread-safe. Errors: {@link KronosException.InvalidArgument} for
 * vectors of different lengths and for keys of the two sides that differ in number or type; {@link
 * KronosException.Unsupported} for vectors without column type, or more than 200 of them; {@link
 * KronosException.Exhausted} when there is no room, or the result has more rows or characters than
 * a vector holds; {@link KronosException.Closed} when the device is closed.
 */
public final class Joins {
  private final Decoder decoder;

  /** Creates the functions of a device, which stays the caller's. */
  public Joins(Kronos kronos) {
    this(Decoder.none(kronos));
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public Joins(Kronos kronos, DictionaryProvider dictionaries) {
    this(Decoder.of(kronos, dictionaries));
  }

  private Joins(Decoder decoder) {
    this.decoder = decoder;
  }

  /** Returns the values of both sides, the left one's first, of all pairs of rows that match. */
  public List<FieldVector> inner(JoinSide left, JoinSide right) {
    return join(JoinType.INNER, left, right);
  }

  /** Returns what {@link #inner} does, and rows of the left side without a match. */
  public List<FieldVector> left(JoinSide left, JoinSide right) {
    return join(JoinType.LEFT_OUTER, left, right);
  }

  /** Returns what {@link #inner} does, and rows of the right side without a match. */
  public List<FieldVector> right(JoinSide left, JoinSide right) {
    return join(JoinType.RIGHT_OUTER, left, right);
  }

  /** Returns what {@link #inner} does, and rows of either side without a match. */
  public List<FieldVector> full(JoinSide left, JoinSide right) {
    return join(JoinType.FULL_OUTER, left, right);
  }

  /** Returns the values of the left side of rows that have a match, once each. */
  public List<FieldVector> semi(JoinSide left, JoinSide right) {
    return join(JoinType.LEFT_SEMI, left, right);
  }

  /** Returns the values of the left side of rows that have no match. */
  public List<FieldVector> anti(JoinSide left, JoinSide right) {
    return join(JoinType.LEFT_ANTI, left, right);
  }

  private List<FieldVector> join(JoinType type, JoinSide left, JoinSide right) {
    try (Operands operands =
        decoder.operands(left.keys(), left.values(), right.keys(), right.values())) {
      return joinPlain(type, left.of(operands), right.of(operands));
    }
  }

  private List<FieldVector> joinPlain(JoinType type, JoinSide left, JoinSide right) {
    Kronos kronos = decoder.kronos();
    JoinInput leftInput = new JoinInput(left);
    JoinInput rightInput = new JoinInput(right);
    List<Field> fields = new ArrayList<>(leftInput.fields());
    if (!type.keepsLeftOnly()) {
      fields.addAll(rightInput.fields());
    }
    RowJoin join = new RowJoin(kronos, type, leftInput, rightInput);
    try (ColumnBatch result =
        join.run((l, r) -> outputs(leftInput.values(l), rightInput.values(r), type))) {
      return Projection.download(kronos, result, fields);
    }
  }

  private static List<ColumnReference> outputs(
      List<ColumnReference> left, List<ColumnReference> right, JoinType type) {
    List<ColumnReference> outputs = new ArrayList<>(left);
    if (!type.keepsLeftOnly()) {
      outputs.addAll(right);
    }
    return outputs;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Applies a function of {@link Functions}, or of another list, to vectors, row by row, in one
 * kernel. {@link Calculations}, {@link Mathematics}, {@link Comparisons}, {@link Logic}, {@link
 * Bits}, {@link Strings}, {@link Dates}, {@link Conversions} and {@link Choices} have a method for
 * each; {@link Expressions} puts several into one kernel.
 *
 * <p>Operands stay the caller's and as they are. A result has as many rows as the operands and the
 * name of the first one that is not a condition, lies in memory of the device's allocator, and the
 * caller closes it.
 *
 * <p>Thread-safe. Cost: O(n) work in one kernel and O(n) memory for n rows; of strings O(b) for the
 * b bytes of operands and result, but searches for a part of m bytes take O(b m) work at worst.
 * Errors: {@link KronosException.InvalidArgument} when operands differ in type or length, or when a
 * row has no result (the message names the first such row and why); {@link
 * KronosException.Unsupported} for a type that the function does not take; {@link
 * KronosException.Exhausted} when there is no room on the device; {@link KronosException.Closed}
 * when the device is closed.
 */
public final class Elementwise {
  private final Decoder decoder;

  /**
   * Creates the functions of a device, which stays the caller's. They refuse dictionary-encoded
   * vectors, whose dictionaries they do not know.
   */
  public Elementwise(Kronos kronos) {
    this.decoder = Decoder.none(kronos);
  }

  /**
   * Creates functions that see dictionary-encoded vectors as the values that they stand for: null
   * where the index is null, or the value of the dictionary. Each such operand is decoded on the
   * device before a call, and what that took is freed behind it; a call fails with {@link
   * KronosException.InvalidArgument} when there is no such dictionary or an index names no value of
   * it, and with {@link KronosException.Unsupported} when the dictionary is encoded itself.
   *
   * @param kronos the device; stays the caller's
   * @param dictionaries knows the dictionaries that fields of operands name; is asked at each call
   *     and stays the caller's
   */
  public Elementwise(Kronos kronos, DictionaryProvider dictionaries) {
    this.decoder = Decoder.of(kronos, dictionaries);
  }

  /** Applies a function to vectors. */
  public FieldVector call(ArrowFunction function, FieldVector... operands) {
    return call(function, List.of(operands), List.of());
  }

  /** Applies a function to a vector and one value, which stands in every row. */
  public FieldVector call(ArrowFunction function, FieldVector left, Scalar right) {
    return call(function, List.of(left), List.of(right.literal()));
  }

  /** Returns name and type of an operand as functions see it. */
  Field field(FieldVector operand) {
    return decoder.field(operand);
  }

  FieldVector call(ArrowFunction function, List<FieldVector> operands, List<Expression> constants) {
    function.shape().checkCount(function.name(), operands.size() + constants.size());
    String name = operands.get(function.shape().first()).getName();
    return decoder.rows(
        operands,
        (rows, columns) -> {
          List<Expression> arguments = new ArrayList<>();
          columns.columns().forEach(column -> arguments.add(column.operand()));
          arguments.addAll(constants);
          RowPlan plan = columns.select(List.of(name), List.of(function.of(arguments)));
          return new Projection(decoder.kronos(), rows).run(function.name(), plan).get(0);
        });
  }
}

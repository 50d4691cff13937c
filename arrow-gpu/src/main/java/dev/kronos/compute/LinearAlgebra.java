// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Multiplies matrices and vectors: what BLAS calls gemm, axpy and dot.
 *
 * <p>Each element of a product of matrices is one chain {@code sum = fma(a, b, sum)} over the
 * shared dimension from its first to its last, in float64 for float64 matrices and in float32 for
 * all others. The order depends on nothing else; devices differ only where their {@code fma} rounds
 * twice, and in the signs of zeros. Matrices of halves go through a device's matrix units where it
 * has some that Kronos knows; those accumulate in float32 as well, in an order of their own.
 *
 * <p>Vectors of {@link Kronos#allocator()} that are read as dense rows are multiplied where they
 * are; transposed and cut out matrices, and halves, are packed on the device first. Cost: O(s m n
 * k) work for s products of m by k with k by n matrices and O(s m n) memory, more by the size of
 * what is packed; O(n) work for {@link #axpy} and {@link #dot} of n numbers, and O(n) and O(1)
 * memory. Thread-safe. Errors: {@link KronosException.InvalidArgument} for sizes and types that do
 * not fit each other, {@link KronosException.Unsupported} for other types, {@link
 * KronosException.Exhausted} when there is no room on the device.
 */
public final class LinearAlgebra {
  private final Decoder decoder;

  /** Creates the functions of a device, which stays the caller's. */
  public LinearAlgebra(Kronos kronos) {
    this(Decoder.none(kronos));
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public LinearAlgebra(Kronos kronos, DictionaryProvider dictionaries) {
    this(Decoder.of(kronos, dictionaries));
  }

  private LinearAlgebra(Decoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Multiplies matrices. Where one operand is a single matrix and the other several, it is used
   * with each of them.
   *
   * @param left m by k
   * @param right k by n, of the same type
   * @return a list of n numbers for each row of each product, one product after the other: float64
   *     of float64 matrices, float32 of others; {@link Matrix#of(FixedSizeListVector)} takes it
   *     again. The caller closes it
   */
  public FixedSizeListVector matmul(Matrix left, Matrix right) {
    try (Operands operands = decoder.operands(List.of(left.values(), right.values()))) {
      return new Products(decoder.kronos()).multiply(left.of(operands), right.of(operands));
    }
  }

  /**
   * Adds a multiple of a vector to another one. A sum is null where one of the two is. Two
   * roundings, as Java has them.
   *
   * @param factor what {@code x} is multiplied with, of the same type
   * @param x floating point numbers; stay the caller's
   * @param y numbers of the same type; stay the caller's
   * @return {@code factor * x + y}, which the caller closes
   */
  public FieldVector axpy(Scalar factor, FieldVector x, FieldVector y) {
    Expressions rows = Expressions.over(decoder, List.of(x, y));
    requireFloating("axpy", rows.column(0).type());
    Expression product = Functions.MULTIPLY.of(rows.column(0), factor.literal());
    return rows.evaluate(y.getName(), Functions.ADD.of(product, rows.column(1)));
  }

  /**
   * Multiplies vectors and sums the products in one kernel; rows with a null are passed over. The
   * products are summed exactly and rounded once, so the result is the same bits on every device
   * and in every order. Products of float32 are exact as well, so that their dot product is the
   * exact one, rounded to float64, as are those of float16; those of float64 are rounded each.
   *
   * @param x floating point numbers; stay the caller's
   * @param y numbers of the same type; stay the caller's
   * @return a FLOAT64, null when no row is left
   */
  public Scalar dot(FieldVector x, FieldVector y) {
    Expressions rows = Expressions.over(decoder, List.of(x, y));
    DataType type = rows.column(0).type();
    requireFloating("dot", type);
    if (!type.equals(rows.column(1).type())) {
      throw new KronosException.InvalidArgument(
          message("operands are of different types", "x", type, "y", rows.column(1).type()));
    }
    return rows.sum(Functions.MULTIPLY.of(wide(rows.column(0)), wide(rows.column(1))));
  }

  private static void requireFloating(String function, DataType type) {
    if (!TypeGroup.FLOATS.contains(type)) {
      throw new KronosException.Unsupported(
          message("function does not take this type", "function", function, "type", type));
    }
  }

  private static Expression wide(Expression value) {
    return value.type().equals(DataType.FLOAT64)
        ? value
        : Functions.cast(DataType.FLOAT64).of(value);
  }
}

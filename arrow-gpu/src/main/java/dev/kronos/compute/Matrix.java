// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.operator.product.Element;
import dev.kronos.operator.product.Shape;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.complex.FixedSizeListVector;

/**
 * Looks at the values of a vector as one or more matrices of one size: float16, float32 or float64,
 * or bfloat16, which Arrow has no type for, in a vector of 16 bits. A view copies nothing and owns
 * nothing; the vector stays the caller's, and as it is while the view is used. Immutable.
 *
 * <pre>{@code
 * Matrix a = Matrix.of(values, 1000, 64);      // dense, row after row
 * Matrix part = a.block(10, 0, 100, 64);       // rows 10 to 109
 * Matrix b = Matrix.of(lists).transposed();    // a column of fixed size lists, its rows as columns
 * }</pre>
 *
 * <p>Of a dictionary-encoded vector, type and nulls of the values are looked at when matrices are
 * multiplied.
 */
public final class Matrix {
  private final FieldVector values;
  private final Element element;
  private final long first;
  private final Shape shape;

  private Matrix(FieldVector values, Element element, long first, Shape shape) {
    this.values = values;
    this.element = element;
    this.first = first;
    this.shape = shape;
    if (shape.extent() > 0 && first + shape.extent() > values.getValueCount()) {
      throw new KronosException.InvalidArgument(
          message(
              "matrix reaches beyond its vector",
              "shape",
              shape,
              "first",
              first,
              "values",
              values.getValueCount()));
    }
  }

  /**
   * Takes the first values of a vector, row after row.
   *
   * @param values FLOAT16, FLOAT32 or FLOAT64
   * @param rows 0 or more
   * @param columns 0 or more
   * @throws KronosException.Unsupported for other types
   * @throws KronosException.InvalidArgument when there are too few values, or nulls among them
   */
  public static Matrix of(FieldVector values, int rows, int columns) {
    return of(values, elementOf(values), Shape.of(rows, columns));
  }

  /**
   * Takes lists as rows.
   *
   * @param rows lists of FLOAT16, FLOAT32 or FLOAT64
   * @throws KronosException.Unsupported for other types
   * @throws KronosException.InvalidArgument when there are nulls
   */
  public static Matrix of(FixedSizeListVector rows) {
    requireNoNulls(rows);
    return of(rows.getDataVector(), rows.getValueCount(), rows.getListSize());
  }

  /**
   * Takes bfloat16 numbers: the first values of a vector of 16 bits, each the upper half of a
   * float32.
   *
   * @param values a vector of 16-bit integers, signed or not
   * @param rows 0 or more
   * @param columns 0 or more
   * @throws KronosException.Unsupported for vectors of another width
   * @throws KronosException.InvalidArgument when there are too few values, or nulls among them
   */
  public static Matrix ofBrainFloats(FieldVector values, int rows, int columns) {
    boolean encoded = values.getField().getDictionary() != null;
    boolean wide = values instanceof BaseFixedWidthVector fixed && fixed.getTypeWidth() == 2;
    if (encoded) {
      return of(values, Element.BFLOAT16, Shape.of(rows, columns));
    }
    if (!wide || values instanceof Float2Vector) {
      throw new KronosException.Unsupported(
          message("brain floats come in 16-bit integers", "vector", values.getField()));
    }
    return of(values, Element.BFLOAT16, Shape.of(rows, columns));
  }

  private static Matrix of(FieldVector values, Element element, Shape shape) {
    requireNoNulls(values);
    return new Matrix(values, element, 0, shape);
  }

  /**
   * Returns the same view of what a function sees of the vector.
   *
   * @throws KronosException as the methods that make matrices, for values of a dictionary
   */
  Matrix of(Operands operands) {
    FieldVector plain = operands.of(values);
    PlanColumn.requirePlain(plain.getField());
    if (plain == values) {
      return this;
    }
    boolean brain = element == Element.BFLOAT16;
    Matrix whole = brain ? ofBrainFloats(plain, 0, 0) : of(plain, 0, 0);
    return new Matrix(plain, whole.element, first, shape);
  }

  /** What is dictionary-encoded has the elements of its dictionary, which are known later: null. */
  private static Element elementOf(FieldVector values) {
    if (values.getField().getDictionary() != null) {
      return null;
    }
    if (values instanceof Float4Vector) {
      return Element.FLOAT32;
    }
    if (values instanceof Float8Vector) {
      return Element.FLOAT64;
    }
    if (values instanceof Float2Vector) {
      return Element.FLOAT16;
    }
    throw new KronosException.Unsupported(
        message("no matrix of this type", "vector", values.getField()));
  }

  private static void requireNoNulls(FieldVector vector) {
    if (vector.getNullCount() > 0) {
      throw new KronosException.InvalidArgument(
          message(
              "nulls in a matrix", "vector", vector.getField(), "nulls", vector.getNullCount()));
    }
  }

  /** Swaps rows and columns, of each matrix where there are several. */
  public Matrix transposed() {
    return new Matrix(values, element, first, shape.transposed());
  }

  /**
   * Takes part of each matrix.
   *
   * @param row first row, from 0
   * @param column first column, from 0
   * @param rows how many
   * @param columns how many
   * @throws KronosException.InvalidArgument when it reaches out of the matrix
   */
  public Matrix block(int row, int column, int rows, int columns) {
    boolean inside =
        row >= 0
            && column >= 0
            && rows >= 0
            && columns >= 0
            && row <= rows() - rows
            && column <= columns() - columns;
    if (!inside) {
      throw new KronosException.InvalidArgument(
          message(
              "block reaches out of its matrix",
              "row",
              row,
              "column",
              column,
              "rows",
              rows,
              "columns",
              columns,
              "matrix",
              shape));
    }
    long start = first + row * shape.rowStride() + column * shape.columnStride();
    return new Matrix(
        values,
        element,
        start,
        new Shape(
            shape.matrices(),
            rows,
            columns,
            shape.matrixStride(),
            shape.rowStride(),
            shape.columnStride()));
  }

  /**
   * Cuts the matrix into matrices of equally many rows, to be multiplied each for itself.
   *
   * @param matrices how many, 1 or more; divides the number of rows
   * @throws KronosException.InvalidArgument when it does not, or there are several already
   */
  public Matrix split(int matrices) {
    if (matrices < 1 || shape.matrices() != 1 || rows() % matrices != 0) {
      throw new KronosException.InvalidArgument(
          message("matrix cannot be cut", "matrices", matrices, "matrix", shape));
    }
    int rows = rows() / matrices;
    long stride = rows * shape.rowStride();
    return new Matrix(
        values,
        element,
        first,
        new Shape(matrices, rows, columns(), stride, shape.rowStride(), shape.columnStride()));
  }

  /** Returns how many rows each matrix has. */
  public int rows() {
    return shape.rows();
  }

  /** Returns how many columns each matrix has. */
  public int columns() {
    return shape.columns();
  }

  /** Returns how many matrices there are. */
  public int matrices() {
    return shape.matrices();
  }

  FieldVector values() {
    return values;
  }

  Element element() {
    return element;
  }

  long first() {
    return first;
  }

  Shape shape() {
    return shape;
  }

  @Override
  public String toString() {
    return "Matrix[element=" + element + ", first=" + first + ", shape=" + shape + "]";
  }
}

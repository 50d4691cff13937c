// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.product;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;

/**
 * Says where the elements of one or more matrices of one size lie: element (i, j) of matrix b is
 * {@code b * matrixStride + i * rowStride + j * columnStride} elements behind the first.
 *
 * @param matrices how many, 0 or more
 * @param rows 0 or more
 * @param columns 0 or more
 * @param matrixStride elements from one matrix to the next, 0 or more
 * @param rowStride elements from one row to the next, 0 or more
 * @param columnStride elements from one column to the next, 0 or more
 */
public record Shape(
    int matrices, int rows, int columns, long matrixStride, long rowStride, long columnStride) {

  /** Checks that nothing is below zero; throws InvalidArgument. */
  public Shape {
    if (Math.min(matrices, Math.min(rows, columns)) < 0
        || Math.min(matrixStride, Math.min(rowStride, columnStride)) < 0) {
      throw new KronosException.InvalidArgument(
          message(
              "size or stride below zero",
              "matrices",
              matrices,
              "rows",
              rows,
              "columns",
              columns,
              "strides",
              matrixStride + "/" + rowStride + "/" + columnStride));
    }
  }

  /** Describes one dense row-major matrix. */
  public static Shape of(int rows, int columns) {
    return of(1, rows, columns);
  }

  /** Describes dense row-major matrices, one after the other. */
  public static Shape of(int matrices, int rows, int columns) {
    return new Shape(matrices, rows, columns, (long) rows * columns, columns, 1);
  }

  /** Swaps rows and columns. */
  public Shape transposed() {
    return new Shape(matrices, columns, rows, matrixStride, columnStride, rowStride);
  }

  /** Returns the number of elements that it has. */
  public long size() {
    return Math.multiplyExact((long) matrices, (long) rows * columns);
  }

  /** Returns how many elements lie between the first and the end of the last one. */
  public long extent() {
    if (matrices == 0 || rows == 0 || columns == 0) {
      return 0;
    }
    return Math.addExact(
        Math.addExact(
            Math.multiplyExact(matrices - 1L, matrixStride),
            Math.multiplyExact(rows - 1L, rowStride)),
        Math.multiplyExact(columns - 1L, columnStride) + 1);
  }

  /** Tells whether rows follow one another without gaps, and matrices too. */
  boolean dense() {
    return (columns <= 1 || columnStride == 1)
        && (rows <= 1 || rowStride == columns)
        && (matrices <= 1 || matrixStride == (long) rows * columns);
  }
}

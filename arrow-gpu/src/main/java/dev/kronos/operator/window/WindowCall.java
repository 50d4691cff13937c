// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.ErrorMode;
import java.util.Objects;

/**
 * Describes one function over windows. Columns are named by their places among those that leave the
 * pipeline; {@link #NONE} stands for no column. Immutable.
 *
 * @param function what is computed
 * @param argument column of the argument; none for ranks and to count rows
 * @param looked BOOLEAN column that is true in the rows that NTH, LAST, BEFORE and AFTER look at;
 *     none for all rows
 * @param otherwise column whose value of the row itself is the result of BEFORE and AFTER where
 *     there is no such row; none for null
 * @param place which row NTH, BEFORE and AFTER take, 1 or more; else 0
 * @param resultType INT32 for ranks, INT64 for COUNT and sums of integers, or INT32 for sums of
 *     such, a decimal of the argument's scale for sums of decimals, FLOAT64 for those of floating
 *     point numbers, BOOLEAN for SEEN, else the argument's type
 * @param mode what a sum does that does not fit: ANSI fails, NULL gives null, WRAP (integers only)
 *     keeps the low 64 bits
 * @param frame which rows are looked at; does not matter for ranks, BEFORE and AFTER
 */
public record WindowCall(
    WindowFunction function,
    int argument,
    int looked,
    int otherwise,
    int place,
    DataType resultType,
    ErrorMode mode,
    WindowFrame frame) {
  /** Stands for no column. */
  public static final int NONE = -1;

  /**
   * Checks that the parts fit each other.
   *
   * @throws KronosException.InvalidArgument when they do not
   */
  public WindowCall {
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(resultType, "resultType");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(frame, "frame");
    boolean optional = function.ranks() || function == WindowFunction.COUNT;
    boolean counts = function.picksByPlace() && function != WindowFunction.LAST;
    if ((argument == NONE && !optional) || (counts && place < 1)) {
      throw new KronosException.InvalidArgument(
          KronosException.message(
              "parts of a window function are missing",
              "function",
              function,
              "argument",
              argument,
              "place",
              place));
    }
  }

  /** Makes a rank. */
  public static WindowCall rank(WindowFunction function) {
    return new WindowCall(
        function, NONE, NONE, NONE, 0, DataType.INT32, ErrorMode.WRAP, WindowFrame.PARTITION);
  }

  /**
   * Makes a function of the arguments of a frame.
   *
   * @param argument a column, or {@link #NONE} to count rows
   */
  public static WindowCall over(
      WindowFunction function, int argument, DataType type, ErrorMode mode, WindowFrame frame) {
    return new WindowCall(function, argument, NONE, NONE, 0, type, mode, frame);
  }

  /** Tells whether it matters which rows the frame has. */
  boolean looksAtFrame() {
    return !function.ranks()
        && function != WindowFunction.BEFORE
        && function != WindowFunction.AFTER;
  }

  /** Tells whether the result may be null. */
  public boolean nullable() {
    return !function.ranks() && function != WindowFunction.COUNT && function != WindowFunction.SEEN;
  }
}

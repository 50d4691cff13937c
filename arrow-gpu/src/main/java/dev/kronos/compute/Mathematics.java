// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import java.math.RoundingMode;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Computes powers, logarithms, angles, extremes and roundings row by row, as {@link MathFunctions}
 * lists them. A result is null where an operand is, but for extremes, which pass nulls over.
 * Checked functions raise InvalidArgument naming the first row outside their domain; others give
 * NaN there. Ownership, errors and cost are those of {@link Elementwise}: O(n) work and memory for
 * n rows, of extremes for each operand. Thread-safe.
 */
public final class Mathematics {
  private final Elementwise elementwise;

  /** Creates the functions of a device, which stays the caller's. */
  public Mathematics(Kronos kronos) {
    this.elementwise = new Elementwise(kronos);
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public Mathematics(Kronos kronos, DictionaryProvider dictionaries) {
    this.elementwise = new Elementwise(kronos, dictionaries);
  }

  /** Returns powers of Euler's number: {@link MathFunctions#EXP}. */
  public FieldVector exp(FieldVector values) {
    return elementwise.call(MathFunctions.EXP, values);
  }

  /** Returns powers of Euler's number, less 1: {@link MathFunctions#EXPM1}. */
  public FieldVector expm1(FieldVector values) {
    return elementwise.call(MathFunctions.EXPM1, values);
  }

  /** Returns natural logarithms: {@link MathFunctions#LN}. */
  public FieldVector ln(FieldVector values) {
    return elementwise.call(MathFunctions.LN, values);
  }

  /** Returns natural logarithms, checked: {@link MathFunctions#LN_CHECKED}. */
  public FieldVector lnChecked(FieldVector values) {
    return elementwise.call(MathFunctions.LN_CHECKED, values);
  }

  /** Returns logarithms to base 10: {@link MathFunctions#LOG10}. */
  public FieldVector log10(FieldVector values) {
    return elementwise.call(MathFunctions.LOG10, values);
  }

  /** Returns logarithms to base 10, checked: {@link MathFunctions#LOG10_CHECKED}. */
  public FieldVector log10Checked(FieldVector values) {
    return elementwise.call(MathFunctions.LOG10_CHECKED, values);
  }

  /** Returns logarithms to base 2: {@link MathFunctions#LOG2}. */
  public FieldVector log2(FieldVector values) {
    return elementwise.call(MathFunctions.LOG2, values);
  }

  /** Returns logarithms to base 2, checked: {@link MathFunctions#LOG2_CHECKED}. */
  public FieldVector log2Checked(FieldVector values) {
    return elementwise.call(MathFunctions.LOG2_CHECKED, values);
  }

  /** Returns natural logarithms of what is 1 more: {@link MathFunctions#LOG1P}. */
  public FieldVector log1p(FieldVector values) {
    return elementwise.call(MathFunctions.LOG1P, values);
  }

  /** Returns natural logarithms of what is 1 more, checked: {@link MathFunctions#LOG1P_CHECKED}. */
  public FieldVector log1pChecked(FieldVector values) {
    return elementwise.call(MathFunctions.LOG1P_CHECKED, values);
  }

  /** Returns logarithms to a base: {@link MathFunctions#LOGB}. */
  public FieldVector logb(FieldVector left, FieldVector right) {
    return elementwise.call(MathFunctions.LOGB, left, right);
  }

  /**
   * Returns logarithms to a base, with one second value for every row: {@link MathFunctions#LOGB}.
   */
  public FieldVector logb(FieldVector left, Scalar right) {
    return elementwise.call(MathFunctions.LOGB, left, right);
  }

  /** Returns logarithms to a base, checked: {@link MathFunctions#LOGB_CHECKED}. */
  public FieldVector logbChecked(FieldVector left, FieldVector right) {
    return elementwise.call(MathFunctions.LOGB_CHECKED, left, right);
  }

  /**
   * Returns logarithms to a base, checked, with one second value for every row: {@link
   * MathFunctions#LOGB_CHECKED}.
   */
  public FieldVector logbChecked(FieldVector left, Scalar right) {
    return elementwise.call(MathFunctions.LOGB_CHECKED, left, right);
  }

  /** Returns powers: {@link MathFunctions#POWER}. */
  public FieldVector power(FieldVector left, FieldVector right) {
    return elementwise.call(MathFunctions.POWER, left, right);
  }

  /** Returns powers, with one second value for every row: {@link MathFunctions#POWER}. */
  public FieldVector power(FieldVector left, Scalar right) {
    return elementwise.call(MathFunctions.POWER, left, right);
  }

  /** Returns square roots, checked: {@link MathFunctions#SQRT_CHECKED}. */
  public FieldVector sqrtChecked(FieldVector values) {
    return elementwise.call(MathFunctions.SQRT_CHECKED, values);
  }

  /** Returns cube roots: {@link MathFunctions#CBRT}. */
  public FieldVector cbrt(FieldVector values) {
    return elementwise.call(MathFunctions.CBRT, values);
  }

  /** Returns hyperbolic sines: {@link MathFunctions#SINH}. */
  public FieldVector sinh(FieldVector values) {
    return elementwise.call(MathFunctions.SINH, values);
  }

  /** Returns hyperbolic cosines: {@link MathFunctions#COSH}. */
  public FieldVector cosh(FieldVector values) {
    return elementwise.call(MathFunctions.COSH, values);
  }

  /** Returns hyperbolic tangents: {@link MathFunctions#TANH}. */
  public FieldVector tanh(FieldVector values) {
    return elementwise.call(MathFunctions.TANH, values);
  }

  /** Returns sines of angles in radians: {@link MathFunctions#SIN}. */
  public FieldVector sin(FieldVector values) {
    return elementwise.call(MathFunctions.SIN, values);
  }

  /** Returns sines of angles in radians, checked: {@link MathFunctions#SIN_CHECKED}. */
  public FieldVector sinChecked(FieldVector values) {
    return elementwise.call(MathFunctions.SIN_CHECKED, values);
  }

  /** Returns cosines of angles in radians: {@link MathFunctions#COS}. */
  public FieldVector cos(FieldVector values) {
    return elementwise.call(MathFunctions.COS, values);
  }

  /** Returns cosines of angles in radians, checked: {@link MathFunctions#COS_CHECKED}. */
  public FieldVector cosChecked(FieldVector values) {
    return elementwise.call(MathFunctions.COS_CHECKED, values);
  }

  /** Returns tangents of angles in radians: {@link MathFunctions#TAN}. */
  public FieldVector tan(FieldVector values) {
    return elementwise.call(MathFunctions.TAN, values);
  }

  /** Returns tangents of angles in radians, checked: {@link MathFunctions#TAN_CHECKED}. */
  public FieldVector tanChecked(FieldVector values) {
    return elementwise.call(MathFunctions.TAN_CHECKED, values);
  }

  /** Returns angles of sines, in radians: {@link MathFunctions#ASIN}. */
  public FieldVector asin(FieldVector values) {
    return elementwise.call(MathFunctions.ASIN, values);
  }

  /** Returns angles of sines, in radians, checked: {@link MathFunctions#ASIN_CHECKED}. */
  public FieldVector asinChecked(FieldVector values) {
    return elementwise.call(MathFunctions.ASIN_CHECKED, values);
  }

  /** Returns angles of cosines, in radians: {@link MathFunctions#ACOS}. */
  public FieldVector acos(FieldVector values) {
    return elementwise.call(MathFunctions.ACOS, values);
  }

  /** Returns angles of cosines, in radians, checked: {@link MathFunctions#ACOS_CHECKED}. */
  public FieldVector acosChecked(FieldVector values) {
    return elementwise.call(MathFunctions.ACOS_CHECKED, values);
  }

  /** Returns angles of tangents, in radians: {@link MathFunctions#ATAN}. */
  public FieldVector atan(FieldVector values) {
    return elementwise.call(MathFunctions.ATAN, values);
  }

  /** Returns angles of points, of y and x, in radians: {@link MathFunctions#ATAN2}. */
  public FieldVector atan2(FieldVector left, FieldVector right) {
    return elementwise.call(MathFunctions.ATAN2, left, right);
  }

  /**
   * Returns angles of points, of y and x, in radians, with one second value for every row: {@link
   * MathFunctions#ATAN2}.
   */
  public FieldVector atan2(FieldVector left, Scalar right) {
    return elementwise.call(MathFunctions.ATAN2, left, right);
  }

  /** Returns radians as degrees: {@link MathFunctions#DEGREES}. */
  public FieldVector degrees(FieldVector values) {
    return elementwise.call(MathFunctions.DEGREES, values);
  }

  /** Returns degrees as radians: {@link MathFunctions#RADIANS}. */
  public FieldVector radians(FieldVector values) {
    return elementwise.call(MathFunctions.RADIANS, values);
  }

  /**
   * Returns the greatest value of each row that is not null: {@link
   * MathFunctions#MAX_ELEMENT_WISE}.
   */
  public FieldVector maxElementWise(FieldVector... operands) {
    return elementwise.call(MathFunctions.MAX_ELEMENT_WISE, operands);
  }

  /**
   * Returns the greatest of values and one for every row: {@link MathFunctions#MAX_ELEMENT_WISE}.
   */
  public FieldVector maxElementWise(FieldVector values, Scalar other) {
    return elementwise.call(MathFunctions.MAX_ELEMENT_WISE, values, other);
  }

  /**
   * Returns the least value of each row that is not null: {@link MathFunctions#MIN_ELEMENT_WISE}.
   */
  public FieldVector minElementWise(FieldVector... operands) {
    return elementwise.call(MathFunctions.MIN_ELEMENT_WISE, operands);
  }

  /** Returns the least of values and one for every row: {@link MathFunctions#MIN_ELEMENT_WISE}. */
  public FieldVector minElementWise(FieldVector values, Scalar other) {
    return elementwise.call(MathFunctions.MIN_ELEMENT_WISE, values, other);
  }

  /** Returns factorials: {@link MathFunctions#FACTORIAL}. */
  public FieldVector factorial(FieldVector values) {
    return elementwise.call(MathFunctions.FACTORIAL, values);
  }

  /** Returns integers or decimals rounded to digits: {@link MathFunctions#round}. */
  public FieldVector round(FieldVector values, int digits, RoundingMode mode) {
    return elementwise.call(MathFunctions.round(digits, mode), values);
  }

  /** Returns floating point numbers rounded as written: {@link MathFunctions#roundWritten}. */
  public FieldVector roundWritten(FieldVector values, int digits, RoundingMode mode) {
    return elementwise.call(MathFunctions.roundWritten(digits, mode), values);
  }
}

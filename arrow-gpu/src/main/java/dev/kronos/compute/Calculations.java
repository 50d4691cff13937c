// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Calculates with numbers row by row, as Arrow's arithmetic functions do. A result is null where an
 * operand is. Of each operation that can overflow there is one that wraps around and one that is
 * checked and raises InvalidArgument naming the first row that fails. Ownership, errors and cost
 * are those of {@link Elementwise}: O(n) work and memory for n rows. Thread-safe.
 */
public final class Calculations {
  private final Elementwise elementwise;

  /** Creates the functions of a device, which stays the caller's. */
  public Calculations(Kronos kronos) {
    this.elementwise = new Elementwise(kronos);
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public Calculations(Kronos kronos, DictionaryProvider dictionaries) {
    this.elementwise = new Elementwise(kronos, dictionaries);
  }

  /** Returns sums that wrap around: {@link Functions#ADD}. */
  public FieldVector add(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.ADD, left, right);
  }

  /** Returns sums that wrap around, with one value for every row: {@link Functions#ADD}. */
  public FieldVector add(FieldVector left, Scalar right) {
    return elementwise.call(Functions.ADD, left, right);
  }

  /** Returns sums, checked: {@link Functions#ADD_CHECKED}. */
  public FieldVector addChecked(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.ADD_CHECKED, left, right);
  }

  /** Returns sums, checked, with one value for every row: {@link Functions#ADD_CHECKED}. */
  public FieldVector addChecked(FieldVector left, Scalar right) {
    return elementwise.call(Functions.ADD_CHECKED, left, right);
  }

  /** Returns differences that wrap around: {@link Functions#SUBTRACT}. */
  public FieldVector subtract(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.SUBTRACT, left, right);
  }

  /**
   * Returns differences that wrap around, with one value for every row: {@link Functions#SUBTRACT}.
   */
  public FieldVector subtract(FieldVector left, Scalar right) {
    return elementwise.call(Functions.SUBTRACT, left, right);
  }

  /** Returns differences, checked: {@link Functions#SUBTRACT_CHECKED}. */
  public FieldVector subtractChecked(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.SUBTRACT_CHECKED, left, right);
  }

  /**
   * Returns differences, checked, with one value for every row: {@link Functions#SUBTRACT_CHECKED}.
   */
  public FieldVector subtractChecked(FieldVector left, Scalar right) {
    return elementwise.call(Functions.SUBTRACT_CHECKED, left, right);
  }

  /** Returns products that wrap around: {@link Functions#MULTIPLY}. */
  public FieldVector multiply(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.MULTIPLY, left, right);
  }

  /**
   * Returns products that wrap around, with one value for every row: {@link Functions#MULTIPLY}.
   */
  public FieldVector multiply(FieldVector left, Scalar right) {
    return elementwise.call(Functions.MULTIPLY, left, right);
  }

  /** Returns products, checked: {@link Functions#MULTIPLY_CHECKED}. */
  public FieldVector multiplyChecked(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.MULTIPLY_CHECKED, left, right);
  }

  /**
   * Returns products, checked, with one value for every row: {@link Functions#MULTIPLY_CHECKED}.
   */
  public FieldVector multiplyChecked(FieldVector left, Scalar right) {
    return elementwise.call(Functions.MULTIPLY_CHECKED, left, right);
  }

  /** Returns quotients; an integer zero as divisor fails: {@link Functions#DIVIDE}. */
  public FieldVector divide(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.DIVIDE, left, right);
  }

  /**
   * Returns quotients; an integer zero as divisor fails, with one value for every row: {@link
   * Functions#DIVIDE}.
   */
  public FieldVector divide(FieldVector left, Scalar right) {
    return elementwise.call(Functions.DIVIDE, left, right);
  }

  /** Returns quotients, checked: {@link Functions#DIVIDE_CHECKED}. */
  public FieldVector divideChecked(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.DIVIDE_CHECKED, left, right);
  }

  /** Returns quotients, checked, with one value for every row: {@link Functions#DIVIDE_CHECKED}. */
  public FieldVector divideChecked(FieldVector left, Scalar right) {
    return elementwise.call(Functions.DIVIDE_CHECKED, left, right);
  }

  /** Returns negated numbers: {@link Functions#NEGATE}. */
  public FieldVector negate(FieldVector values) {
    return elementwise.call(Functions.NEGATE, values);
  }

  /** Returns negated numbers, checked: {@link Functions#NEGATE_CHECKED}. */
  public FieldVector negateChecked(FieldVector values) {
    return elementwise.call(Functions.NEGATE_CHECKED, values);
  }

  /** Returns magnitudes: {@link Functions#ABS}. */
  public FieldVector abs(FieldVector values) {
    return elementwise.call(Functions.ABS, values);
  }

  /** Returns magnitudes, checked: {@link Functions#ABS_CHECKED}. */
  public FieldVector absChecked(FieldVector values) {
    return elementwise.call(Functions.ABS_CHECKED, values);
  }

  /** Returns signs: {@link Functions#SIGN}. */
  public FieldVector sign(FieldVector values) {
    return elementwise.call(Functions.SIGN, values);
  }

  /** Returns square roots: {@link Functions#SQRT}. */
  public FieldVector sqrt(FieldVector values) {
    return elementwise.call(Functions.SQRT, values);
  }

  /** Returns whole numbers not above: {@link Functions#FLOOR}. */
  public FieldVector floor(FieldVector values) {
    return elementwise.call(Functions.FLOOR, values);
  }

  /** Returns whole numbers not below: {@link Functions#CEIL}. */
  public FieldVector ceil(FieldVector values) {
    return elementwise.call(Functions.CEIL, values);
  }

  /** Returns whole parts: {@link Functions#TRUNC}. */
  public FieldVector trunc(FieldVector values) {
    return elementwise.call(Functions.TRUNC, values);
  }

  /** Returns nearest whole numbers: {@link Functions#ROUND}. */
  public FieldVector round(FieldVector values) {
    return elementwise.call(Functions.ROUND, values);
  }
}

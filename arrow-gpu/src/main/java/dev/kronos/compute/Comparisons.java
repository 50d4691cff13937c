// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Compares values of one type row by row, as Arrow's comparison functions do. A result is a
 * boolean, null where an operand is. No comparison with NaN holds but that of inequality.
 * Ownership, errors and cost are those of {@link Elementwise}: O(n) work and memory for n rows,
 * O(b) work for strings of b bytes. Thread-safe.
 */
public final class Comparisons {
  private final Elementwise elementwise;

  /** Creates the functions of a device, which stays the caller's. */
  public Comparisons(Kronos kronos) {
    this.elementwise = new Elementwise(kronos);
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public Comparisons(Kronos kronos, DictionaryProvider dictionaries) {
    this.elementwise = new Elementwise(kronos, dictionaries);
  }

  /** Returns whether values are equal: {@link Functions#EQUAL}. */
  public FieldVector equal(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.EQUAL, left, right);
  }

  /** Returns whether values are equal, with one value for every row: {@link Functions#EQUAL}. */
  public FieldVector equal(FieldVector left, Scalar right) {
    return elementwise.call(Functions.EQUAL, left, right);
  }

  /** Returns whether values differ: {@link Functions#NOT_EQUAL}. */
  public FieldVector notEqual(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.NOT_EQUAL, left, right);
  }

  /** Returns whether values differ, with one value for every row: {@link Functions#NOT_EQUAL}. */
  public FieldVector notEqual(FieldVector left, Scalar right) {
    return elementwise.call(Functions.NOT_EQUAL, left, right);
  }

  /** Returns whether the left value is less: {@link Functions#LESS}. */
  public FieldVector less(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.LESS, left, right);
  }

  /**
   * Returns whether the left value is less, with one value for every row: {@link Functions#LESS}.
   */
  public FieldVector less(FieldVector left, Scalar right) {
    return elementwise.call(Functions.LESS, left, right);
  }

  /** Returns whether the left value is less or equal: {@link Functions#LESS_EQUAL}. */
  public FieldVector lessEqual(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.LESS_EQUAL, left, right);
  }

  /**
   * Returns whether the left value is less or equal, with one value for every row: {@link
   * Functions#LESS_EQUAL}.
   */
  public FieldVector lessEqual(FieldVector left, Scalar right) {
    return elementwise.call(Functions.LESS_EQUAL, left, right);
  }

  /** Returns whether the left value is greater: {@link Functions#GREATER}. */
  public FieldVector greater(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.GREATER, left, right);
  }

  /**
   * Returns whether the left value is greater, with one value for every row: {@link
   * Functions#GREATER}.
   */
  public FieldVector greater(FieldVector left, Scalar right) {
    return elementwise.call(Functions.GREATER, left, right);
  }

  /** Returns whether the left value is greater or equal: {@link Functions#GREATER_EQUAL}. */
  public FieldVector greaterEqual(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.GREATER_EQUAL, left, right);
  }

  /**
   * Returns whether the left value is greater or equal, with one value for every row: {@link
   * Functions#GREATER_EQUAL}.
   */
  public FieldVector greaterEqual(FieldVector left, Scalar right) {
    return elementwise.call(Functions.GREATER_EQUAL, left, right);
  }
}

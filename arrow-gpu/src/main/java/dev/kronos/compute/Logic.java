// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Combines booleans and tests for nulls row by row, as Arrow's functions do. Functions with Kleene
 * in their names let one operand decide where the other is null; the others are null where an
 * operand is. Ownership, errors and cost are those of {@link Elementwise}: O(n) work and memory for
 * n rows. Thread-safe.
 */
public final class Logic {
  private final Elementwise elementwise;

  /** Creates the functions of a device, which stays the caller's. */
  public Logic(Kronos kronos) {
    this.elementwise = new Elementwise(kronos);
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public Logic(Kronos kronos, DictionaryProvider dictionaries) {
    this.elementwise = new Elementwise(kronos, dictionaries);
  }

  /** Returns whether both hold: {@link Functions#AND}. */
  public FieldVector and(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.AND, left, right);
  }

  /** Returns whether both hold, with one value for every row: {@link Functions#AND}. */
  public FieldVector and(FieldVector left, Scalar right) {
    return elementwise.call(Functions.AND, left, right);
  }

  /** Returns whether either holds: {@link Functions#OR}. */
  public FieldVector or(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.OR, left, right);
  }

  /** Returns whether either holds, with one value for every row: {@link Functions#OR}. */
  public FieldVector or(FieldVector left, Scalar right) {
    return elementwise.call(Functions.OR, left, right);
  }

  /** Returns whether one of both holds: {@link Functions#XOR}. */
  public FieldVector xor(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.XOR, left, right);
  }

  /** Returns whether one of both holds, with one value for every row: {@link Functions#XOR}. */
  public FieldVector xor(FieldVector left, Scalar right) {
    return elementwise.call(Functions.XOR, left, right);
  }

  /** Returns whether the left one alone holds: {@link Functions#AND_NOT}. */
  public FieldVector andNot(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.AND_NOT, left, right);
  }

  /**
   * Returns whether the left one alone holds, with one value for every row: {@link
   * Functions#AND_NOT}.
   */
  public FieldVector andNot(FieldVector left, Scalar right) {
    return elementwise.call(Functions.AND_NOT, left, right);
  }

  /** Returns whether both hold: {@link Functions#AND_KLEENE}. */
  public FieldVector andKleene(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.AND_KLEENE, left, right);
  }

  /** Returns whether both hold, with one value for every row: {@link Functions#AND_KLEENE}. */
  public FieldVector andKleene(FieldVector left, Scalar right) {
    return elementwise.call(Functions.AND_KLEENE, left, right);
  }

  /** Returns whether either holds: {@link Functions#OR_KLEENE}. */
  public FieldVector orKleene(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.OR_KLEENE, left, right);
  }

  /** Returns whether either holds, with one value for every row: {@link Functions#OR_KLEENE}. */
  public FieldVector orKleene(FieldVector left, Scalar right) {
    return elementwise.call(Functions.OR_KLEENE, left, right);
  }

  /** Returns whether the left one alone holds: {@link Functions#AND_NOT_KLEENE}. */
  public FieldVector andNotKleene(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.AND_NOT_KLEENE, left, right);
  }

  /**
   * Returns whether the left one alone holds, with one value for every row: {@link
   * Functions#AND_NOT_KLEENE}.
   */
  public FieldVector andNotKleene(FieldVector left, Scalar right) {
    return elementwise.call(Functions.AND_NOT_KLEENE, left, right);
  }

  /** Returns inverted booleans: {@link Functions#INVERT}. */
  public FieldVector invert(FieldVector values) {
    return elementwise.call(Functions.INVERT, values);
  }

  /** Returns whether values are null: {@link Functions#IS_NULL}. */
  public FieldVector isNull(FieldVector values) {
    return elementwise.call(Functions.IS_NULL, values);
  }

  /** Returns whether values are not null: {@link Functions#IS_VALID}. */
  public FieldVector isValid(FieldVector values) {
    return elementwise.call(Functions.IS_VALID, values);
  }

  /** Returns whether numbers are NaN: {@link Functions#IS_NAN}. */
  public FieldVector isNan(FieldVector values) {
    return elementwise.call(Functions.IS_NAN, values);
  }

  /** Returns whether numbers are infinite: {@link Functions#IS_INF}. */
  public FieldVector isInf(FieldVector values) {
    return elementwise.call(Functions.IS_INF, values);
  }

  /** Returns whether numbers are finite: {@link Functions#IS_FINITE}. */
  public FieldVector isFinite(FieldVector values) {
    return elementwise.call(Functions.IS_FINITE, values);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Works on the bits of integers of one type row by row, as Arrow's functions do. A result is null
 * where an operand is. Ownership, errors and cost are those of {@link Elementwise}: O(n) work and
 * memory for n rows. Thread-safe.
 */
public final class Bits {
  private final Elementwise elementwise;

  /** Creates the functions of a device, which stays the caller's. */
  public Bits(Kronos kronos) {
    this.elementwise = new Elementwise(kronos);
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public Bits(Kronos kronos, DictionaryProvider dictionaries) {
    this.elementwise = new Elementwise(kronos, dictionaries);
  }

  /** Returns bits that both have: {@link Functions#BIT_WISE_AND}. */
  public FieldVector and(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.BIT_WISE_AND, left, right);
  }

  /** Returns bits that both have, with one value for every row: {@link Functions#BIT_WISE_AND}. */
  public FieldVector and(FieldVector left, Scalar right) {
    return elementwise.call(Functions.BIT_WISE_AND, left, right);
  }

  /** Returns bits that either has: {@link Functions#BIT_WISE_OR}. */
  public FieldVector or(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.BIT_WISE_OR, left, right);
  }

  /** Returns bits that either has, with one value for every row: {@link Functions#BIT_WISE_OR}. */
  public FieldVector or(FieldVector left, Scalar right) {
    return elementwise.call(Functions.BIT_WISE_OR, left, right);
  }

  /** Returns bits that differ: {@link Functions#BIT_WISE_XOR}. */
  public FieldVector xor(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.BIT_WISE_XOR, left, right);
  }

  /** Returns bits that differ, with one value for every row: {@link Functions#BIT_WISE_XOR}. */
  public FieldVector xor(FieldVector left, Scalar right) {
    return elementwise.call(Functions.BIT_WISE_XOR, left, right);
  }

  /** Returns inverted bits: {@link Functions#BIT_WISE_NOT}. */
  public FieldVector not(FieldVector values) {
    return elementwise.call(Functions.BIT_WISE_NOT, values);
  }

  /** Returns bits shifted up: {@link Functions#SHIFT_LEFT}. */
  public FieldVector shiftLeft(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.SHIFT_LEFT, left, right);
  }

  /** Returns bits shifted up, with one value for every row: {@link Functions#SHIFT_LEFT}. */
  public FieldVector shiftLeft(FieldVector left, Scalar right) {
    return elementwise.call(Functions.SHIFT_LEFT, left, right);
  }

  /** Returns bits shifted up, checked: {@link Functions#SHIFT_LEFT_CHECKED}. */
  public FieldVector shiftLeftChecked(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.SHIFT_LEFT_CHECKED, left, right);
  }

  /**
   * Returns bits shifted up, checked, with one value for every row: {@link
   * Functions#SHIFT_LEFT_CHECKED}.
   */
  public FieldVector shiftLeftChecked(FieldVector left, Scalar right) {
    return elementwise.call(Functions.SHIFT_LEFT_CHECKED, left, right);
  }

  /** Returns bits shifted down: {@link Functions#SHIFT_RIGHT}. */
  public FieldVector shiftRight(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.SHIFT_RIGHT, left, right);
  }

  /** Returns bits shifted down, with one value for every row: {@link Functions#SHIFT_RIGHT}. */
  public FieldVector shiftRight(FieldVector left, Scalar right) {
    return elementwise.call(Functions.SHIFT_RIGHT, left, right);
  }

  /** Returns bits shifted down, checked: {@link Functions#SHIFT_RIGHT_CHECKED}. */
  public FieldVector shiftRightChecked(FieldVector left, FieldVector right) {
    return elementwise.call(Functions.SHIFT_RIGHT_CHECKED, left, right);
  }

  /**
   * Returns bits shifted down, checked, with one value for every row: {@link
   * Functions#SHIFT_RIGHT_CHECKED}.
   */
  public FieldVector shiftRightChecked(FieldVector left, Scalar right) {
    return elementwise.call(Functions.SHIFT_RIGHT_CHECKED, left, right);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Chooses between values of one type row by row, as Arrow's functions do. Ownership, errors and
 * cost are those of {@link Elementwise}: O(n) work and memory for n rows. Thread-safe.
 */
public final class Choices {
  private final Elementwise elementwise;

  /** Creates the functions of a device, which stays the caller's. */
  public Choices(Kronos kronos) {
    this.elementwise = new Elementwise(kronos);
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public Choices(Kronos kronos, DictionaryProvider dictionaries) {
    this.elementwise = new Elementwise(kronos, dictionaries);
  }

  /**
   * Returns values of one vector or another: {@link Functions#IF_ELSE}.
   *
   * @param condition booleans; null gives null
   * @param then values where the condition is true
   * @param otherwise values where it is false
   */
  public FieldVector ifElse(FieldVector condition, FieldVector then, FieldVector otherwise) {
    return elementwise.call(Functions.IF_ELSE, condition, then, otherwise);
  }

  /** Returns at each row the first value that is not null: {@link Functions#COALESCE}. */
  public FieldVector coalesce(FieldVector... values) {
    return elementwise.call(Functions.COALESCE, values);
  }

  /** Returns the values, with one in place of nulls: {@link Functions#COALESCE}. */
  public FieldVector fillNull(FieldVector values, Scalar replacement) {
    return elementwise.call(Functions.COALESCE, values, replacement);
  }
}

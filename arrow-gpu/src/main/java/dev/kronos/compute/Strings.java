// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import org.apache.arrow.vector.FieldVector;

/**
 * Looks into strings, and makes new ones, row by row, as Arrow's functions do. A result is null
 * where an operand is. Ownership, errors and cost are those of {@link Elementwise}: O(n + b) work
 * and memory for n strings of b bytes in all, but O(b m) work at worst where a part of m bytes is
 * looked for in them. Thread-safe.
 */
public final class Strings {
  private final Elementwise elementwise;

  /** Creates the functions of a device, which stays the caller's. */
  public Strings(Kronos kronos) {
    this.elementwise = new Elementwise(kronos);
  }

  /** Returns whether values start with others: {@link Functions#STARTS_WITH}. */
  public FieldVector startsWith(FieldVector values, FieldVector prefixes) {
    return elementwise.call(Functions.STARTS_WITH, values, prefixes);
  }

  /** Returns whether values start with one prefix: {@link Functions#STARTS_WITH}. */
  public FieldVector startsWith(FieldVector values, Scalar prefix) {
    return elementwise.call(Functions.STARTS_WITH, values, prefix);
  }

  /** Returns whether values end with others: {@link Functions#ENDS_WITH}. */
  public FieldVector endsWith(FieldVector values, FieldVector suffixes) {
    return elementwise.call(Functions.ENDS_WITH, values, suffixes);
  }

  /** Returns whether values end with one suffix: {@link Functions#ENDS_WITH}. */
  public FieldVector endsWith(FieldVector values, Scalar suffix) {
    return elementwise.call(Functions.ENDS_WITH, values, suffix);
  }

  /** Returns whether others lie in values: {@link Functions#MATCH_SUBSTRING}. */
  public FieldVector matchSubstring(FieldVector values, FieldVector parts) {
    return elementwise.call(Functions.MATCH_SUBSTRING, values, parts);
  }

  /** Returns whether one string lies in values: {@link Functions#MATCH_SUBSTRING}. */
  public FieldVector matchSubstring(FieldVector values, Scalar part) {
    return elementwise.call(Functions.MATCH_SUBSTRING, values, part);
  }

  /** Returns sizes in characters: {@link Functions#UTF8_LENGTH}. */
  public FieldVector utf8Length(FieldVector values) {
    return elementwise.call(Functions.UTF8_LENGTH, values);
  }

  /** Returns sizes in bytes: {@link Functions#BINARY_LENGTH}. */
  public FieldVector binaryLength(FieldVector values) {
    return elementwise.call(Functions.BINARY_LENGTH, values);
  }

  /** Returns values with letters in upper case: {@link Functions#UTF8_UPPER}. */
  public FieldVector utf8Upper(FieldVector values) {
    return elementwise.call(Functions.UTF8_UPPER, values);
  }

  /** Returns values with letters in lower case: {@link Functions#UTF8_LOWER}. */
  public FieldVector utf8Lower(FieldVector values) {
    return elementwise.call(Functions.UTF8_LOWER, values);
  }

  /** Returns values from the last character to the first: {@link Functions#UTF8_REVERSE}. */
  public FieldVector utf8Reverse(FieldVector values) {
    return elementwise.call(Functions.UTF8_REVERSE, values);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.column.DataType;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Converts vectors to other types, as Arrow's {@code cast} does, or by text as {@link TextCasts}
 * lists. Nulls stay null. Ownership, errors and cost are those of {@link Elementwise}: O(n) work
 * and memory for n rows, O(b) for the b bytes of strings. Thread-safe.
 */
public final class Conversions {
  private final Elementwise elementwise;

  /** Creates the functions of a device, which stays the caller's. */
  public Conversions(Kronos kronos) {
    this.elementwise = new Elementwise(kronos);
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public Conversions(Kronos kronos, DictionaryProvider dictionaries) {
    this.elementwise = new Elementwise(kronos, dictionaries);
  }

  /**
   * Returns the values as another type; one that it cannot hold fails: {@link Functions#cast}.
   *
   * @throws dev.kronos.KronosException.InvalidArgument naming the first row that does not fit
   */
  public FieldVector cast(FieldVector values, DataType to) {
    return elementwise.call(Functions.cast(to), values);
  }

  /** Returns the values as another type, whatever they are: {@link Functions#castUnchecked}. */
  public FieldVector castUnchecked(FieldVector values, DataType to) {
    return elementwise.call(Functions.castUnchecked(to), values);
  }

  /** Returns the values as strings: {@link TextCasts#TO_TEXT}. */
  public FieldVector toText(FieldVector values) {
    return elementwise.call(TextCasts.TO_TEXT, values);
  }

  /**
   * Returns the values of strings; one that is none fails: {@link TextCasts#parse}.
   *
   * @throws dev.kronos.KronosException.InvalidArgument naming the first row that cannot be read
   */
  public FieldVector parse(FieldVector texts, DataType to) {
    return elementwise.call(TextCasts.parse(to), texts);
  }

  /** Returns the values of strings, null where one is none: {@link TextCasts#parseOrNull}. */
  public FieldVector parseOrNull(FieldVector texts, DataType to) {
    return elementwise.call(TextCasts.parseOrNull(to), texts);
  }

  /** Returns floating point numbers as decimals by text: {@link TextCasts#decimalWritten}. */
  public FieldVector decimalWritten(FieldVector values, DataType to) {
    return elementwise.call(TextCasts.decimalWritten(to), values);
  }
}

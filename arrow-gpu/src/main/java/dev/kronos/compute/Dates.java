// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Takes dates and timestamps without zone apart row by row, as Arrow's functions do. A result is an
 * int64, null where the date is. Ownership, errors and cost are those of {@link Elementwise}: O(n)
 * work and memory for n rows. Thread-safe.
 */
public final class Dates {
  private final Elementwise elementwise;

  /** Creates the functions of a device, which stays the caller's. */
  public Dates(Kronos kronos) {
    this.elementwise = new Elementwise(kronos);
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public Dates(Kronos kronos, DictionaryProvider dictionaries) {
    this.elementwise = new Elementwise(kronos, dictionaries);
  }

  /** Returns the years: {@link Functions#YEAR}. */
  public FieldVector year(FieldVector dates) {
    return elementwise.call(Functions.YEAR, dates);
  }

  /** Returns the quarters: {@link Functions#QUARTER}. */
  public FieldVector quarter(FieldVector dates) {
    return elementwise.call(Functions.QUARTER, dates);
  }

  /** Returns the months: {@link Functions#MONTH}. */
  public FieldVector month(FieldVector dates) {
    return elementwise.call(Functions.MONTH, dates);
  }

  /** Returns the days of the month: {@link Functions#DAY}. */
  public FieldVector day(FieldVector dates) {
    return elementwise.call(Functions.DAY, dates);
  }

  /** Returns the days of the year: {@link Functions#DAY_OF_YEAR}. */
  public FieldVector dayOfYear(FieldVector dates) {
    return elementwise.call(Functions.DAY_OF_YEAR, dates);
  }

  /** Returns the days of the week: {@link Functions#DAY_OF_WEEK}. */
  public FieldVector dayOfWeek(FieldVector dates) {
    return elementwise.call(Functions.DAY_OF_WEEK, dates);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.column.DataType;
import org.apache.arrow.vector.FieldVector;

/**
 * Converts vectors to other types, as Arrow's {@code cast} does. Nulls stay null. Ownership, errors
 * and cost are those of {@link Elementwise}: O(n) work and memory for n rows. Thread-safe.
 */
public final class Conversions {
  private final Elementwise elementwise;

  /** Creates the functions of a device, which stays the caller's. */
  public Conversions(Kronos kronos) {
    this.elementwise = new Elementwise(kronos);
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
}

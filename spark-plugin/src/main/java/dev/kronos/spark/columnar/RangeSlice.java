// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * Is the part of a range of numbers that one task makes, as Spark cuts it: slice {@code i} of
 * {@code n} has the numbers from place {@code i * count / n} on, in exact arithmetic; what lies
 * beyond 64 bits is cut off. Immutable.
 *
 * @param start the first number
 * @param end where the numbers end; not among them
 * @param step from one number to the next, not 0
 */
record RangeSlice(long start, long end, long step) implements Serializable {
  private static final int LONG_BITS = 63;

  /** Refuses ranges without an end. */
  RangeSlice {
    if (step == 0) {
      throw new IllegalArgumentException("step must not be 0: start=" + start);
    }
  }

  /**
   * Cuts a range.
   *
   * @param start the range's first number
   * @param step from one number to the next, not 0
   * @param count how many numbers the range has
   * @param index which slice, from 0
   * @param slices how many slices, 1 or more
   */
  static RangeSlice of(long start, long step, BigInteger count, int index, int slices) {
    return new RangeSlice(
        border(start, step, count, index, slices),
        border(start, step, count, index + 1L, slices),
        step);
  }

  private static long border(long start, long step, BigInteger count, long index, int slices) {
    BigInteger place = count.multiply(BigInteger.valueOf(index)).divide(BigInteger.valueOf(slices));
    BigInteger exact = place.multiply(BigInteger.valueOf(step)).add(BigInteger.valueOf(start));
    if (exact.bitLength() <= LONG_BITS) {
      return exact.longValue();
    }
    return exact.signum() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  /** Returns how many numbers there are, from 0 to 2^64 - 1, as an unsigned value. */
  long size() {
    boolean empty = step > 0 ? start >= end : start <= end;
    if (empty) {
      return 0;
    }
    // Differences of 64-bit numbers fit into 64 bits without a sign.
    long distance = step > 0 ? end - start : start - end;
    long stride = step > 0 ? step : -step;
    return Long.divideUnsigned(distance - 1, stride) + 1;
  }

  /** Returns the number at a place, from 0. */
  long at(long place) {
    return start + place * step;
  }
}

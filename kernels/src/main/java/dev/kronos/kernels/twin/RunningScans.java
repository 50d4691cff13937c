// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.LongBinaryOperator;

/**
 * Computes running sums, minima and maxima as the {@code scan/running} kernels do; floats are
 * {@link FloatSums}'.
 */
public final class RunningScans {
  private static final BigInteger BEYOND = BigInteger.TEN.pow(38);
  private static final int WORKGROUP = 256;
  private static final int ITEMS = 8;
  private static final int TILE = WORKGROUP * ITEMS;

  private RunningScans() {}

  /**
   * Runs through doubles, each result with its own value, in the order of additions of the kernels.
   *
   * @param values the doubles
   * @return as many sums
   */
  public static double[] inclusiveSums(double... values) {
    return doubles(inclusive(RunningScans::add, 0, bits(values)));
  }

  /**
   * Runs through doubles, each result without its own value. Where an invocation begins, that is
   * not the result before it: it was added in another order.
   *
   * @param values the doubles
   * @return as many sums
   */
  public static double[] exclusiveSums(double... values) {
    long[] bits = bits(values);
    long[] after = inclusive(RunningScans::add, 0, bits);
    long[] starts = starts(RunningScans::add, 0, bits);
    long[] before = new long[bits.length];
    for (int i = 0; i < before.length; i++) {
      before[i] = i % ITEMS > 0 ? after[i - 1] : starts[i / ITEMS];
    }
    return doubles(before);
  }

  private static long[] bits(double... values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  private static double[] doubles(long... bits) {
    return Arrays.stream(bits).mapToDouble(Double::longBitsToDouble).toArray();
  }

  /** Adds bits of doubles; numbers below the least normal one are zeros, all NaNs are the same. */
  private static long add(long a, long b) {
    return normal(normal(a) + normal(b));
  }

  private static double normal(long bits) {
    return Double.longBitsToDouble(normal(Double.longBitsToDouble(bits)));
  }

  private static long normal(double value) {
    double flushed = Math.abs(value) < Double.MIN_NORMAL ? Math.copySign(0.0, value) : value;
    return Double.doubleToLongBits(flushed);
  }

  /**
   * Combines 64-bit values in the order of the kernels.
   *
   * @param operation what combines two
   * @param neutral what changes nothing
   * @param values the values
   * @return as many results, each with its own value
   */
  public static long[] inclusive(LongBinaryOperator operation, long neutral, long... values) {
    long[] starts = starts(operation, neutral, values);
    long[] results = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      long running = i % ITEMS > 0 ? results[i - 1] : starts[i / ITEMS];
      results[i] = operation.applyAsLong(running, values[i]);
    }
    return results;
  }

  /**
   * Adds unscaled decimals, exactly, so that the order does not matter.
   *
   * @param values integers of up to 38 digits
   * @return as many sums, each with its own value; null where one has more than 38 digits
   */
  public static BigInteger[] decimalSums(BigInteger... values) {
    BigInteger[] results = new BigInteger[values.length];
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < values.length; i++) {
      sum = sum.add(values[i]);
      results[i] = sum.abs().compareTo(BEYOND) < 0 ? sum : null;
    }
    return results;
  }

  /** Returns what each invocation of each tile starts with. */
  private static long[] starts(LongBinaryOperator operation, long neutral, long... values) {
    int tiles = (values.length + TILE - 1) / TILE;
    long[][] lanes = new long[tiles][];
    long[] totals = new long[tiles];
    for (int tile = 0; tile < tiles; tile++) {
      lanes[tile] = workgroup(operation, lanes(operation, neutral, values, tile));
      totals[tile] = lanes[tile][WORKGROUP - 1];
    }
    long[] tileStarts = spine(operation, neutral, totals);
    long[] starts = new long[tiles * WORKGROUP];
    for (int i = 0; i < starts.length; i++) {
      int lane = i % WORKGROUP;
      long before = lane == 0 ? neutral : lanes[i / WORKGROUP][lane - 1];
      starts[i] = operation.applyAsLong(tileStarts[i / WORKGROUP], before);
    }
    return starts;
  }

  private static long[] spine(LongBinaryOperator operation, long neutral, long... totals) {
    long[] starts = new long[totals.length];
    long start = neutral;
    for (int base = 0; base < totals.length; base += WORKGROUP) {
      long[] chunk = new long[WORKGROUP];
      Arrays.fill(chunk, neutral);
      int count = Math.min(WORKGROUP, totals.length - base);
      System.arraycopy(totals, base, chunk, 0, count);
      long[] sums = workgroup(operation, chunk);
      for (int i = 0; i < count; i++) {
        starts[base + i] = operation.applyAsLong(start, i == 0 ? neutral : sums[i - 1]);
      }
      start = operation.applyAsLong(start, sums[WORKGROUP - 1]);
    }
    return starts;
  }

  private static long[] lanes(LongBinaryOperator operation, long neutral, long[] values, int tile) {
    long[] lanes = new long[WORKGROUP];
    for (int lane = 0; lane < WORKGROUP; lane++) {
      long all = neutral;
      for (int item = 0; item < ITEMS; item++) {
        int i = tile * TILE + lane * ITEMS + item;
        all = operation.applyAsLong(all, i < values.length ? values[i] : neutral);
      }
      lanes[lane] = all;
    }
    return lanes;
  }

  /** Hillis and Steele's scan. */
  private static long[] workgroup(LongBinaryOperator operation, long... lanes) {
    long[] sums = lanes.clone();
    for (int reach = 1; reach < WORKGROUP; reach <<= 1) {
      long[] last = sums.clone();
      for (int lane = reach; lane < WORKGROUP; lane++) {
        sums[lane] = operation.applyAsLong(last[lane - reach], last[lane]);
      }
    }
    return sums;
  }
}

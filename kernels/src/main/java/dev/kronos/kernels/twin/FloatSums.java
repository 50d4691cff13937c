// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

import java.util.Arrays;

/**
 * Computes running sums of floats as the kernels {@code scan/running_*_sum_float32} and {@code
 * scan/lookback_float32} do: in double precision, each result rounded once.
 *
 * <p>The order of additions: 4 neighbours one after the other (a quad), Hillis and Steele's scan
 * over 32 quads (a row), 4 rows one after the other (a band), the scan over 16 bands (a tile of
 * 8192 values) and over 32 tiles (a chunk), and the chunks one after the other. A result is what is
 * before its chunk, its tile, its band and its quad, added in this order, and then the quad's
 * values. So no value goes through more than about n / 262,144 + 30 additions on its way into a sum
 * of n, each of which may be off by 2<sup>-53</sup> of the sum it makes.
 */
public final class FloatSums {
  private static final int QUAD = 4;
  private static final int ROW = 32;
  private static final int ROWS = 4;

  private FloatSums() {}

  /**
   * Runs through floats, each result with its own value.
   *
   * @param values the floats
   * @return as many sums
   */
  public static float[] inclusive(float... values) {
    return sums(ROW, 1, values);
  }

  /**
   * Runs through floats, each result with its own value, by narrower rows.
   *
   * @param row quads of a row and tiles of a chunk, a power of two from 8 to 32; a tile has half as
   *     many bands
   * @param values the floats
   * @return as many sums
   */
  public static float[] inclusiveByRows(int row, float... values) {
    return sums(row, 1, values);
  }

  /**
   * Runs through floats, each result without its own value.
   *
   * @param values the floats
   * @return as many sums
   */
  public static float[] exclusive(float... values) {
    return sums(ROW, 0, values);
  }

  private static float[] sums(int row, int own, float... values) {
    double[] starts = starts(row, quads(row * ROWS * row / 2, values));
    float[] results = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      double sum = starts[i / QUAD];
      for (int j = i / QUAD * QUAD; j < i + own; j++) {
        sum += values[j];
      }
      results[i] = (float) sum;
    }
    return results;
  }

  /** Sums quads; there are as many as whole tiles have. */
  private static double[] quads(int tile, float... values) {
    int tiles = (values.length / QUAD + tile) / tile;
    double[] quads = new double[tiles * tile];
    for (int i = 0; i < values.length; i++) {
      quads[i / QUAD] = i % QUAD == 0 ? values[i] : quads[i / QUAD] + values[i];
    }
    return quads;
  }

  /** Turns sums of quads into what is before each of them. */
  private static double[] starts(int size, double... quads) {
    Level rows = scanned(size, quads);
    Level bands = added(ROWS, rows.sums);
    Level tiles = scanned(size / 2, bands.sums);
    Level chunks = scanned(size, tiles.sums);
    double[] before = added(chunks.sums.length, chunks.sums).before;
    double[] starts = new double[quads.length];
    for (int i = 0; i < starts.length; i++) {
      int row = i / size;
      int band = row / ROWS;
      int tile = band / (size / 2);
      double start = before[tile / size] + chunks.before[tile];
      starts[i] = start + tiles.before[band] + (bands.before[row] + rows.before[i]);
    }
    return starts;
  }

  /** What groups of sums have, and what is before each sum in its group. */
  private record Level(double[] sums, double[] before) {}

  private static Level added(int size, double... parts) {
    double[] sums = new double[(parts.length + size - 1) / size];
    double[] before = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      before[i] = sums[i / size];
      sums[i / size] += parts[i];
    }
    return new Level(sums, before);
  }

  private static Level scanned(int size, double... parts) {
    double[] sums = new double[(parts.length + size - 1) / size];
    double[] before = new double[parts.length];
    for (int group = 0; group < sums.length; group++) {
      double[] scan = scan(Arrays.copyOfRange(parts, group * size, (group + 1) * size));
      int count = Math.min(size, parts.length - group * size);
      System.arraycopy(scan, 0, before, group * size + 1, count - 1);
      sums[group] = scan[size - 1];
    }
    return new Level(sums, before);
  }

  /** Hillis and Steele's scan. */
  private static double[] scan(double... quads) {
    double[] sums = quads.clone();
    for (int reach = 1; reach < sums.length; reach <<= 1) {
      double[] last = sums.clone();
      for (int i = reach; i < sums.length; i++) {
        sums[i] = last[i - reach] + last[i];
      }
    }
    return sums;
  }
}

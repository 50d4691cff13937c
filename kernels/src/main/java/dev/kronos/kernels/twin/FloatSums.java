// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

import java.util.Arrays;

/**
 * Computes running sums of floats as the kernels {@code scan/running_*_sum_float32} and {@code
 * scan/lookback_float32} do: in double precision, each result rounded once.
 *
 * <p>The order of additions: 4 neighbours one after the other (a quad), Hillis and Steele's scan
 * over 32 quads (a row), 4 rows one after the other (a band), 8 bands one after the other (a tile
 * of 4096 values), 32 tiles one after the other (a chunk), and the chunks one after the other. A
 * result is what is before its chunk, its tile, its band and its quad, added in this order, and
 * then the quad's values. So a sum of n values has been through about n / 131,072 + 60 additions,
 * each of which may be off by 2<sup>-53</sup> of the sum it makes.
 */
public final class FloatSums {
  private static final int QUAD = 4;
  private static final int ROW = 32;
  private static final int ROWS = 4;
  private static final int BANDS = 8;
  private static final int CHUNK = 32;
  private static final int TILE_QUADS = ROW * ROWS * BANDS;

  private FloatSums() {}

  /**
   * Runs through floats, each result with its own value.
   *
   * @param values the floats
   * @return as many sums
   */
  public static float[] inclusive(float... values) {
    return sums(1, values);
  }

  /**
   * Runs through floats, each result without its own value.
   *
   * @param values the floats
   * @return as many sums
   */
  public static float[] exclusive(float... values) {
    return sums(0, values);
  }

  private static float[] sums(int own, float... values) {
    double[] starts = starts(quads(values));
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
  private static double[] quads(float... values) {
    int tiles = (values.length / QUAD + TILE_QUADS) / TILE_QUADS;
    double[] quads = new double[tiles * TILE_QUADS];
    for (int i = 0; i < values.length; i++) {
      quads[i / QUAD] = i % QUAD == 0 ? values[i] : quads[i / QUAD] + values[i];
    }
    return quads;
  }

  /** Turns sums of quads into what is before each of them. */
  private static double[] starts(double... quads) {
    double[] rowSums = new double[quads.length / ROW];
    double[] inRow = new double[quads.length];
    for (int row = 0; row < rowSums.length; row++) {
      double[] scan = scan(Arrays.copyOfRange(quads, row * ROW, (row + 1) * ROW));
      System.arraycopy(scan, 0, inRow, row * ROW + 1, ROW - 1);
      rowSums[row] = scan[ROW - 1];
    }
    double[] bandSums = sums(ROWS, rowSums);
    double[] tileSums = sums(BANDS, bandSums);
    double[] inBand = before(ROWS, rowSums);
    double[] inTile = before(BANDS, bandSums);
    double[] inChunk = before(CHUNK, tileSums);
    double[] chunkSums = sums(CHUNK, tileSums);
    double[] chunks = before(chunkSums.length, chunkSums);
    double[] starts = new double[quads.length];
    for (int i = 0; i < starts.length; i++) {
      int row = i / ROW;
      int band = row / ROWS;
      int tile = band / BANDS;
      double tileStart = chunks[tile / CHUNK] + inChunk[tile];
      starts[i] = tileStart + inTile[band] + (inBand[row] + inRow[i]);
    }
    return starts;
  }

  /** Adds so many sums at a time, one after the other. */
  private static double[] sums(int group, double... parts) {
    double[] sums = new double[(parts.length + group - 1) / group];
    for (int i = 0; i < parts.length; i++) {
      sums[i / group] += parts[i];
    }
    return sums;
  }

  /** Returns what is before each part in its group. */
  private static double[] before(int group, double... parts) {
    double[] before = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      before[i] = i % group == 0 ? 0 : before[i - 1] + parts[i - 1];
    }
    return before;
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

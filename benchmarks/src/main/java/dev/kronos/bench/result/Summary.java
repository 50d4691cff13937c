// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.result;

import java.util.Arrays;

/**
 * Sums up samples of one quantity.
 *
 * @param median the middle sample, or the mean of the two in the middle
 * @param min the least sample
 * @param deviation the median distance of the samples from their median
 * @param samples how many there are, 1 or more
 */
public record Summary(double median, double min, double deviation, int samples) {

  /**
   * Sums up.
   *
   * @throws IllegalArgumentException when there are no samples
   */
  public static Summary of(double... samples) {
    if (samples.length == 0) {
      throw new IllegalArgumentException("no samples");
    }
    double median = median(samples);
    double[] distances = Arrays.stream(samples).map(value -> Math.abs(value - median)).toArray();
    double min = Arrays.stream(samples).min().getAsDouble();
    return new Summary(median, min, median(distances), samples.length);
  }

  private static double median(double... samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}

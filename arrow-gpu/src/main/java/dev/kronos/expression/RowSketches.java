// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.kernels.twin.Murmur3Hash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Questions about sketches, in Java; {@link SketchFunction} says what they are. */
final class RowSketches {
  private static final int VERSION_1 = 1;

  private RowSketches() {}

  static Object bloomContains(List<Object> v) {
    ByteBuffer filter = ByteBuffer.wrap(((Utf8) v.get(0)).bytes());
    long item = (Long) v.get(1);
    boolean narrow = filter.getInt() == VERSION_1;
    int hashes = filter.getInt();
    int start = Murmur3Hash.ofLong(narrow ? 0 : filter.getInt(), item);
    long[] words = new long[filter.getInt()];
    filter.asLongBuffer().get(words);
    return contains(words, hashes, start, Murmur3Hash.ofLong(start, item), narrow);
  }

  private static boolean contains(long[] words, int hashes, int start, int reach, boolean narrow) {
    long wide = (long) start * Integer.MAX_VALUE;
    for (int i = 1; i <= hashes; i++) {
      wide += reach;
      int sum = start + i * reach;
      long place = narrow ? sum : wide;
      long bit = (place < 0 ? ~place : place) % ((long) words.length * Long.SIZE);
      if ((words[(int) (bit / Long.SIZE)] >>> bit & 1) == 0) {
        return false;
      }
    }
    return true;
  }

  static Object distinctEstimate(List<Object> v) {
    ByteBuffer bytes = ByteBuffer.wrap(((Utf8) v.get(2)).bytes()).order(ByteOrder.LITTLE_ENDIAN);
    long[] words = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(words);
    return distinctEstimate((Long) v.get(0), (Double) v.get(1), words);
  }

  private static long distinctEstimate(long zeros, double inverse, long[] words) {
    int points = (int) words[1];
    double estimate = Double.longBitsToDouble(words[3]) / inverse;
    if (zeros > 0) {
      long count = words[3 + 2 * points + (int) zeros];
      if (count >= 0 || estimate <= 2.5 * words[0]) {
        return count < 0 ? ~count : count;
      }
    }
    boolean corrected = points > 0 && estimate < 5.0 * words[0];
    return Math.round(corrected ? estimate - bias(words, points, estimate) : estimate);
  }

  /** Averages the biases of the nearest points, from a window that moves up from the nearest. */
  private static double bias(long[] words, int points, double estimate) {
    double[] estimates = doubles(words, 4, points);
    double[] biases = doubles(words, 4 + points, points);
    int averaged = (int) words[2];
    int found = Arrays.binarySearch(estimates, estimate);
    int low = Math.max((found < 0 ? ~found : found) - averaged + 1, 0);
    int end = Math.min(low + averaged, points);
    while (end < points && square(estimate - estimates[end]) < square(estimate - estimates[low])) {
      low++;
      end++;
    }
    double sum = 0;
    for (int i = low; i < end; i++) {
      sum += biases[i];
    }
    return sum / (end - low);
  }

  private static double square(double number) {
    return number * number;
  }

  private static double[] doubles(long[] words, int first, int count) {
    return Arrays.stream(words, first, first + count)
        .mapToDouble(Double::longBitsToDouble)
        .toArray();
  }
}

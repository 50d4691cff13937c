// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.kernels.twin.Murmur3Hash;
import java.nio.ByteBuffer;
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
}

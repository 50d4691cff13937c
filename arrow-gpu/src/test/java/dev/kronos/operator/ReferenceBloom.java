// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Literal;
import dev.kronos.expression.RowError;
import dev.kronos.expression.RowErrorException;
import dev.kronos.expression.Utf8;
import dev.kronos.kernels.twin.Murmur3Hash;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.Function;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** The plain-Java twin of Bloom filters, whose bytes {@code sketches.glsl} draws. */
final class ReferenceBloom {
  private ReferenceBloom() {}

  /** Fails for a filter of another kind than the call's. */
  static void check(AggregateCall call, Object value) {
    if (call.function() != Function.BLOOM_UNION || value == null) {
      return;
    }
    byte[] head = head(call);
    byte[] filter = bytes(value);
    int words = ByteBuffer.wrap(head).getInt(head.length - Integer.BYTES);
    if (filter.length != head.length + words * Long.BYTES
        || !Arrays.equals(head, 0, head.length, filter, 0, head.length)) {
      throw new RowErrorException(RowError.CAST);
    }
  }

  /** Returns the filter of items, or of what filters are of; null where the call asks for it. */
  static Utf8 of(AggregateCall call, List<Object> values) {
    byte[] head = head(call);
    long[] words = new long[ByteBuffer.wrap(head).getInt(head.length - Integer.BYTES)];
    for (Object value : values) {
      if (call.function() == Function.BLOOM_FILTER) {
        put(words, ByteBuffer.wrap(head), (Long) ((List<?>) value).get(0));
      } else {
        ByteBuffer other = ByteBuffer.wrap(bytes(value)).position(head.length);
        for (int i = 0; i < words.length; i++) {
          words[i] |= other.getLong();
        }
      }
    }
    ByteBuffer filter = ByteBuffer.allocate(head.length + words.length * Long.BYTES).put(head);
    Arrays.stream(words).forEach(filter::putLong);
    boolean empty = Arrays.stream(words).allMatch(word -> word == 0);
    return empty && call.mode() == ErrorMode.NULL ? null : Utf8.of(filter.array());
  }

  private static void put(long[] words, ByteBuffer head, long item) {
    boolean narrow = head.getInt(0) == 1;
    int start = Murmur3Hash.ofLong(narrow ? 0 : head.getInt(2 * Integer.BYTES), item);
    int reach = Murmur3Hash.ofLong(start, item);
    long wide = (long) start * Integer.MAX_VALUE;
    int sum = start;
    for (int i = 0; i < head.getInt(Integer.BYTES); i++) {
      wide += reach;
      sum += reach;
      long place = narrow ? sum : wide;
      long bit = (place < 0 ? ~place : place) % ((long) words.length * Long.SIZE);
      words[(int) (bit / Long.SIZE)] |= 1L << bit;
    }
  }

  private static byte[] head(AggregateCall call) {
    return ((Utf8) ((Literal) call.others().get(0)).value()).bytes();
  }

  private static byte[] bytes(Object value) {
    return ((Utf8) ((List<?>) value).get(0)).bytes();
  }
}

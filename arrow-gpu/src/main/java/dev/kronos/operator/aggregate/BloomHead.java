// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Utf8;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds what comes before the words of a Bloom filter, as {@code sketches.glsl} draws it.
 *
 * @param version 1 or 2
 * @param hashes bits of an item, 1 or more
 * @param seed of version 2; else 0
 * @param words how many words of 64 bits there are, 1 or more
 */
record BloomHead(int version, int hashes, int seed, int words) {
  private static final int SEEDED = 2;

  /** Checks the parts. */
  BloomHead {
    if (version < 1 || version > SEEDED || hashes < 1 || words < 1) {
      throw new IllegalArgumentException(
          "no head of a Bloom filter: version=%d hashes=%d words=%d"
              .formatted(version, hashes, words));
    }
  }

  /**
   * Reads a head.
   *
   * @param bytes the head and nothing else
   * @throws IllegalArgumentException when they are none
   */
  static BloomHead of(Utf8 bytes) {
    ByteBuffer fields = ByteBuffer.wrap(bytes.bytes());
    int integers = fields.remaining() / Integer.BYTES;
    int version = fields.remaining() < Integer.BYTES ? 0 : fields.getInt(0);
    if (integers != 2 + version || fields.remaining() % Integer.BYTES != 0) {
      throw new IllegalArgumentException(
          "no head of a Bloom filter: version=%d sizeBytes=%d"
              .formatted(version, fields.remaining()));
    }
    int seed = version == SEEDED ? fields.getInt(2 * Integer.BYTES) : 0;
    int words = fields.getInt(fields.remaining() - Integer.BYTES);
    return new BloomHead(version, fields.getInt(Integer.BYTES), seed, words);
  }

  /** Returns the numbers that make the head, in order. */
  List<Integer> fields() {
    List<Integer> fields = new ArrayList<>(List.of(version, hashes));
    if (version == SEEDED) {
      fields.add(seed);
    }
    fields.add(words);
    return fields;
  }

  /** Returns the size of the head. */
  int sizeBytes() {
    return fields().size() * Integer.BYTES;
  }

  /** Returns the size of the words. */
  long bodyBytes() {
    return (long) words * Long.BYTES;
  }

  /** Returns the head as a value of generated code. */
  String glsl() {
    return "SketchesHead(%du, %du, 0x%xu, %du)".formatted(version, hashes, seed, words);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Writes tags of Snappy by hand, so that tests have every kind of them, also such as no compressor
 * makes.
 */
public final class SnappyWriter {
  private static final int HASHED_BYTES = 4;
  private static final int MOST_COPIED = 64;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Writes bytes as they are; the length takes so many bytes of its own, 0 to 4. */
  public SnappyWriter literal(byte[] source, int from, int count, int lengthBytes) {
    tag(0, lengthBytes == 0 ? count - 1 : 59 + lengthBytes);
    little(count - 1, lengthBytes);
    bytes.write(source, from, count);
    return this;
  }

  /** Writes a copy of earlier output; the offset takes 1, 2 or 4 bytes. */
  public SnappyWriter copy(int offset, int count, int offsetBytes) {
    if (offsetBytes == 1) {
      bytes.write(1 | (count - 4) << 2 | offset >> 8 << 5);
    } else {
      tag(offsetBytes == 2 ? 2 : 3, count - 1);
    }
    little(offset, offsetBytes);
    return this;
  }

  private void tag(int kind, int upper) {
    bytes.write(kind | upper << 2);
  }

  private void little(int value, int count) {
    for (int i = 0; i < count; i++) {
      bytes.write(value >>> (8 * i));
    }
  }

  /** Returns what was written. */
  public byte[] toBytes() {
    return bytes.toByteArray();
  }

  /** Returns the length that comes before the tags in a page, and the tags. */
  public static byte[] withLength(byte[] tags, int length) {
    SnappyWriter page = new SnappyWriter();
    int left = length;
    while (left > 127) {
      page.bytes.write((left & 127) | 128);
      left >>>= 7;
    }
    page.bytes.write(left);
    page.bytes.writeBytes(tags);
    return page.toBytes();
  }

  /** Makes tags of any kind, at random, that give so many bytes. */
  public static byte[] random(Random random, int sizeBytes) {
    SnappyWriter tags = new SnappyWriter();
    byte[] fresh = new byte[sizeBytes];
    random.nextBytes(fresh);
    int to = 0;
    while (to < sizeBytes) {
      int left = sizeBytes - to;
      if (to == 0 || random.nextInt(3) == 0) {
        int most = random.nextInt(8) == 0 ? 3000 : random.nextInt(3) == 0 ? 100 : 8;
        int count = Math.min(left, 1 + random.nextInt(most));
        int fewest = count <= 60 ? 0 : count <= 256 ? 1 : 2;
        tags.literal(fresh, to, count, fewest + random.nextInt(5 - fewest));
        to += count;
      } else {
        int offset =
            1 + random.nextInt(random.nextBoolean() ? to : Math.min(to, 1 + random.nextInt(70)));
        boolean near = left >= 4 && offset < 2048 && random.nextBoolean();
        int count = near ? 4 + random.nextInt(Math.min(8, left - 3)) : 1 + random.nextInt(64);
        count = Math.min(left, count);
        tags.copy(offset, count, near ? 1 : offset < 65_536 && random.nextInt(4) > 0 ? 2 : 4);
        to += count;
      }
    }
    return tags.toBytes();
  }

  /** Compresses bytes, with copies of what was seen last. */
  public static byte[] compress(byte[] source) {
    SnappyWriter tags = new SnappyWriter();
    Map<Integer, Integer> seen = new HashMap<>();
    int literal = 0;
    int at = 0;
    while (at + HASHED_BYTES <= source.length) {
      Integer before = seen.put(hashed(source, at), at);
      if (before == null || at - before > 65_535) {
        at++;
        continue;
      }
      tags.literals(source, literal, at);
      int count = HASHED_BYTES;
      while (count < MOST_COPIED
          && at + count < source.length
          && source[before + count] == source[at + count]) {
        count++;
      }
      tags.copy(at - before, count, 2);
      at += count;
      literal = at;
    }
    return tags.literals(source, literal, source.length).toBytes();
  }

  private SnappyWriter literals(byte[] source, int from, int to) {
    int count = to - from;
    return count == 0 ? this : literal(source, from, count, count <= 60 ? 0 : 4);
  }

  private static int hashed(byte[] source, int at) {
    int word = 0;
    for (int i = 0; i < HASHED_BYTES; i++) {
      word = word << 8 | (source[at + i] & 255);
    }
    return word;
  }
}

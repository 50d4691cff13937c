// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import java.nio.ByteBuffer;

/**
 * Decompresses the first bytes of a page of Snappy (format_description.txt of the Snappy project).
 * Levels stand there, in a few bytes mostly, for which a whole page need not be decompressed.
 */
final class SnappyPrefix {
  private static final int SHORT_LENGTHS = 60;

  private final ByteBuffer tags;
  private final byte[] target;
  private int to;

  /**
   * Creates a decoder for one page.
   *
   * @param tags the compressed page without its length; stays as it is
   * @param count bytes that are wanted
   */
  SnappyPrefix(ByteBuffer tags, int count) {
    this.tags = tags.duplicate();
    this.target = new byte[count];
  }

  /**
   * Returns the bytes.
   *
   * @throws KronosException.InvalidArgument when the page is damaged before their end
   */
  byte[] decompress() {
    while (to < target.length) {
      int tag = (int) little(1);
      int upper = tag >> 2;
      switch (tag & 3) {
        case 0 -> literal(upper < SHORT_LENGTHS ? upper : little(upper - SHORT_LENGTHS + 1));
        case 1 -> copy((tag >> 5 << 8) + little(1), 4 + (upper & 7));
        case 2 -> copy(little(2), upper + 1);
        default -> copy(little(4), upper + 1);
      }
    }
    return target;
  }

  private void literal(long lengthLessOne) {
    int count = (int) Math.min(lengthLessOne + 1, target.length - to);
    require(count);
    tags.get(target, to, count);
    to += count;
  }

  private void copy(long offset, int length) {
    if (offset == 0 || offset > to) {
      throw damaged("compressed page copies from before its start");
    }
    for (int end = Math.min(target.length, to + length); to < end; to++) {
      target[to] = target[to - (int) offset];
    }
  }

  private long little(int bytes) {
    require(bytes);
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (tags.get() & 255L) << (8 * i);
    }
    return value;
  }

  private void require(int bytes) {
    if (bytes > tags.remaining()) {
      throw damaged("compressed page ends early");
    }
  }

  private KronosException damaged(String what) {
    return new KronosException.InvalidArgument(message(what, "offset", to));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import java.nio.ByteBuffer;

/**
 * Is what a page holds as the file has it, compressed by Snappy.
 *
 * @param tags the compressed bytes behind the length that Snappy puts first, from position to
 *     limit, which are left as they are; stay the caller's
 * @param sizeBytes bytes of the page, 0 or more
 * @param start where the values begin among those, 0 to {@code sizeBytes}
 */
public record SnappyBytes(ByteBuffer tags, int sizeBytes, int start) {

  /**
   * Looks at a page.
   *
   * @param compressed the page from position to limit, which are left as they are
   * @param sizeBytes bytes that the page has, as its header says
   * @throws KronosException.InvalidArgument when Snappy's own length is another
   */
  public static SnappyBytes of(ByteBuffer compressed, int sizeBytes) {
    ByteBuffer tags = compressed.duplicate();
    long found = length(tags);
    if (found != sizeBytes) {
      throw new KronosException.InvalidArgument(
          message(
              "page has another size than its header says", "found", found, "header", sizeBytes));
    }
    return new SnappyBytes(tags, sizeBytes, 0);
  }

  /** Reads seven bits a byte, the lowest first; -1 where they do not end. */
  private static long length(ByteBuffer source) {
    long length = 0;
    for (int i = 0; i < 5 && source.hasRemaining(); i++) {
      byte part = source.get();
      length |= (part & 127L) << (7 * i);
      if (part >= 0) {
        return length;
      }
    }
    return -1;
  }

  /**
   * Returns the same page with values that begin at a byte.
   *
   * @param newStart 0 or more
   * @throws KronosException.InvalidArgument when it lies outside of the page
   */
  public SnappyBytes from(int newStart) {
    if (newStart < 0 || newStart > sizeBytes) {
      throw new KronosException.InvalidArgument(
          message("page ends inside of its levels", "end", newStart));
    }
    return new SnappyBytes(tags, sizeBytes, newStart);
  }

  /**
   * Decompresses the page's first bytes by the processor.
   *
   * @param count how many, 0 or more
   * @throws KronosException.InvalidArgument when the page has fewer, or is damaged before that
   */
  public ByteBuffer first(int count) {
    if (count < 0 || count > sizeBytes) {
      throw new KronosException.InvalidArgument(
          message("page ends early", "needed", count, "left", sizeBytes));
    }
    return ByteBuffer.wrap(new SnappyPrefix(tags, count).decompress());
  }

  /** Returns the bytes of the values. */
  int valueBytes() {
    return sizeBytes - start;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

/**
 * Decompresses pages as the kernel {@code parquet/snappy} does, tag by tag (format_description.txt
 * of the Snappy project). Codes of damage are those of {@code compressed_page.glsl}. Stateless.
 */
public final class SnappyPages {
  /** The page ends inside of a tag or of a literal. */
  public static final int ENDS_EARLY = 1;

  /** The page has more bytes than it should. */
  public static final int TOO_LONG = 2;

  /** The page has fewer bytes than it should. */
  public static final int TOO_SHORT = 3;

  /** A copy begins before the page, or where it ends. */
  public static final int OFFSET = 4;

  private final byte[] tags;
  private final byte[] target;
  private int at;
  private int to;

  private SnappyPages(byte[] tags, byte[] target) {
    this.tags = tags;
    this.target = target;
  }

  /**
   * Decompresses a page.
   *
   * @param tags the compressed page, without the length before its tags
   * @param target takes the page's bytes, all of them; not defined where the page is damaged
   * @return what is wrong with the page, 0 for nothing
   */
  public static int decompress(byte[] tags, byte[] target) {
    return new SnappyPages(tags, target).run();
  }

  private int run() {
    int damage = 0;
    while (damage == 0 && at < tags.length) {
      int tag = tags[at] & 255;
      damage = (tag & 3) == 0 ? literal(tag >> 2) : copy(tag);
    }
    return damage == 0 && to < target.length ? TOO_SHORT : damage;
  }

  private int literal(int upper) {
    int bytes = Math.max(0, upper - 59);
    if (bytes >= tags.length - at) {
      return ENDS_EARLY;
    }
    long length = 1 + (bytes == 0 ? upper : little(at + 1, bytes));
    at += 1 + bytes;
    if (length > tags.length - at) {
      return ENDS_EARLY;
    }
    if (length > target.length - to) {
      return TOO_LONG;
    }
    System.arraycopy(tags, at, target, to, (int) length);
    at += (int) length;
    to += (int) length;
    return 0;
  }

  private int copy(int tag) {
    int bytes = (tag & 3) == 3 ? 4 : tag & 3;
    if (bytes >= tags.length - at) {
      return ENDS_EARLY;
    }
    long offset = little(at + 1, bytes);
    int length = (tag >> 2) + 1;
    if (bytes == 1) {
      offset |= (tag >> 5) << 8;
      length = 4 + (tag >> 2 & 7);
    }
    at += 1 + bytes;
    if (offset == 0 || offset > to) {
      return OFFSET;
    }
    if (length > target.length - to) {
      return TOO_LONG;
    }
    for (int i = 0; i < length; i++) {
      target[to] = target[to - (int) offset];
      to++;
    }
    return 0;
  }

  private long little(int from, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (tags[from + i] & 255L) << (8 * i);
    }
    return value;
  }
}

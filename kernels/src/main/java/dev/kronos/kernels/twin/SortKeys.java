// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

/**
 * Makes the unsigned keys that {@code sort/keys} makes. Keys of 32 bits are the low halves of longs
 * whose high halves are zero.
 *
 * @param bits width of the keys, 32 or 64
 * @param order which values get small keys
 * @param specials where nulls and NaNs go
 */
public record SortKeys(int bits, Order order, Specials specials) {

  /** Tells which values come first. */
  public enum Order {
    /** Small values. */
    UP,
    /** Large values. */
    DOWN
  }

  /** Tells where nulls and NaNs go. */
  public enum Specials {
    /** Before everything. */
    FIRST,
    /** Behind everything. */
    LAST
  }

  /**
   * Makes the key of what is already ordered as an unsigned number.
   *
   * @param value the number
   * @return its key
   */
  public long ofUnsigned(long value) {
    return (order == Order.UP ? value : ~value) & mask();
  }

  /**
   * Makes the key of a signed number.
   *
   * @param value a number as wide as the keys
   * @return its key
   */
  public long ofSigned(long value) {
    return ofUnsigned(value ^ sign());
  }

  /**
   * Makes the key of a floating point number: zeros are equal, and so are NaNs.
   *
   * @param raw its bits, as wide as the keys
   * @return its key
   */
  public long ofFloat(long raw) {
    boolean nan = bits == 64 ? Double.isNaN(Double.longBitsToDouble(raw)) : isNan((int) raw);
    if (nan) {
      return specials == Specials.FIRST ? 0 : mask();
    }
    boolean negative = (raw & sign()) != 0;
    boolean zero = (raw & mask() & ~sign()) == 0;
    return ofUnsigned(zero ? sign() : negative ? ~raw : raw | sign());
  }

  private static boolean isNan(int raw) {
    return Float.isNaN(Float.intBitsToFloat(raw));
  }

  /**
   * Makes the key of eight bytes of a string.
   *
   * @param text the string
   * @param part which eight, from 0
   * @return its key; bytes past the end are zeros
   */
  public long ofString(byte[] text, int part) {
    long word = 0;
    for (int i = part * Long.BYTES; i < (part + 1) * Long.BYTES; i++) {
      word = (word << Byte.SIZE) | (i < text.length ? text[i] & 0xFF : 0);
    }
    return ofUnsigned(word);
  }

  /** Returns the key of a null among those that tell nulls from values. */
  public long ofNull() {
    return specials == Specials.FIRST ? 0 : 1;
  }

  /** Returns the key of a value among those that tell nulls from values. */
  public long ofValue() {
    return 1 - ofNull();
  }

  private long sign() {
    return 1L << (bits - 1);
  }

  private long mask() {
    return -1L >>> (Long.SIZE - bits);
  }
}

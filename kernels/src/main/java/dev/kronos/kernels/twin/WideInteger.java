// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

import java.math.BigInteger;

/** Does the arithmetic of {@code int128.glsl} with {@link BigInteger}. */
public final class WideInteger {

  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(Long.SIZE);

  private WideInteger() {}

  /**
   * Reads an unsigned number from little-endian words.
   *
   * @param words holds the number
   * @param at its first word
   * @param count how many words it has
   * @return the number
   */
  public static BigInteger unsigned(long[] words, int at, int count) {
    BigInteger value = BigInteger.ZERO;
    for (int i = count - 1; i >= 0; i--) {
      value = value.shiftLeft(Long.SIZE).add(unsigned(words[at + i]));
    }
    return value;
  }

  /**
   * Reads a two's-complement number from little-endian words.
   *
   * @param words holds the number
   * @param at its first word
   * @param count how many words it has
   * @return the number
   */
  public static BigInteger signed(long[] words, int at, int count) {
    return wrap(unsigned(words, at, count), count * Long.SIZE);
  }

  /**
   * Reads one word as unsigned.
   *
   * @param word the bits
   * @return 0..2^64-1
   */
  public static BigInteger unsigned(long word) {
    BigInteger value = BigInteger.valueOf(word);
    return word < 0 ? value.add(WORD) : value;
  }

  /**
   * Writes a number as little-endian words, modulo their width.
   *
   * @param value the number
   * @param words is written to
   * @param at the first word
   * @param count how many words to write
   */
  public static void store(BigInteger value, long[] words, int at, int count) {
    for (int i = 0; i < count; i++) {
      words[at + i] = value.shiftRight(i * Long.SIZE).longValue();
    }
  }

  /**
   * Wraps a number into a signed width.
   *
   * @param value the number
   * @param bits the width
   * @return the number in -2^(bits-1)..2^(bits-1)-1 with the same low bits
   */
  public static BigInteger wrap(BigInteger value, int bits) {
    BigInteger low = value.mod(BigInteger.ONE.shiftLeft(bits));
    return low.testBit(bits - 1) ? low.subtract(BigInteger.ONE.shiftLeft(bits)) : low;
  }

  /**
   * Tells whether a number fits a signed width.
   *
   * @param value the number
   * @param bits the width
   * @return whether wrapping leaves it alone
   */
  public static boolean fits(BigInteger value, int bits) {
    return value.bitLength() < bits;
  }

  /**
   * Computes a power of ten.
   *
   * @param exponent 0 or more
   * @return 10^exponent
   */
  public static BigInteger pow10(int exponent) {
    return BigInteger.TEN.pow(exponent);
  }

  /**
   * Divides and rounds to nearest, ties away from zero.
   *
   * @param dividend any number
   * @param divisor a positive number
   * @return the rounded quotient
   */
  public static BigInteger divideHalfUp(BigInteger dividend, BigInteger divisor) {
    BigInteger[] parts = dividend.abs().divideAndRemainder(divisor);
    boolean up = parts[1].shiftLeft(1).compareTo(divisor) >= 0;
    BigInteger rounded = up ? parts[0].add(BigInteger.ONE) : parts[0];
    return dividend.signum() < 0 ? rounded.negate() : rounded;
  }

  /**
   * Tells whether a number has at most so many decimal digits.
   *
   * @param value the number
   * @param precision 1..38
   * @return whether |value| &lt; 10^precision
   */
  public static boolean fitsPrecision(BigInteger value, int precision) {
    return value.abs().compareTo(pow10(precision)) < 0;
  }
}

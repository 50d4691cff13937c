// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

/** Hashes as {@code hash.glsl} and {@code string.glsl} do. */
public final class Hashes {

  /** Where a hash starts. */
  public static final long SEED = 0x9E3779B97F4A7C15L;

  /** What a null key folds in. */
  public static final long NULL = 0xD1B54A32D192ED03L;

  private Hashes() {}

  /**
   * Mixes a word.
   *
   * @param x any word
   * @return a bijective mix of it
   */
  public static long mix(long x) {
    long y = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
    y = (y ^ y >>> 27) * 0x94D049BB133111EBL;
    return y ^ y >>> 31;
  }

  /**
   * Folds a word into a hash.
   *
   * @param hash so far
   * @param key the word
   * @return the longer hash
   */
  public static long combine(long hash, long key) {
    return mix(hash * SEED + key);
  }

  /**
   * Folds a string into a hash.
   *
   * @param hash so far
   * @param text its bytes
   * @return the longer hash
   */
  public static long string(long hash, byte[] text) {
    long folded = combine(hash, text.length);
    for (int word = 0; word < text.length; word += Long.BYTES) {
      folded = combine(folded, wordAt(text, word));
    }
    return folded;
  }

  private static long wordAt(byte[] text, int at) {
    long word = 0;
    for (int i = Math.min(text.length - at, Long.BYTES) - 1; i >= 0; i--) {
      word = (word << Byte.SIZE) | (text[at + i] & 0xFF);
    }
    return word;
  }
}

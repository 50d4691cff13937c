// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

import java.math.BigInteger;

/**
 * Hashes as {@code murmur3.glsl} and Spark do: Murmur3 of 32 bits (A. Appleby, x86_32), but each
 * byte after the last whole word is mixed as a word of its own, sign-extended.
 */
public final class Murmur3Hash {
  private Murmur3Hash() {}

  /** Hashes 32 bits after what gave {@code seed}. */
  public static int ofInt(int seed, int value) {
    return end(mix(seed, value), Integer.BYTES);
  }

  /** Hashes 64 bits after what gave {@code seed}, the low half first. */
  public static int ofLong(int seed, long value) {
    return end(mix(mix(seed, (int) value), (int) (value >>> Integer.SIZE)), Long.BYTES);
  }

  /** Hashes the fewest big-endian bytes that hold a number after what gave {@code seed}. */
  public static int ofWide(int seed, BigInteger value) {
    return ofBytes(seed, value.toByteArray());
  }

  /** Hashes bytes after what gave {@code seed}. */
  public static int ofBytes(int seed, byte[] bytes) {
    int hash = seed;
    int at = 0;
    for (; at + Integer.BYTES <= bytes.length; at += Integer.BYTES) {
      hash = mix(hash, wordAt(bytes, at));
    }
    for (; at < bytes.length; at++) {
      hash = mix(hash, bytes[at]);
    }
    return end(hash, bytes.length);
  }

  private static int wordAt(byte[] bytes, int at) {
    int word = 0;
    for (int i = Integer.BYTES - 1; i >= 0; i--) {
      word = (word << Byte.SIZE) | (bytes[at + i] & 0xFF);
    }
    return word;
  }

  private static int mix(int hash, int word) {
    int mixed = hash ^ Integer.rotateLeft(word * 0xCC9E2D51, 15) * 0x1B873593;
    return Integer.rotateLeft(mixed, 13) * 5 + 0xE6546B64;
  }

  private static int end(int hash, int sizeBytes) {
    int mixed = hash ^ sizeBytes;
    mixed = (mixed ^ mixed >>> 16) * 0x85EBCA6B;
    mixed = (mixed ^ mixed >>> 13) * 0xC2B2AE35;
    return mixed ^ mixed >>> 16;
  }
}

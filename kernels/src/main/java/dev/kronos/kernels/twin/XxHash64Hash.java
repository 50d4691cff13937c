// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Hashes as {@code xxhash64.glsl} and Spark do: XXH64 (Y. Collet, xxHash fast digest algorithm).
 */
public final class XxHash64Hash {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;
  private static final int STRIPE_BYTES = 4 * Long.BYTES;

  private XxHash64Hash() {}

  /** Hashes 32 bits after what gave {@code seed}. */
  public static long ofInt(long seed, int value) {
    return end(half(seed + PRIME_5 + Integer.BYTES, value));
  }

  /** Hashes 64 bits after what gave {@code seed}. */
  public static long ofLong(long seed, long value) {
    return end(word(seed + PRIME_5 + Long.BYTES, value));
  }

  /** Hashes the fewest big-endian bytes that hold a number after what gave {@code seed}. */
  public static long ofWide(long seed, BigInteger value) {
    return ofBytes(seed, value.toByteArray());
  }

  /** Hashes bytes after what gave {@code seed}. */
  public static long ofBytes(long seed, byte[] bytes) {
    ByteBuffer rest = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long hash = rest.remaining() < STRIPE_BYTES ? seed + PRIME_5 : stripes(seed, rest);
    hash += bytes.length;
    while (rest.remaining() >= Long.BYTES) {
      hash = word(hash, rest.getLong());
    }
    if (rest.remaining() >= Integer.BYTES) {
      hash = half(hash, rest.getInt());
    }
    while (rest.hasRemaining()) {
      hash = Long.rotateLeft(hash ^ (rest.get() & 0xFF) * PRIME_5, 11) * PRIME_1;
    }
    return end(hash);
  }

  private static long stripes(long seed, ByteBuffer bytes) {
    long[] lanes = {seed + PRIME_1 + PRIME_2, seed + PRIME_2, seed, seed - PRIME_1};
    while (bytes.remaining() >= STRIPE_BYTES) {
      for (int i = 0; i < lanes.length; i++) {
        lanes[i] = round(lanes[i], bytes.getLong());
      }
    }
    long hash =
        Long.rotateLeft(lanes[0], 1)
            + Long.rotateLeft(lanes[1], 7)
            + Long.rotateLeft(lanes[2], 12)
            + Long.rotateLeft(lanes[3], 18);
    for (long lane : lanes) {
      hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }
    return hash;
  }

  private static long round(long lane, long word) {
    return Long.rotateLeft(lane + word * PRIME_2, 31) * PRIME_1;
  }

  private static long word(long hash, long word) {
    return Long.rotateLeft(hash ^ round(0, word), 27) * PRIME_1 + PRIME_4;
  }

  private static long half(long hash, int word) {
    return Long.rotateLeft(hash ^ (word & 0xFFFFFFFFL) * PRIME_1, 23) * PRIME_2 + PRIME_3;
  }

  private static long end(long hash) {
    long mixed = (hash ^ hash >>> 33) * PRIME_2;
    mixed = (mixed ^ mixed >>> 29) * PRIME_3;
    return mixed ^ mixed >>> 32;
  }
}

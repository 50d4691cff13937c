// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.probe;

import dev.kronos.kernels.twin.FloatRules;
import dev.kronos.kernels.twin.Hashes;
import dev.kronos.kernels.twin.WideInteger;
import java.util.List;

/** Probes {@code hash.glsl}. */
final class HashProbes {

  private HashProbes() {}

  // Words of a case: an integer (2), a double, a float.
  static List<Probe> all() {
    return List.of(
        new Probe(
            "hashes",
            "out_u64(0u, hash_null(HASH_SEED)); out_u64(1u, hash_bool(HASH_SEED, in_i64(0u) < 0l));"
                + " out_u64(2u, hash_i32(HASH_SEED, in_i32(0u)));"
                + " out_u64(3u, hash_i64(HASH_SEED, in_i64(0u)));"
                + " out_u64(4u, hash_i128(HASH_SEED, in_i128(0u)));"
                + " out_u64(5u, hash_f64(HASH_SEED, in_f64(2u)));"
                + " out_u64(6u, hash_f32(HASH_SEED, in_f32(3u)));",
            4,
            7,
            HashProbes::makeCase,
            HashProbes::twin));
  }

  private static long[] makeCase(EdgeValues v) {
    long[] words = new long[4];
    WideInteger.store(v.integer(128), words, 0, 2);
    words[2] = Double.doubleToRawLongBits(v.real());
    words[3] = Integer.toUnsignedLong(Float.floatToRawIntBits(v.single()));
    return words;
  }

  private static long[] twin(long[] words) {
    double real = FloatRules.normalize(Double.longBitsToDouble(words[2]));
    float single = FloatRules.normalize(Float.intBitsToFloat((int) words[3]));
    return new long[] {
      hash(Hashes.NULL),
      hash(words[0] < 0 ? 1 : 0),
      hash((int) words[0]),
      hash(words[0]),
      Hashes.combine(hash(words[0]), words[1]),
      hash(Double.doubleToLongBits(real)),
      hash(Integer.toUnsignedLong(Float.floatToIntBits(single)))
    };
  }

  private static long hash(long key) {
    return Hashes.combine(Hashes.SEED, key);
  }
}

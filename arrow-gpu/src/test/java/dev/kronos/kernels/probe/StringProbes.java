// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.probe;

import dev.kronos.kernels.twin.Hashes;
import dev.kronos.kernels.twin.Strings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Probes {@code string.glsl}: strings at every alignment, next to foreign bytes. */
public final class StringProbes {

  // A case: offset and size of a, of b (4 words), then 12 words of bytes that both lie in.
  private static final int HEAD_WORDS = 4;
  private static final int BYTES = 96;
  private static final int WORDS = HEAD_WORDS + BYTES / Long.BYTES;

  private static final int COPIED_WORDS = 5;

  private StringProbes() {}

  /** Lists the probes. */
  public static List<Probe> all() {
    return List.of(
        new Probe(
            "strings",
            "Str a = in_str(0u); Str b = in_str(2u); out_bool(0u, str_equal(a, b));"
                + " out_i32(1u, str_compare(a, b)); out_u64(2u, str_hash(HASH_SEED, a));"
                + " out_bool(3u, str_starts_with(a, b)); out_u64(4u, hash_i64(HASH_SEED, in_i64(0u)));"
                + " str_copy(probe_out + 40ul, a);",
            WORDS,
            5 + COPIED_WORDS,
            StringProbes::makeCase,
            StringProbes::twin));
  }

  private static long[] makeCase(EdgeValues v) {
    byte[] bytes = new byte[BYTES];
    int letters = v.below(3) == 0 ? 256 : 1 + v.below(3);
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = (byte) (letters == 256 ? v.below(256) : v.below(letters));
    }
    int sizeA = v.below(40);
    int sizeB = v.below(3) == 0 ? sizeA : v.below(40);
    int atA = v.below(BYTES - sizeA);
    int atB = v.below(BYTES - sizeB);
    if (v.below(2) == 0 && Math.abs(atA - atB) > 40) {
      // Equal, or equal up to a late byte.
      int common = Math.min(sizeA, sizeB);
      System.arraycopy(bytes, atA, bytes, atB, Math.max(0, common - v.below(2)));
    }
    long[] words = new long[WORDS];
    long base = (long) HEAD_WORDS * Long.BYTES;
    words[0] = base + atA;
    words[1] = sizeA;
    words[2] = base + atB;
    words[3] = sizeB;
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words, 4, 12);
    return words;
  }

  private static long[] twin(long[] words) {
    byte[] a = text(words, 0);
    byte[] b = text(words, 2);
    boolean prefix = a.length >= b.length && Arrays.equals(Arrays.copyOf(a, b.length), b);
    long[] out = new long[5 + COPIED_WORDS];
    out[0] = Arrays.equals(a, b) ? 1 : 0;
    out[1] = Strings.compare(a, b);
    out[2] = Hashes.string(Hashes.SEED, a);
    out[3] = prefix ? 1 : 0;
    out[4] = Hashes.combine(Hashes.SEED, words[0]);
    ByteBuffer copied = ByteBuffer.wrap(Arrays.copyOf(a, COPIED_WORDS * Long.BYTES));
    copied.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(out, 5, COPIED_WORDS);
    return out;
  }

  private static byte[] text(long[] words, int at) {
    ByteBuffer bytes = ByteBuffer.allocate(WORDS * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(words);
    return Arrays.copyOfRange(bytes.array(), (int) words[at], (int) (words[at] + words[at + 1]));
  }
}

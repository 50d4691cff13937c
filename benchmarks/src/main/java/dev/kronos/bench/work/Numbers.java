// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.work;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Makes test data, turns arrays into the bytes that devices see, and compares those. */
final class Numbers {

  private Numbers() {}

  /** Returns random multiples of 2^-23 from -1 to 1: their sums and products stay normal. */
  static float[] floats(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (random.nextInt() >> 8) * 0x1p-23f;
    }
    return values;
  }

  /** Returns random 32-bit numbers. */
  static int[] ints(long seed, int count) {
    return new SplittableRandom(seed).ints(count).toArray();
  }

  static byte[] bytes(float... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    view(bytes).asFloatBuffer().put(values);
    return bytes;
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Integer.BYTES)];
    view(bytes).asIntBuffer().put(values);
    return bytes;
  }

  static byte[] bytes(double value) {
    byte[] bytes = new byte[Double.BYTES];
    view(bytes).putDouble(value);
    return bytes;
  }

  static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / Float.BYTES];
    view(bytes).asFloatBuffer().get(values);
    return values;
  }

  /**
   * Compares results bit by bit.
   *
   * @param name what the message calls the result
   * @param elementBytes 4 or 8
   * @throws WrongResult with the first difference
   */
  static void requireEqual(String name, byte[] expected, byte[] found, int elementBytes) {
    int at = Arrays.mismatch(expected, found);
    if (at >= 0) {
      int element = at / elementBytes;
      throw new WrongResult(
          "wrong result: workload=%s, element=%d, expected=%s, found=%s"
              .formatted(
                  name,
                  element,
                  hex(expected, element, elementBytes),
                  hex(found, element, elementBytes)));
    }
  }

  private static String hex(byte[] bytes, int element, int elementBytes) {
    int from = element * elementBytes;
    if (from + elementBytes > bytes.length) {
      return "nothing";
    }
    ByteBuffer view = view(bytes);
    return elementBytes == Integer.BYTES
        ? "0x%08x".formatted(view.getInt(from))
        : "0x%016x".formatted(view.getLong(from));
  }

  private static ByteBuffer view(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}

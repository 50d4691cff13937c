// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** Encodes small integers as runs, with run lengths and packing chosen at random. */
public final class PageEncoder {
  private final Random random;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Creates an encoder that chooses by the given numbers. */
  public PageEncoder(Random random) {
    this.random = random;
  }

  /** Encodes values of so many bits. */
  public byte[] runs(int[] values, int width) {
    bytes.reset();
    int at = 0;
    while (at < values.length) {
      int same = 1;
      while (at + same < values.length && values[at + same] == values[at]) {
        same++;
      }
      if (random.nextInt(3) == 0 || (same >= 8 && random.nextBoolean())) {
        int count = 1 + random.nextInt(same);
        varint(count << 1);
        little(values[at], (width + 7) / 8);
        at += count;
      } else {
        int groups = Math.min(1 + random.nextInt(4), (values.length - at + 7) / 8);
        varint(groups << 1 | 1);
        pack(values, at, groups * 8, width);
        at += groups * 8;
      }
    }
    return bytes.toByteArray();
  }

  private void varint(int value) {
    int left = value;
    while (left > 127) {
      bytes.write((left & 127) | 128);
      left >>>= 7;
    }
    bytes.write(left);
  }

  private void little(int value, int count) {
    for (int i = 0; i < count; i++) {
      bytes.write(value >>> (8 * i));
    }
  }

  private void pack(int[] values, int from, int count, int width) {
    byte[] packed = new byte[count * width / 8];
    for (int i = 0; i < count; i++) {
      int value = from + i < values.length ? values[from + i] : 0;
      for (int b = 0; b < width; b++) {
        int bit = i * width + b;
        packed[bit / 8] |= (byte) ((value >>> b & 1) << bit % 8);
      }
    }
    bytes.writeBytes(packed);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.twin;

import java.util.Arrays;
import java.util.List;

/** Compares and gathers strings as {@code string.glsl} and the {@code strings} kernels do. */
public final class Strings {

  private Strings() {}

  /**
   * Compares as unsigned bytes, then the shorter first.
   *
   * @param a any bytes
   * @param b any bytes
   * @return -1, 0 or 1
   */
  public static int compare(byte[] a, byte[] b) {
    return Integer.signum(Arrays.compareUnsigned(a, b));
  }

  /**
   * Gathers strings.
   *
   * @param source strings; null for a null
   * @param rows which to take, in order
   * @return their bytes one behind the other; a null has none
   */
  public static byte[] gather(List<byte[]> source, int... rows) {
    int size = 0;
    for (int row : rows) {
      size += source.get(row) == null ? 0 : source.get(row).length;
    }
    byte[] target = new byte[size];
    int at = 0;
    for (int row : rows) {
      byte[] text = source.get(row);
      if (text != null) {
        System.arraycopy(text, 0, target, at, text.length);
        at += text.length;
      }
    }
    return target;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.result;

/** Writes sizes for people. */
public final class Sizes {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Sizes() {}

  /** Returns a size in the largest unit that divides it, such as {@code 64 KiB}. */
  public static String text(long sizeBytes) {
    int unit = 0;
    long value = sizeBytes;
    while (value != 0 && value % 1024 == 0 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return value + " " + UNITS[unit];
  }
}

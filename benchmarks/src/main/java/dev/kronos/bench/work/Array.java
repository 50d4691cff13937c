// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.work;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Describes one array of a problem.
 *
 * @param name what reports call it
 * @param sizeBytes its length in bytes, more than 0
 * @param contents gives what it holds at first, {@code sizeBytes} long
 */
public record Array(String name, long sizeBytes, Supplier<byte[]> contents) {

  private static final byte POISON = (byte) 0xCB;

  /**
   * Describes an array that a kernel writes before anyone reads it. What it holds at first is
   * wrong, so that a result left by another program is not taken for this one's.
   */
  static Array scratch(String name, long sizeBytes) {
    return new Array(name, sizeBytes, () -> poison(Math.toIntExact(sizeBytes)));
  }

  private static byte[] poison(int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    Arrays.fill(bytes, POISON);
    return bytes;
  }
}

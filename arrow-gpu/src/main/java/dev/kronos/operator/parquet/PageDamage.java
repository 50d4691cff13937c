// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import java.util.List;

/**
 * Says what the device found wrong with a page; codes are those of {@code compressed_page.glsl}.
 */
final class PageDamage {
  private static final int BITS = 4;
  private static final List<String> BY_CODE =
      List.of(
          "page is sound",
          "compressed page ends early",
          "compressed page has more bytes than its header says",
          "compressed page has fewer bytes than its header says",
          "compressed page copies from before its start",
          "page ends inside of a run",
          "run length of more than 32 bits",
          "ids of many bits",
          "strings of a page have another length than the page");

  private PageDamage() {}

  /**
   * Does nothing if a column's status is 0.
   *
   * @throws KronosException.InvalidArgument else
   */
  static void check(int column, int status) {
    if (status != 0) {
      throw new KronosException.InvalidArgument(
          message(
              BY_CODE.get(status & ((1 << BITS) - 1)),
              "column",
              column,
              "compressedPage",
              status >>> BITS));
    }
  }
}

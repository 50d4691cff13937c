// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.column.Column;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Storage;
import java.util.ArrayList;
import java.util.List;

/**
 * Names one of the unsigned numbers that stand for a value in a sort. A value has several where it
 * is wider than a number.
 *
 * @param kind what of the value it is; the kernel that makes it is {@code sort/keys_<kind>}
 * @param width how wide it is
 * @param part which 8 bytes of a string, else 0
 */
record KeyWord(String kind, KeyWidth width, int part) {

  /** Decimal digits that fit the low half of a 128-bit number. */
  private static final int NARROW_DIGITS = 18;

  /** The lengths of strings, which tell equal beginnings apart. */
  static final KeyWord LENGTH = new KeyWord("length", KeyWidth.INT32, 0);

  /** Whether a row is null. */
  static final KeyWord NULLS = new KeyWord("nulls", KeyWidth.INT32, 0);

  /** Lists the words of a column's values, from the least significant one; of strings the first. */
  static List<KeyWord> of(ColumnLayout layout) {
    DataType type = layout.type();
    return switch (layout.storage()) {
      case BITS -> narrow("bits");
      case INT8 -> narrow("int8");
      case INT16 -> narrow("int16");
      case INT32 -> narrow("int32");
      case FLOAT32 -> narrow("float32");
      case INT64 -> List.of(wide("int64"));
      case FLOAT64 -> List.of(wide("float64"));
      case INT128 ->
          type.precision() <= NARROW_DIGITS
              ? List.of(wide("int128_narrow"))
              : List.of(wide("int128_low"), wide("int128_high"));
      case UTF8 -> List.of(LENGTH);
    };
  }

  /** Lists the words of strings up to a length, from the last one; the lengths come before. */
  static List<KeyWord> ofStrings(int longestBytes) {
    List<KeyWord> words = new ArrayList<>();
    for (int part = (longestBytes + Long.BYTES - 1) / Long.BYTES - 1; part >= 0; part--) {
      words.add(new KeyWord("utf8", KeyWidth.INT64, part));
    }
    return words;
  }

  /** Returns whether a column's values are one word, without nulls to be told apart. */
  static boolean isOne(Column column) {
    return column.validity() == null
        && column.layout().storage() != Storage.UTF8
        && of(column.layout()).size() == 1;
  }

  private static List<KeyWord> narrow(String kind) {
    return List.of(new KeyWord(kind, KeyWidth.INT32, 0));
  }

  private static KeyWord wide(String kind) {
    return new KeyWord(kind, KeyWidth.INT64, 0);
  }
}

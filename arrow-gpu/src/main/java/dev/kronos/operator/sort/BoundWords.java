// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.Storage;
import dev.kronos.expression.Utf8;
import dev.kronos.kernels.twin.SortKeys;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Holds one word of each bound's key, as the kernels make it of a row.
 *
 * @param key the key
 * @param word which word of it
 * @param words the words in the order of the bounds; those of 32 bits in the low halves
 */
record BoundWords(SortSpec.Key key, KeyWord word, List<Long> words) {

  /** Makes all words of bounds, the most significant first. */
  static List<BoundWords> of(SortSpec order, List<ColumnLayout> layouts, SortedBounds bounds) {
    List<BoundWords> all = new ArrayList<>();
    for (int i = 0; i < order.keys().size(); i++) {
      SortSpec.Key key = order.keys().get(i);
      List<Object> values = bounds.values(i);
      for (KeyWord word : words(layouts.get(key.column()), values)) {
        all.add(of(key, word, values));
      }
    }
    return all;
  }

  private static BoundWords of(SortSpec.Key key, KeyWord word, List<Object> values) {
    SortKeys keys =
        new SortKeys(
            word.width().sizeBytes() * Byte.SIZE,
            key.order() == SortOrder.ASCENDING ? SortKeys.Order.UP : SortKeys.Order.DOWN,
            KeyMaker.specialsFirst(key, word) ? SortKeys.Specials.FIRST : SortKeys.Specials.LAST);
    return new BoundWords(key, word, values.stream().map(v -> word(keys, word, v)).toList());
  }

  /** Lists the words that tell rows from bounds: a string needs no more than the bounds have. */
  private static List<KeyWord> words(ColumnLayout layout, List<Object> values) {
    List<KeyWord> words = new ArrayList<>(KeyWord.of(layout));
    if (layout.storage() == Storage.UTF8) {
      words.addAll(KeyWord.ofStrings(longest(values)));
    }
    if (layout.nullable() || values.contains(null)) {
      words.add(KeyWord.NULLS);
    }
    Collections.reverse(words);
    return words;
  }

  private static int longest(List<Object> values) {
    return values.stream()
        .mapToInt(v -> v instanceof Utf8 text ? text.sizeBytes() : 0)
        .max()
        .orElse(0);
  }

  private static long word(SortKeys keys, KeyWord word, Object value) {
    if (word.equals(KeyWord.NULLS)) {
      return value == null ? keys.ofNull() : keys.ofValue();
    }
    if (value == null) {
      return 0;
    }
    if (value instanceof Utf8 text) {
      return word.equals(KeyWord.LENGTH)
          ? keys.ofUnsigned(text.sizeBytes())
          : keys.ofString(text.bytes(), word.part());
    }
    if (value instanceof Float number) {
      return keys.ofFloat(Float.floatToRawIntBits(number));
    }
    if (value instanceof Double number) {
      return keys.ofFloat(Double.doubleToRawLongBits(number));
    }
    return ofInteger(keys, word, value);
  }

  private static long ofInteger(SortKeys keys, KeyWord word, Object value) {
    return switch (word.kind()) {
      case "bits" -> keys.ofUnsigned(integer(value));
      case "int8" -> keys.ofUnsigned(integer(value) - Byte.MIN_VALUE);
      case "int16" -> keys.ofUnsigned(integer(value) - Short.MIN_VALUE);
      case "int128_low" -> keys.ofUnsigned(integer(value));
      case "int128_high" -> keys.ofSigned(((BigInteger) value).shiftRight(Long.SIZE).longValue());
      default -> keys.ofSigned(integer(value));
    };
  }

  private static long integer(Object value) {
    return value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).longValue();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lists questions about sketches. */
final class SketchCases {
  private static final List<ColumnLayout> INPUTS =
      List.of(ExpressionCases.layout(DataType.INT64), ExpressionCases.layout(DataType.BOOLEAN));
  private static final Expression ITEM = ExpressionCases.column(0, DataType.INT64);
  private static final Expression FLAG = ExpressionCases.column(1, DataType.BOOLEAN);

  private SketchCases() {}

  static ExpressionGroup bloom() {
    List<Expression> list = new ArrayList<>();
    for (int version = 1; version <= 2; version++) {
      for (int words : new int[] {1, 3, 1000}) {
        Literal filter = filter(version, words);
        list.add(Call.of(SketchFunction.BLOOM_CONTAINS, filter, ITEM));
        Expression hash = new XxHash64(List.of(ITEM, FLAG), 42);
        list.add(Call.of(SketchFunction.BLOOM_CONTAINS, filter, hash));
      }
    }
    Literal none = Literal.ofNull(DataType.STRING);
    list.add(Call.of(SketchFunction.BLOOM_CONTAINS, none, ITEM));
    return new ExpressionGroup("Bloom filters", INPUTS, list);
  }

  /** Makes a filter with half of its bits set and two bits an item, which has a fourth of all. */
  private static Literal filter(int version, int words) {
    Random random = new Random(words);
    ByteBuffer bytes = ByteBuffer.allocate(8 * (version + words) + 8);
    bytes.putInt(version).putInt(2);
    if (version == 2) {
      bytes.putInt(random.nextInt());
    }
    bytes.putInt(words);
    for (int i = 0; i < words; i++) {
      bytes.putLong(random.nextLong());
    }
    byte[] whole = new byte[bytes.position()];
    bytes.flip().get(whole);
    return new Literal(DataType.STRING, Utf8.of(whole));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** Estimates within, between and beyond the points of a correction, two of which are swapped. */
  static ExpressionGroup distinct() {
    double[] points = {11, 11.7, 12.2, 14, 13.9, 15, 16.5, 18, 20, 25};
    ByteBuffer bytes = ByteBuffer.allocate((4 + 2 * points.length + 16) * Long.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(16).putLong(points.length).putLong(6);
    bytes.putDouble(0.673 * 16 * 16);
    Arrays.stream(points).forEach(bytes::putDouble);
    Arrays.stream(points).map(point -> (30 - point) / 2).forEach(bytes::putDouble);
    for (int zeros = 1; zeros <= 16; zeros++) {
      long count = Math.round(16 * Math.log(16.0 / zeros));
      bytes.putLong(count <= 10 ? count : ~count);
    }
    Literal correction = new Literal(DataType.STRING, Utf8.of(bytes.array()));
    List<Expression> list = new ArrayList<>();
    for (long zeros : new long[] {0, 1, 3, 12, 16}) {
      for (double inverse : new double[] {0.01, 1.7, 2.2, 6.5, 9, 12.4, 13.6, 15.99}) {
        Literal empty = new Literal(DataType.INT64, zeros);
        Literal sum = new Literal(DataType.FLOAT64, inverse);
        list.add(Call.of(SketchFunction.DISTINCT_ESTIMATE, empty, sum, correction));
      }
    }
    return new ExpressionGroup("Estimates of distinct values", INPUTS, list);
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

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RangeSliceTest {
  private static final long MIN = Long.MIN_VALUE;
  private static final long MAX = Long.MAX_VALUE;
  private static final int[] SLICES = {1, 2, 3, 7, 64};

  /** Is a range as a query writes it. */
  private record Written(long start, long end, long step) {

    /** Counts the numbers in exact arithmetic. */
    BigInteger count() {
      BigInteger distance = BigInteger.valueOf(end).subtract(BigInteger.valueOf(start));
      BigInteger[] parts = distance.divideAndRemainder(BigInteger.valueOf(step));
      boolean empty = parts[0].signum() < 0 || distance.signum() * Long.signum(step) < 0;
      BigInteger more = parts[1].signum() == 0 ? BigInteger.ZERO : BigInteger.ONE;
      return empty ? BigInteger.ZERO : parts[0].add(more);
    }
  }

  static Stream<Written> ranges() {
    return Stream.of(
        new Written(0, 1, 1),
        new Written(0, 1000, 1),
        new Written(1000, 0, -1),
        new Written(-7, 4097, 3),
        new Written(5, -5000, -7),
        new Written(0, 10, 100),
        new Written(MAX - 5, MAX, 1),
        new Written(MAX - 1000, MAX, 7),
        new Written(MIN + 1000, MIN, -7),
        new Written(MIN, MAX, MAX / 100),
        new Written(MAX, MIN, MIN / 100),
        new Written(MIN, MAX, MAX),
        new Written(MAX, MIN, MIN));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void slicesTogetherAreTheRange(Written range) {
    List<Long> expected = new ArrayList<>();
    BigInteger number = BigInteger.valueOf(range.start());
    for (long i = 0; i < range.count().longValueExact(); i++) {
      expected.add(number.longValueExact());
      number = number.add(BigInteger.valueOf(range.step()));
    }
    for (int slices : SLICES) {
      List<Long> made = new ArrayList<>();
      for (int i = 0; i < slices; i++) {
        RangeSlice slice = RangeSlice.of(range.start(), range.step(), range.count(), i, slices);
        assertThat(numbers(slice, 100)).as("slice %s of %s", i, slices).isEqualTo(walked(slice));
        made.addAll(numbers(slice, 1 << 20));
      }
      assertThat(made).as("%s slices", slices).isEqualTo(expected);
    }
  }

  @Test
  void theWholeOf64BitsIsCountedWithoutASign() {
    BigInteger count = new Written(MIN, MAX, 1).count();
    RangeSlice all = RangeSlice.of(MIN, 1, count, 0, 1);
    assertThat(Long.toUnsignedString(all.size())).isEqualTo(count.toString());
    try (RangeBatches batches = new RangeBatches(all, 3)) {
      assertThat(batches.next().column(0).getLong(2)).isEqualTo(MIN + 2);
      assertThat(batches.hasNext()).isTrue();
    }
  }

  @Test
  void batchesHaveAtMostAsManyRowsAsAreAskedFor() {
    try (RangeBatches batches = new RangeBatches(new RangeSlice(0, 5000, 1), 2048)) {
      assertThat(Stream.generate(batches::next).limit(3).map(ColumnarBatch::numRows))
          .containsExactly(2048, 2048, 904);
      assertThat(batches.hasNext()).isFalse();
    }
  }

  @Test
  void aRangeThatGoesNowhereIsRefused() {
    assertThatThrownBy(() -> new RangeSlice(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Goes from number to number as Spark does, until one would leave 64 bits. */
  private static List<Long> walked(RangeSlice slice) {
    List<Long> numbers = new ArrayList<>();
    long number = slice.start();
    boolean over = false;
    while (!over && (slice.step() > 0 ? number < slice.end() : number > slice.end())) {
      numbers.add(number);
      long next = number + slice.step();
      over = next < number ^ slice.step() < 0;
      number = next;
    }
    return numbers;
  }

  private static List<Long> numbers(RangeSlice slice, int batchRows) {
    List<Long> numbers = new ArrayList<>();
    try (RangeBatches batches = new RangeBatches(slice, batchRows)) {
      for (Iterator<ColumnarBatch> i = batches; i.hasNext(); ) {
        ColumnarBatch batch = i.next();
        for (int row = 0; row < batch.numRows(); row++) {
          numbers.add(batch.column(0).getLong(row));
        }
      }
    }
    return numbers;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("subgroups")
class AggregatesTest {

  private static OpenKronos open;
  private static Aggregates aggregates;

  @BeforeAll
  static void openDevice() {
    open = new OpenKronos();
    aggregates = new Aggregates(open.kronos());
  }

  @AfterAll
  static void closeDevice() {
    open.close();
  }

  /** Makes every third value null. */
  private static BigIntVector longs(BufferAllocator allocator, long... values) {
    BigIntVector vector = new BigIntVector("longs", allocator);
    for (int i = 0; i < values.length; i++) {
      if (i % 3 == 2) {
        vector.setNull(i);
      } else {
        vector.setSafe(i, values[i]);
      }
    }
    vector.setValueCount(values.length);
    return vector;
  }

  private static LongStream valid(long... values) {
    return LongStream.range(0, values.length)
        .filter(i -> i % 3 != 2)
        .map(i -> values[Math.toIntExact(i)]);
  }

  private static FieldVector doubles(double... values) {
    Float8Vector vector = new Float8Vector("doubles", open.kronos().allocator());
    for (int i = 0; i < values.length; i++) {
      vector.setSafe(i, values[i]);
    }
    vector.setValueCount(values.length);
    return vector;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 4095, 4096, 4097, 100_000})
  void integersAgreeWithJava(int count) {
    long[] values = new Random(count).longs(count).toArray();
    try (BigIntVector vector = longs(open.kronos().allocator(), values)) {
      assertThat(aggregates.count(vector)).isEqualTo(valid(values).count());
      assertThat(aggregates.sum(vector).asLong()).isEqualTo(valid(values).sum());
      assertThat(aggregates.min(vector).asLong()).isEqualTo(valid(values).min().orElseThrow());
      assertThat(aggregates.max(vector).asLong()).isEqualTo(valid(values).max().orElseThrow());
      BigDecimal exact =
          valid(values).mapToObj(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(aggregates.mean(vector).asDouble())
          .isEqualTo(exact.doubleValue() / valid(values).count());
    }
  }

  @Test
  void vectorsOfOtherAllocatorsWorkAsWell() {
    try (BufferAllocator foreign = new RootAllocator();
        BigIntVector vector = longs(foreign, 5, 6, 7, 8)) {
      assertThat(aggregates.sum(vector).asLong()).isEqualTo(19);
    }
  }

  @Test
  void nothingToAggregateIsNull() {
    try (BigIntVector empty = longs(open.kronos().allocator());
        IntVector nulls = new IntVector("nulls", open.kronos().allocator())) {
      nulls.setValueCount(10);
      for (FieldVector vector : new FieldVector[] {empty, nulls}) {
        assertThat(aggregates.count(vector)).isZero();
        assertThat(aggregates.sum(vector).isNull()).isTrue();
        assertThat(aggregates.min(vector).isNull()).isTrue();
        assertThat(aggregates.mean(vector).isNull()).isTrue();
        assertThat(aggregates.variance(vector, 0).isNull()).isTrue();
      }
    }
  }

  @Test
  void checkedSumFailsWhereTheOtherWraps() {
    try (BigIntVector vector = longs(open.kronos().allocator(), Long.MAX_VALUE, 1)) {
      assertThat(aggregates.sum(vector).asLong()).isEqualTo(Long.MIN_VALUE);
      assertThatThrownBy(() -> aggregates.sumChecked(vector))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("sum does not fit its type: vector=longs");
    }
  }

  @Test
  void floatingSumsAreExactUpToOneRounding() {
    try (FieldVector vector = doubles(1e308, 1, -1e308, 1e-3, 1e16, -1e16)) {
      assertThat(aggregates.sum(vector).asDouble()).isEqualTo(1.001);
    }
  }

  @Test
  void notANumberIsSkippedWhereThereAreNumbers() {
    try (FieldVector some = doubles(Double.NaN, -1, 2);
        FieldVector none = doubles(Double.NaN, Double.NaN);
        Float4Vector floats = new Float4Vector("floats", open.kronos().allocator())) {
      assertThat(aggregates.max(some).asDouble()).isEqualTo(2);
      assertThat(aggregates.min(some).asDouble()).isEqualTo(-1);
      assertThat(aggregates.max(none).asDouble()).isNaN();
      assertThat(aggregates.min(none).asDouble()).isNaN();
      assertThat(aggregates.sum(some).asDouble()).isNaN();
      floats.setSafe(0, Float.NaN);
      floats.setSafe(1, Float.NEGATIVE_INFINITY);
      floats.setValueCount(2);
      assertThat(aggregates.max(floats).asDouble()).isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  @Test
  void varianceIsStableFarFromZero() {
    double[] values = new Random(5).doubles(10_000).map(x -> x + 1e9).toArray();
    double mean = LongStream.range(0, 10_000).mapToDouble(i -> values[(int) i] - 1e9).sum() / 1e4;
    double squares =
        LongStream.range(0, 10_000)
            .mapToDouble(i -> (values[(int) i] - 1e9 - mean) * (values[(int) i] - 1e9 - mean))
            .sum();
    try (FieldVector vector = doubles(values);
        FieldVector single = doubles(3)) {
      assertThat(aggregates.variance(vector, 1).asDouble())
          .isCloseTo(squares / 9_999, within(1e-7));
      assertThat(aggregates.stddev(vector, 0).asDouble())
          .isCloseTo(Math.sqrt(squares / 10_000), within(1e-7));
      assertThat(aggregates.variance(single, 1).isNull()).isTrue();
      assertThatThrownBy(() -> aggregates.variance(single, -1))
          .isInstanceOf(KronosException.InvalidArgument.class);
    }
  }

  @Test
  void decimalsKeepTheirScale() {
    try (DecimalVector vector = new DecimalVector("prices", open.kronos().allocator(), 15, 2)) {
      vector.setSafe(0, new BigDecimal("12.34"));
      vector.setSafe(1, new BigDecimal("-0.35"));
      vector.setValueCount(2);
      assertThat(aggregates.sum(vector).asDecimal()).isEqualTo(new BigDecimal("11.99"));
      assertThat(aggregates.mean(vector).asDouble()).isEqualTo(11.99 / 2);
      assertThat(aggregates.min(vector).asDecimal()).isEqualTo(new BigDecimal("-0.35"));
    }
  }

  @Test
  void booleansHaveAnyAndAll() {
    try (BitVector vector = new BitVector("flags", open.kronos().allocator());
        VarCharVector strings = new VarCharVector("strings", open.kronos().allocator())) {
      vector.setSafe(0, 1);
      vector.setSafe(1, 0);
      vector.setNull(2);
      vector.setValueCount(3);
      assertThat(aggregates.any(vector).asBoolean()).isTrue();
      assertThat(aggregates.all(vector).asBoolean()).isFalse();
      assertThatThrownBy(() -> aggregates.sum(vector))
          .isInstanceOf(KronosException.Unsupported.class)
          .hasMessage("only numbers have a sum: type=boolean");
      strings.setValueCount(0);
      assertThatThrownBy(() -> aggregates.any(strings))
          .isInstanceOf(KronosException.Unsupported.class);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kronos.DeviceExtension;
import dev.kronos.column.DataType;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares estimates of how many values differ with plain Java, and with how many do. */
class DistinctEstimateTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static FieldVector vector(DataType type, List<Object> values) {
    return ArrowVectors.of("v", type, values, open.kronos().allocator());
  }

  /** Four standard errors; no seed, for some are further off. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, 2000, 4500, 5100, 6000, 8000, 10_000, 10_300, 50_000, 1_000_000})
  void estimatesAreNear(int different) {
    List<Object> values = LongStream.range(0, different).mapToObj(i -> (Object) i).toList();
    assertThat((Long) DistinctOracle.estimate(DataType.INT64, values))
        .isCloseTo(different, withinPercentage(different < 200 ? 1 : 9.2));
  }

  /** The mean of many estimates of disjoint sets is nearer: what is wrong is no bias. */
  @ParameterizedTest
  @ValueSource(ints = {1000, 4800, 5300, 7000, 9900, 10_500})
  void estimatesHaveNoBias(int different) {
    double mean =
        IntStream.range(0, 50)
            .mapToObj(
                set ->
                    LongStream.range(0, different)
                        .mapToObj(i -> (Object) (((long) set << 32) + i))
                        .toList())
            .mapToLong(values -> (Long) DistinctOracle.estimate(DataType.INT64, values))
            .average()
            .orElseThrow();
    assertThat(mean).isCloseTo(different, withinPercentage(1));
  }

  @Test
  void manyValuesAgreeWithJava() {
    Aggregates aggregates = new Aggregates(open.kronos());
    for (int different : new int[] {0, 4900, 7000, 30_000}) {
      List<Object> values =
          LongStream.range(0, different).mapToObj(i -> (Object) (i + SEED)).toList();
      try (FieldVector v = vector(DataType.INT64, values)) {
        assertThat(aggregates.approxCountDistinct(v))
            .as("different=%d seed=%d", different, SEED)
            .isEqualTo(DistinctOracle.estimate(DataType.INT64, values));
      }
    }
  }

  @Test
  void groupsAgreeWithJava() {
    Random random = new Random(SEED);
    List<Object> keys = IntStream.range(0, 5000).mapToObj(i -> (Object) random.nextInt(5)).toList();
    List<Object> values =
        NastyRows.columns(List.of(DataType.STRING), 5000, NastyRows.Nulls.SOME, SEED).get(0);
    try (FieldVector k = vector(DataType.INT32, keys);
        FieldVector v = vector(DataType.STRING, values);
        VectorSchemaRoot found =
            new Grouping(open.kronos())
                .groupBy(List.of(k), List.of(GroupAggregate.approxCountDistinct(v)))) {
      List<Object> expected =
          GroupOracle.groups(List.of(keys)).values().stream()
              .map(rows -> rows.stream().map(values::get).toList())
              .map(rows -> DistinctOracle.estimate(DataType.STRING, rows))
              .toList();
      assertThat(ArrowVectors.read(found.getVector("v_approx_count_distinct")))
          .as("seed=%d", SEED)
          .isEqualTo(expected);
    }
  }

  @Test
  void zerosAndNansAreOneValueEach() {
    Aggregates aggregates = new Aggregates(open.kronos());
    List<Object> values = List.of(0.0, -0.0, Double.NaN, Double.longBitsToDouble(-1), 1.0);
    try (FieldVector v = vector(DataType.FLOAT64, values)) {
      assertThat(aggregates.approxCountDistinct(v)).isEqualTo(3);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.compute.GroupAggregate.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares skewness and kurtosis of groups with plain Java, and of few values with ones by hand.
 */
class MomentAggregatesTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());
  private static final DataType TYPE = DataType.FLOAT64;

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static FieldVector vector(DataType type, List<Object> values) {
    return ArrowVectors.of("v", type, values, open.kronos().allocator());
  }

  private static List<Object> keys(int rows, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, rows).mapToObj(i -> (Object) random.nextInt(7)).toList();
  }

  private static List<Object> expected(GroupAggregate aggregate, List<Object> k, List<Object> v) {
    List<Object> expected = new ArrayList<>();
    for (List<Integer> rows : GroupOracle.groups(List.of(k)).values()) {
      expected.add(GroupOracle.aggregate(aggregate, TYPE, rows.stream().map(v::get).toList()));
    }
    return expected;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 257, 4097})
  void groupsAgreeWithJava(int rows) {
    List<Object> numbers = keys(rows, SEED);
    List<Object> values = NastyRows.columns(List.of(TYPE), rows, NastyRows.Nulls.SOME, SEED).get(0);
    try (FieldVector k = vector(DataType.INT32, numbers);
        FieldVector v = vector(TYPE, values)) {
      List<GroupAggregate> aggregates = List.of(GroupAggregate.skew(v), GroupAggregate.kurtosis(v));
      try (VectorSchemaRoot found = new Grouping(open.kronos()).groupBy(List.of(k), aggregates)) {
        for (GroupAggregate aggregate : aggregates) {
          assertThat(ArrowVectors.read(found.getVector(aggregate.resultName())))
              .as("%s rows=%d seed=%d", aggregate.resultName(), rows, SEED)
              .isEqualTo(expected(aggregate, numbers, values));
        }
      }
    }
  }

  /** What a table computes before is part of the same kernel. */
  @Test
  void groupsOfTablesAgreeWithJava() {
    Random random = new Random(SEED);
    List<Object> numbers = keys(1000, SEED);
    List<Object> values =
        IntStream.range(0, 1000).mapToObj(i -> (Object) random.nextGaussian()).toList();
    FieldVector k = ArrowVectors.of("k", DataType.INT32, numbers, open.kronos().allocator());
    try (VectorSchemaRoot batch = new VectorSchemaRoot(List.of(k, vector(TYPE, values)));
        DeviceTable table = DeviceTable.of(open.kronos(), batch);
        DeviceTable groups =
            table.groupBy(
                List.of("k"), List.of(TableAggregate.of("s", Function.SKEW, table.column("v"))));
        VectorSchemaRoot found = groups.read()) {
      GroupAggregate twin = GroupAggregate.skew(batch.getVector("v"));
      assertThat(ArrowVectors.read(found.getVector("s")))
          .as("seed=%d", SEED)
          .isEqualTo(expected(twin, numbers, values));
    }
  }

  /** The moments are computed by hand. */
  @Test
  void fewValuesHaveKnownMoments() {
    Aggregates aggregates = new Aggregates(open.kronos());
    try (FieldVector v = vector(DataType.INT32, List.of(0, 1, 2, 5));
        FieldVector same = vector(DataType.INT32, List.of(3, 3, 3));
        FieldVector none = vector(DataType.INT32, List.of());
        FieldVector text = vector(DataType.STRING, List.of())) {
      // Distances -2, -1, 0, 3: m2 = 14, m3 = 18, m4 = 98.
      assertThat(aggregates.skew(v).asDouble())
          .isCloseTo(2 * 18 / Math.pow(14, 1.5), within(1e-15));
      assertThat(aggregates.kurtosis(v).asDouble()).isEqualTo(4 * 98 / 196.0 - 3);
      assertThat(aggregates.skew(same).asDouble()).isNaN();
      assertThat(aggregates.kurtosis(same).asDouble()).isNaN();
      assertThat(aggregates.skew(none).isNull()).isTrue();
      assertThat(aggregates.kurtosis(none).isNull()).isTrue();
      assertThatThrownBy(() -> aggregates.skew(text))
          .isInstanceOf(KronosException.Unsupported.class)
          .hasMessageStartingWith("only numbers have moments: type=");
    }
  }
}

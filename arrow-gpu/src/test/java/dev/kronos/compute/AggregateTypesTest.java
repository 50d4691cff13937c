// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares aggregates of every type that they take with plain Java. */
class AggregateTypesTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());
  private static final int[] SIZES = {0, 1, 257, 4097};

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  static Stream<DataType> types() {
    return NastyRows.TYPES.stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void agreeWithJava(DataType type) {
    for (int i = 0; i < SIZES.length; i++) {
      NastyRows.Nulls nulls = NastyRows.Nulls.values()[(i + 1) % 3];
      List<Object> values = NastyRows.columns(List.of(type), SIZES[i], nulls, SEED + i).get(0);
      try (FieldVector v =
          ArrowVectors.slice(NastyRows.OFFSETS[i % 4], type, values, open.kronos().allocator())) {
        checkAll(type, v, values);
      }
    }
  }

  private static void checkAll(DataType type, FieldVector v, List<Object> values) {
    Aggregates aggregates = new Aggregates(open.kronos());
    assertThat(aggregates.count(v)).isEqualTo(values.stream().filter(x -> x != null).count());
    assertThat(aggregates.approxCountDistinct(v))
        .as("%s rows=%d seed=%d", type, values.size(), SEED)
        .isEqualTo(DistinctOracle.estimate(type, values));
    check(type, aggregates.min(v), GroupAggregate.min(v), values);
    check(type, aggregates.max(v), GroupAggregate.max(v), values);
    if (TypeGroup.NUMBERS.contains(type)) {
      check(type, aggregates.sum(v), GroupAggregate.sum(v), values);
      check(type, aggregates.mean(v), GroupAggregate.mean(v), values);
      check(type, aggregates.variance(v, 1), GroupAggregate.variance(v, 1), values);
      check(type, aggregates.stddev(v, 0), GroupAggregate.stddev(v, 0), values);
      check(type, aggregates.skew(v), GroupAggregate.skew(v), values);
      check(type, aggregates.kurtosis(v), GroupAggregate.kurtosis(v), values);
    }
  }

  private static void check(
      DataType type, Scalar found, GroupAggregate aggregate, List<Object> values) {
    Object expected = GroupOracle.aggregate(aggregate, type, values);
    assertThat(found)
        .as("%s of %s rows=%d seed=%d", aggregate.function(), type, values.size(), SEED)
        .isEqualTo(ScalarReader.of(found.type(), expected));
  }

  /** The sum that just fits 64 bits without a sign, and one that does not. */
  @Test
  void checkedSumsOfUnsignedIntegersUseTheirWholeRange() {
    Aggregates aggregates = new Aggregates(open.kronos());
    List<Object> rows = List.of(-2L, 1L);
    try (FieldVector fits =
            ArrowVectors.of("fits", DataType.UINT64, rows, open.kronos().allocator());
        FieldVector more =
            ArrowVectors.of("more", DataType.UINT64, List.of(-1L, 1L), open.kronos().allocator())) {
      BigInteger most = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
      assertThat(aggregates.sumChecked(fits).asBigInteger()).isEqualTo(most);
      assertThat(aggregates.sum(more).asLong()).isZero();
      assertThatThrownBy(() -> aggregates.sumChecked(more))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("sum does not fit its type: vector=more");
    }
  }

  @Test
  void checkedSumsOfUnsignedGroupsFailAlike() {
    List<Object> rows = List.of(-1L, 1L);
    try (FieldVector one =
            ArrowVectors.of("k", DataType.INT64, List.of(7L, 7L), open.kronos().allocator());
        FieldVector more =
            ArrowVectors.of("more", DataType.UINT64, rows, open.kronos().allocator())) {
      Grouping grouping = new Grouping(open.kronos());
      List<GroupAggregate> sum = List.of(GroupAggregate.sumChecked(more));
      assertThatThrownBy(() -> grouping.groupBy(List.of(one), sum))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("sum of a group does not fit its type");
      grouping.groupBy(List.of(more), sum).close();
    }
  }
}

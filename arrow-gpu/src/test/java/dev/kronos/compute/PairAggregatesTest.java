// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.compute.GroupAggregate.Function;
import dev.kronos.expression.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares covariances and correlations of all and of groups with plain Java. */
class PairAggregatesTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());
  private static final int[] SIZES = {0, 1, 257, 4097};

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static FieldVector vector(String name, DataType type, List<Object> values) {
    return ArrowVectors.of(name, type, values, open.kronos().allocator());
  }

  private static List<Double> doubles(DataType type, List<Object> values) {
    List<Double> doubles = new ArrayList<>();
    for (Object meaning : OracleTypes.meanings(type, values)) {
      doubles.add(meaning == null ? null : GroupOracle.doubles(type, List.of(meaning)).get(0));
    }
    return doubles;
  }

  /** Draws numbers without infinities and NaN, which would hide all others; some are null. */
  private static List<Object> numbers(int rows, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, rows)
        .mapToObj(i -> random.nextInt(5) == 0 ? null : (Object) (random.nextGaussian() * 1e3))
        .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
  }

  static List<DataType> types() {
    return NastyRows.TYPES.stream().filter(TypeGroup.NUMBERS::contains).toList();
  }

  @ParameterizedTest
  @MethodSource("types")
  void allTypesAgreeWithJava(DataType type) {
    Aggregates aggregates = new Aggregates(open.kronos());
    for (int rows : SIZES) {
      List<Object> left =
          NastyRows.columns(List.of(type), rows, NastyRows.Nulls.SOME, SEED + rows).get(0);
      List<Object> right = numbers(rows, SEED - rows);
      List<Double> x = doubles(type, left);
      try (FieldVector l = vector("l", type, left);
          FieldVector r = vector("r", DataType.FLOAT64, right)) {
        check(aggregates.covariance(l, r, 1), GroupAggregate.covariance(l, r, 1), x, right);
        check(aggregates.correlation(l, r), GroupAggregate.correlation(l, r), x, right);
      }
    }
  }

  private static void check(
      Scalar found, GroupAggregate aggregate, List<Double> left, List<Object> right) {
    Double expected = MomentOracle.ofPairs(aggregate, left, doubles(DataType.FLOAT64, right));
    assertThat(found)
        .as("%s rows=%d seed=%d", aggregate.resultName(), left.size(), SEED)
        .isEqualTo(new Scalar(DataType.FLOAT64, expected));
  }

  private static List<Object> expected(
      GroupAggregate aggregate, List<Object> keys, List<Object> left, List<Object> right) {
    List<Object> expected = new ArrayList<>();
    for (List<Integer> rows : GroupOracle.groups(List.of(keys)).values()) {
      List<Double> x = rows.stream().map(row -> (Double) left.get(row)).toList();
      List<Double> y = rows.stream().map(row -> (Double) right.get(row)).toList();
      expected.add(MomentOracle.ofPairs(aggregate, x, y));
    }
    return expected;
  }

  @Test
  void groupsAgreeWithJava() {
    for (int rows : SIZES) {
      Random random = new Random(SEED);
      List<Object> keys =
          IntStream.range(0, rows).mapToObj(i -> (Object) random.nextInt(7)).toList();
      List<Object> left = numbers(rows, SEED + 1);
      List<Object> right = numbers(rows, SEED + 2);
      try (FieldVector k = vector("k", DataType.INT32, keys);
          FieldVector l = vector("l", DataType.FLOAT64, left);
          FieldVector r = vector("r", DataType.FLOAT64, right)) {
        List<GroupAggregate> aggregates =
            List.of(GroupAggregate.covariance(l, r, 0), GroupAggregate.correlation(l, r));
        try (VectorSchemaRoot found = new Grouping(open.kronos()).groupBy(List.of(k), aggregates)) {
          for (GroupAggregate aggregate : aggregates) {
            assertThat(ArrowVectors.read(found.getVector(aggregate.resultName())))
                .as("%s rows=%d seed=%d", aggregate.resultName(), rows, SEED)
                .isEqualTo(expected(aggregate, keys, left, right));
          }
        }
      }
    }
  }

  @Test
  void groupsOfTablesAgreeWithJava() {
    List<Object> keys = IntStream.range(0, 600).mapToObj(i -> (Object) (i % 5)).toList();
    List<Object> left = numbers(600, SEED + 3);
    List<Object> right = numbers(600, SEED + 4);
    FieldVector k = vector("k", DataType.INT32, keys);
    FieldVector l = vector("l", DataType.FLOAT64, left);
    FieldVector r = vector("r", DataType.FLOAT64, right);
    try (VectorSchemaRoot batch = new VectorSchemaRoot(List.of(k, l, r));
        DeviceTable table = DeviceTable.of(open.kronos(), batch);
        DeviceTable groups =
            table.groupBy(
                List.of("k"),
                List.of(
                    TableAggregate.ofPairs(
                            "c", Function.COVARIANCE, table.column("l"), table.column("r"))
                        .withDdof(1)));
        VectorSchemaRoot found = groups.read()) {
      assertThat(ArrowVectors.read(found.getVector("c")))
          .as("seed=%d", SEED)
          .isEqualTo(expected(GroupAggregate.covariance(l, r, 1), keys, left, right));
    }
  }

  @Test
  void wrongOperandsAreRefused() {
    Aggregates aggregates = new Aggregates(open.kronos());
    try (FieldVector two = vector("two", DataType.INT32, List.of(1, 2));
        FieldVector one = vector("one", DataType.INT32, List.of(1));
        FieldVector text = vector("text", DataType.STRING, List.of(Utf8.of("a"), Utf8.of("b")))) {
      assertThat(aggregates.covariance(one, one, 1).isNull()).isTrue();
      assertThat(aggregates.covariance(two, two, 1).asDouble()).isEqualTo(0.5);
      assertThat(aggregates.correlation(two, two).asDouble()).isEqualTo(1);
      assertThat(aggregates.correlation(one, one).asDouble()).isNaN();
      assertThatThrownBy(() -> aggregates.covariance(two, one, 0))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining("different lengths");
      assertThatThrownBy(() -> aggregates.covariance(two, two, -1))
          .isInstanceOf(KronosException.InvalidArgument.class);
      assertThatThrownBy(() -> aggregates.correlation(two, text))
          .isInstanceOf(KronosException.Unsupported.class);
      assertThatThrownBy(() -> new GroupAggregate(Function.CORRELATION, two, CountMode.ALL, 0))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("only functions of pairs have two operands: function=CORRELATION");
    }
  }
}

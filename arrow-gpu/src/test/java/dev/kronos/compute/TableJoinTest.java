// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import dev.kronos.operator.join.JoinType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares joins of tables with their plain-Java twin, byte by byte and in order. */
class TableJoinTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  private static final List<JoinType> TYPES =
      List.of(
          JoinType.INNER,
          JoinType.LEFT_OUTER,
          JoinType.RIGHT_OUTER,
          JoinType.FULL_OUTER,
          JoinType.LEFT_SEMI,
          JoinType.LEFT_ANTI);

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  @AfterEach
  void nothingIsHeld() {
    assertThat(open.kronos().allocator().getAllocatedMemory()).isZero();
    assertThat(OpenKronos.heldBuffers(open.kronos())).isZero();
  }

  /** Holds columns: keys, a value, and what the filter looks at. */
  private record Side(List<String> names, List<DataType> types, List<List<Object>> columns) {

    static Side of(String prefix, DataType key, int rows, long seed) {
      List<DataType> types = List.of(key, DataType.INT32, DataType.FLOAT64, DataType.BOOLEAN);
      List<List<Object>> columns =
          new ArrayList<>(NastyRows.columns(types, rows, NastyRows.Nulls.SOME, seed));
      Random random = new Random(seed);
      columns.set(1, IntStream.range(0, rows).mapToObj(i -> (Object) random.nextInt(3)).toList());
      return new Side(List.of("k", "n", prefix + "v", prefix + "b"), types, columns);
    }

    Side filtered() {
      List<Object> mask = columns.get(3);
      List<List<Object>> kept = new ArrayList<>();
      for (List<Object> column : columns) {
        kept.add(
            IntStream.range(0, mask.size())
                .filter(row -> Boolean.TRUE.equals(mask.get(row)))
                .mapToObj(column::get)
                .toList());
      }
      return new Side(names, types, kept);
    }

    DeviceTable table() {
      List<FieldVector> vectors = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        vectors.add(
            ArrowVectors.of(names.get(i), types.get(i), columns.get(i), open.kronos().allocator()));
      }
      try (VectorSchemaRoot root = new VectorSchemaRoot(vectors)) {
        return DeviceTable.of(open.kronos(), root);
      }
    }

    List<List<Object>> keys() {
      return List.of(OracleTypes.meanings(types.get(0), columns.get(0)), columns.get(1));
    }

    Object value(int column, int row) {
      return row < 0 ? null : columns.get(column).get(row);
    }
  }

  private static DeviceTable join(JoinType type, DeviceTable left, DeviceTable right) {
    return switch (type) {
      case INNER -> left.inner(right, "k", "n");
      case LEFT_OUTER -> left.left(right, "k", "n");
      case RIGHT_OUTER -> left.right(right, "k", "n");
      case FULL_OUTER -> left.full(right, "k", "n");
      case LEFT_SEMI -> left.semi(right, "k", "n");
      case LEFT_ANTI -> left.anti(right, "k", "n");
      default -> throw new AssertionError(type);
    };
  }

  /** Returns the columns of a join in plain Java; the key is that of the side that has the row. */
  private static List<List<Object>> java(JoinType type, Side left, Side right) {
    List<List<Object>> columns = new ArrayList<>();
    int count = type.keepsLeftOnly() ? 4 : 6;
    for (int i = 0; i < count; i++) {
      List<Object> column = new ArrayList<>();
      for (int[] pair : JoinOracle.pairs(type, left.keys(), right.keys())) {
        boolean fromRight = i >= 4 || (i < 2 && (pair[0] < 0 || type == JoinType.RIGHT_OUTER));
        int index = i < 4 ? i : i - 2;
        column.add(fromRight ? right.value(index, pair[1]) : left.value(index, pair[0]));
      }
      columns.add(column);
    }
    return columns;
  }

  private static void check(String what, JoinType type, List<Side> sides, DeviceTable joined) {
    Side left = sides.get(0);
    Side right = sides.get(1);
    List<List<Object>> expected = java(type, left, right);
    try (joined;
        VectorSchemaRoot found = joined.read()) {
      assertThat(found.getFieldVectors()).hasSize(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        DataType of = i < 4 ? left.types.get(i) : right.types.get(i - 2);
        String name = i < 4 ? left.names.get(i) : right.names.get(i - 2);
        try (FieldVector java =
            ArrowVectors.of(name, of, expected.get(i), open.kronos().allocator())) {
          assertThat(found.getVector(i).getField()).isEqualTo(java.getField());
          assertThat(ArrowVectors.bytes(found.getVector(i)))
              .as("%s %s column %s", what, type, i)
              .isEqualTo(ArrowVectors.bytes(java));
        }
      }
    }
  }

  static Stream<DataType> types() {
    return NastyRows.TYPES.stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyTypeIsAKey(DataType type) {
    Side left = Side.of("l", type, 257, SEED);
    Side right = Side.of("r", type, 60, SEED + 1);
    for (JoinType join : TYPES) {
      try (DeviceTable l = left.table();
          DeviceTable r = right.table()) {
        check("seed=" + SEED, join, List.of(left, right), join(join, l, r));
      }
    }
  }

  /** Filters of both sides are part of the join; either side may be empty. */
  @ParameterizedTest
  @EnumSource(
      names = {"INNER", "LEFT_OUTER", "RIGHT_OUTER", "FULL_OUTER", "LEFT_SEMI", "LEFT_ANTI"})
  void filteredSidesAreJoined(JoinType type) {
    int[][] sizes = {{0, 0}, {300, 0}, {0, 300}, {1, 1}, {1025, 300}};
    for (int[] size : sizes) {
      Side left = Side.of("l", DataType.STRING, size[0], SEED);
      Side right = Side.of("r", DataType.STRING, size[1], SEED + 1);
      try (DeviceTable l = left.table();
          DeviceTable r = right.table();
          DeviceTable someLeft = l.where(l.column("lb"));
          DeviceTable someRight = r.where(r.column("rb"))) {
        check(
            "sizes=" + size[0] + "," + size[1] + " seed=" + SEED,
            type,
            List.of(left.filtered(), right.filtered()),
            join(type, someLeft, someRight));
      }
    }
  }

  /** Sides that compute columns, and what comes of a join used further. */
  @Test
  void joinsAreTables() {
    Side left = Side.of("l", DataType.INT64, 400, SEED);
    Side right = Side.of("r", DataType.INT64, 90, SEED + 1);
    try (DeviceTable l = left.table();
        DeviceTable r = right.table();
        DeviceTable twice =
            r.select(
                List.of("n", "k", "m"), List.of(r.column("n"), r.column("k"), twice(r.column(0))));
        DeviceTable joined = l.inner(twice, "k", "n");
        DeviceTable sums =
            joined.groupBy(
                List.of("n"),
                List.of(TableAggregate.of("s", GroupAggregate.Function.SUM, joined.column("m"))));
        DeviceTable sorted = sums.sort(ColumnOrder.ascending("n"))) {
      List<List<Object>> pairs = java(JoinType.INNER, left, right);
      Long[] expected = new Long[3];
      for (int i = 0; i < pairs.get(0).size(); i++) {
        int group = (Integer) pairs.get(1).get(i);
        long before = expected[group] == null ? 0 : expected[group];
        expected[group] = before + 2 * (Long) pairs.get(0).get(i);
      }
      List<Object> sumsOfGroups =
          new ArrayList<>(Stream.of(expected).filter(s -> s != null).toList());
      try (VectorSchemaRoot read = sorted.read()) {
        assertThat(ArrowVectors.read(read.getVector("s")))
            .as("seed=%s", SEED)
            .isEqualTo(sumsOfGroups);
      }
    }
  }

  private static Expression twice(Expression value) {
    return Functions.ADD.of(value, value);
  }

  @Test
  void wrongUsesAreNamed() {
    Side left = Side.of("l", DataType.INT64, 10, 1);
    Side right = Side.of("r", DataType.INT32, 10, 2);
    try (DeviceTable l = left.table();
        DeviceTable r = right.table();
        DeviceTable failing =
            l.select(
                List.of("k", "q"),
                List.of(
                    l.column("k"),
                    Functions.DIVIDE.of(
                        l.column("k"),
                        Functions.BIT_WISE_AND.of(l.column("k"), Scalar.of(0L).literal()))))) {
      assertThatThrownBy(() -> l.inner(r))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("join without keys: keys=0");
      assertThatThrownBy(() -> l.inner(r, "k"))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("keys of the sides differ in type: left=[bigint], right=[int]");
      assertThatThrownBy(() -> l.left(r, "lv"))
          .hasMessage("name does not tell a column: name=lv, columns=0");
      int row = firstNumber(left.columns.get(0));
      String message = "row has no result: function=join, row=" + row + ", error=DIVIDE_BY_ZERO";
      assertThatThrownBy(() -> failing.inner(l, "k")).hasMessage(message);
      assertThatThrownBy(() -> l.inner(failing, "k")).hasMessage(message);
      DeviceTable closed = l.run();
      closed.close();
      assertThatThrownBy(() -> l.inner(closed, "k")).isInstanceOf(KronosException.Closed.class);
    }
  }

  private static int firstNumber(List<Object> values) {
    return IntStream.range(0, values.size())
        .filter(i -> values.get(i) != null)
        .findFirst()
        .orElseThrow();
  }
}

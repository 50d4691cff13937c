// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import dev.kronos.compute.GroupAggregate.Function;
import dev.kronos.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares groups of tables with those of plain Java, behind a filter and without one. */
class TableGroupingTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  @AfterEach
  void nothingIsHeld() {
    assertThat(open.kronos().allocator().getAllocatedMemory()).isZero();
    assertThat(OpenKronos.heldBuffers(open.kronos())).isZero();
  }

  static Stream<DataType> types() {
    return NastyRows.TYPES.stream();
  }

  private static DeviceTable table(List<DataType> types, List<List<Object>> columns) {
    List<FieldVector> vectors = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      vectors.add(
          ArrowVectors.of("c" + i, types.get(i), columns.get(i), open.kronos().allocator()));
    }
    try (VectorSchemaRoot root = new VectorSchemaRoot(vectors)) {
      return DeviceTable.of(open.kronos(), root);
    }
  }

  /** Draws few different values, so that groups have rows. */
  private static List<Object> few(DataType type, int rows, int different, long seed) {
    List<Object> from =
        NastyRows.columns(List.of(type), different, NastyRows.Nulls.SOME, seed).get(0);
    Random random = new Random(seed);
    return IntStream.range(0, rows).mapToObj(i -> from.get(random.nextInt(different))).toList();
  }

  private static List<Object> kept(List<Object> values, List<Object> mask) {
    return IntStream.range(0, mask.size())
        .filter(row -> Boolean.TRUE.equals(mask.get(row)))
        .mapToObj(values::get)
        .toList();
  }

  private static List<Function> functions(DataType type) {
    List<Function> functions =
        new ArrayList<>(
            List.of(
                Function.COUNT,
                Function.COUNT_ALL,
                Function.MIN,
                Function.MAX,
                Function.COUNT_DISTINCT));
    if (type.equals(DataType.BOOLEAN)) {
      functions.addAll(List.of(Function.ANY, Function.ALL));
    }
    if (OracleTypes.isNumeric(type)) {
      functions.addAll(List.of(Function.SUM, Function.MEAN, Function.VARIANCE, Function.STDDEV));
    }
    return functions;
  }

  /** The twin speaks of aggregates of vectors; their values are given beside them. */
  private static GroupAggregate twin(Function function, FieldVector any) {
    return new GroupAggregate(function, any, CountMode.ONLY_VALID, 1);
  }

  private static void check(
      String what, DeviceTable table, List<List<Object>> columns, List<Function> functions) {
    List<TableAggregate> aggregates = new ArrayList<>();
    for (Function function : functions) {
      aggregates.add(
          TableAggregate.of(function.arrowName(), function, table.column("c2")).withDdof(1));
    }
    DataType type = ArrowColumns.dataType(table.fields().get(2).getType());
    Map<List<Object>, List<Integer>> groups =
        GroupOracle.groups(List.of(columns.get(0), columns.get(1)));
    try (DeviceTable grouped = table.groupBy(List.of("c0", "c1"), aggregates);
        VectorSchemaRoot found = grouped.read()) {
      for (int key = 0; key < 2; key++) {
        int index = key;
        assertThat(ArrowVectors.read(found.getVector(key)))
            .as("%s key %s", what, key)
            .isEqualTo(groups.keySet().stream().map(k -> k.get(index)).toList());
      }
      for (Function function : functions) {
        FieldVector vector = found.getVector(function.arrowName());
        List<Object> expected = new ArrayList<>();
        for (List<Integer> rows : groups.values()) {
          List<Object> values = rows.stream().map(columns.get(2)::get).toList();
          expected.add(GroupOracle.aggregate(twin(function, vector), type, values));
        }
        assertThat(ArrowVectors.read(vector)).as("%s %s", what, function).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void aggregatesOfEveryType(DataType type) {
    List<DataType> types = List.of(DataType.STRING, DataType.FLOAT64, type, DataType.BOOLEAN);
    for (int rows : new int[] {0, 1, 257, 3000}) {
      List<List<Object>> columns = new ArrayList<>();
      columns.add(few(types.get(0), rows, 7, SEED + rows));
      columns.add(few(types.get(1), rows, 5, SEED + rows + 1));
      columns.addAll(
          NastyRows.columns(types.subList(2, 4), rows, NastyRows.Nulls.SOME, SEED + rows));
      List<List<Object>> kept = columns.stream().map(c -> kept(c, columns.get(3))).toList();
      String what = "rows=" + rows + " seed=" + SEED;
      List<Function> once =
          functions(type).stream()
              .filter(f -> f != Function.COUNT_DISTINCT)
              .filter(f -> f != Function.VARIANCE && f != Function.STDDEV)
              .toList();
      try (DeviceTable table = table(types, columns);
          DeviceTable filtered = table.where(table.column("c3"))) {
        check(what, filtered, kept, once);
        if (rows != 3000) {
          check(what, filtered, kept, functions(type));
          check(what, table, columns, once);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyTypeIsAKeyAndKeepsItsField(DataType type) {
    List<List<Object>> columns =
        NastyRows.columns(List.of(type, DataType.BOOLEAN), 500, NastyRows.Nulls.SOME, SEED);
    List<Object> kept = kept(columns.get(0), columns.get(1));
    try (DeviceTable table = table(List.of(type, DataType.BOOLEAN), columns);
        DeviceTable filtered = table.where(table.column("c1"));
        DeviceTable grouped =
            filtered.groupBy(List.of("c0"), List.of(TableAggregate.countAll("n")));
        VectorSchemaRoot found = grouped.read()) {
      Map<List<Object>, List<Integer>> groups =
          GroupOracle.groups(List.of(OracleTypes.keys(type, kept)));
      assertThat(ArrowVectors.read(found.getVector("c0")))
          .as("seed=%s", SEED)
          .isEqualTo(groups.keySet().stream().map(key -> key.get(0)).toList());
      assertThat(ArrowVectors.read(found.getVector("n")))
          .isEqualTo(groups.values().stream().map(rows -> (Object) (long) rows.size()).toList());
      assertThat(grouped.fields().get(0)).isEqualTo(table.fields().get(0));
    }
  }

  /** What comes of groups is a table like others: filtered, sorted and grouped again. */
  @Test
  void groupsAreATable() {
    List<Object> keys = IntStream.range(0, 1000).mapToObj(i -> (Object) (i * 7 % 13)).toList();
    List<Object> values = IntStream.range(0, 1000).mapToObj(i -> (Object) (long) i).toList();
    try (DeviceTable table = table(List.of(DataType.INT32, DataType.INT64), List.of(keys, values));
        DeviceTable sums =
            table.groupBy(
                List.of("c0"),
                List.of(TableAggregate.of("sum", Function.SUM, twice(table.column("c1")))));
        DeviceTable large = sums.where(Functions.GREATER.of(sums.column("c0"), number(9)));
        DeviceTable sorted = large.sort(ColumnOrder.descending("c0"))) {
      long bytes = open.kronos().counters().streams().bytesDown();
      try (VectorSchemaRoot read = sorted.read()) {
        assertThat(ArrowVectors.read(read.getVector("c0"))).containsExactly(12, 11, 10);
        long expected = 0;
        for (int i = 0; i < 1000; i++) {
          expected += i * 7 % 13 == 12 ? 2 * i : 0;
        }
        assertThat(ArrowVectors.read(read.getVector("sum")).get(0)).isEqualTo(expected);
      }
      assertThat(open.kronos().counters().streams().bytesDown() - bytes).isLessThan(100);
      assertThat(large.sum(large.column("sum")).asLong()).isPositive();
    }
  }

  private static Expression twice(Expression value) {
    return Functions.ADD.of(value, value);
  }

  private static Expression number(int value) {
    return Scalar.of(value).literal();
  }

  /** A filter and expressions before a grouping are part of its kernels. */
  @Test
  void stepsBeforeAGroupingAreFused() {
    List<Object> keys = IntStream.range(0, 3000).mapToObj(i -> (Object) (i % 10)).toList();
    try (DeviceTable table = table(List.of(DataType.INT32), List.of(keys));
        DeviceTable even =
            table.where(
                Functions.EQUAL.of(
                    Functions.BIT_WISE_AND.of(table.column(0), number(1)), number(0)));
        DeviceTable renamed =
            even.select(List.of("k", "v"), List.of(even.column(0), twice(even.column(0))))) {
      long plain = dispatches(table, "c0", table.column("c0"));
      long fused = dispatches(renamed, "k", renamed.column("v"));
      assertThat(fused).isEqualTo(plain);
    }
  }

  private static long dispatches(DeviceTable table, String key, Expression values) {
    List<TableAggregate> sum = List.of(TableAggregate.of("s", Function.SUM, values));
    long before = open.kronos().counters().dispatches();
    table.groupBy(List.of(key), sum).close();
    return open.kronos().counters().dispatches() - before;
  }

  @Test
  void wrongUsesAreNamed() {
    List<Object> zeros = List.of(3L, 0L, 1L);
    List<Object> large = List.of(Long.MAX_VALUE, 0L, 1L);
    try (DeviceTable table = table(List.of(DataType.INT64, DataType.INT64), List.of(zeros, large));
        DeviceTable some =
            table.where(Functions.LESS.of(table.column(0), Scalar.of(5L).literal()));
        DeviceTable one = table.select("c0")) {
      assertThatThrownBy(() -> table.groupBy(List.of(), List.of()))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("nothing to group by: keys=0");
      assertThatThrownBy(() -> table.groupBy(List.of("x"), List.of()))
          .hasMessage("name does not tell a column: name=x, columns=0");
      assertThatThrownBy(
              () ->
                  one.groupBy(
                      List.of("c0"),
                      List.of(TableAggregate.of("s", Function.SUM, table.column(1)))))
          .hasMessageStartingWith("expression is over other columns: expression=#1");
      Expression quotient = Functions.DIVIDE.of(Scalar.of(6L).literal(), some.column(0));
      assertThatThrownBy(
              () ->
                  some.groupBy(
                      List.of("c1"), List.of(TableAggregate.of("q", Function.MAX, quotient))))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("row has no result: function=group_by, row=1, error=DIVIDE_BY_ZERO");
      Expression constant = Functions.BIT_WISE_AND.of(table.column(0), Scalar.of(0L).literal());
      try (DeviceTable same =
          table.select(List.of("k", "v"), List.of(constant, table.column("c1")))) {
        assertThatThrownBy(
                () ->
                    same.groupBy(
                        List.of("k"),
                        List.of(TableAggregate.of("s", Function.SUM_CHECKED, same.column("v")))))
            .isInstanceOf(KronosException.InvalidArgument.class)
            .hasMessage("sum of a group does not fit its type: vector=#1");
      }
      assertThatThrownBy(
              () ->
                  table.groupBy(
                      List.of("c0"),
                      List.of(TableAggregate.of("a", Function.ANY, table.column(0)))))
          .isInstanceOf(KronosException.Unsupported.class);
      assertThatThrownBy(() -> TableAggregate.countAll("n").withDdof(-1))
          .hasMessage("negative ddof: ddof=-1");
    }
  }
}

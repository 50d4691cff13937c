// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.DataType;
import dev.kronos.compute.NastyRows.Nulls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares groups and their aggregates with those of plain Java, value by value. */
class GroupingTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  /** Those of {@link NastyRows} at which a table, a word or a workgroup ends. */
  private static final int[] SIZES = {0, 1, 33, 255, 256, 257, 4097};

  private static OpenKronos open;
  private static Grouping grouping;

  @BeforeAll
  static void openDevice() {
    open = new OpenKronos();
    grouping = new Grouping(open.kronos());
  }

  @AfterAll
  static void closeDevice() {
    open.close();
  }

  static Stream<DataType> types() {
    return NastyRows.TYPES.stream();
  }

  private static BufferAllocator allocator() {
    return open.kronos().allocator();
  }

  private static List<Object> column(DataType type, int rows, int kind, long seed) {
    Nulls nulls = Nulls.values()[kind % 3];
    return NastyRows.columns(List.of(type), rows, nulls, seed).get(0);
  }

  private static FieldVector vector(DataType type, List<Object> values, int kind) {
    return ArrowVectors.slice(NastyRows.OFFSETS[kind % 4], type, values, allocator());
  }

  /** Draws few different values, so that groups have rows. */
  private static List<Object> few(DataType type, int rows, int different, long seed) {
    List<Object> from = column(type, different, 1, seed);
    Random random = new Random(seed);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      values.add(from.get(random.nextInt(different)));
    }
    return values;
  }

  private static List<Object> at(List<Object> values, List<Integer> rows) {
    return rows.stream().map(values::get).toList();
  }

  /** Checks keys and then aggregates, all of one vector. */
  private static void check(
      String what,
      List<List<Object>> keys,
      Map.Entry<DataType, List<Object>> values,
      List<GroupAggregate> aggregates,
      VectorSchemaRoot found) {
    Map<List<Object>, List<Integer>> groups = GroupOracle.groups(keys);
    for (int key = 0; key < keys.size(); key++) {
      int index = key;
      assertThat(ArrowVectors.read(found.getVector(key)))
          .as("%s key %s", what, key)
          .isEqualTo(groups.keySet().stream().map(k -> k.get(index)).toList());
    }
    for (int i = 0; i < aggregates.size(); i++) {
      GroupAggregate aggregate = aggregates.get(i);
      List<Object> expected = new ArrayList<>();
      groups
          .values()
          .forEach(
              rows ->
                  expected.add(
                      GroupOracle.aggregate(
                          aggregate, values.getKey(), at(values.getValue(), rows))));
      FieldVector vector = found.getVector(keys.size() + i);
      assertThat(vector.getName()).isEqualTo(aggregate.resultName());
      assertThat(ArrowVectors.read(vector))
          .as("%s %s", what, aggregate.resultName())
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyTypeIsAKey(DataType type) {
    for (int i = 0; i < SIZES.length; i++) {
      int rows = SIZES[i];
      List<Object> keys = column(type, rows, i, SEED + i);
      List<Object> longs = column(DataType.INT64, rows, 1, SEED - i);
      try (FieldVector k = vector(type, keys, i);
          FieldVector v = vector(DataType.INT64, longs, i + 1)) {
        List<GroupAggregate> aggregates = List.of(GroupAggregate.sum(v), GroupAggregate.countAll());
        try (VectorSchemaRoot found = grouping.groupBy(List.of(k), aggregates)) {
          String what = "rows=" + rows + " seed=" + SEED;
          check(
              what,
              List.of(OracleTypes.keys(type, keys)),
              Map.entry(DataType.INT64, longs),
              aggregates,
              found);
        }
        assertThat(ArrowVectors.read(k)).isEqualTo(keys);
      }
    }
  }

  private static List<GroupAggregate> aggregatesOf(DataType type, FieldVector v) {
    List<GroupAggregate> all = new ArrayList<>();
    for (CountMode mode : CountMode.values()) {
      all.add(GroupAggregate.count(v, mode));
      all.add(GroupAggregate.countDistinct(v, mode));
    }
    all.add(GroupAggregate.min(v));
    all.add(GroupAggregate.max(v));
    if (type.equals(DataType.BOOLEAN)) {
      all.add(GroupAggregate.any(v));
      all.add(GroupAggregate.all(v));
    }
    if (OracleTypes.isNumeric(type)) {
      all.add(GroupAggregate.variance(v, 1));
      all.add(GroupAggregate.sum(v));
      all.add(GroupAggregate.mean(v));
      all.add(GroupAggregate.stddev(v, 0));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("types")
  void aggregatesOfEveryTypeBySeveralKeys(DataType type) {
    int[] sizes = {0, 1, 257, 5000};
    for (int i = 0; i < sizes.length; i++) {
      List<Object> names = few(DataType.STRING, sizes[i], 7, SEED + i);
      List<Object> numbers = few(DataType.FLOAT64, sizes[i], 9, SEED + i + 1);
      List<Object> values = column(type, sizes[i], 1, SEED + i + 2);
      try (FieldVector k1 = vector(DataType.STRING, names, i);
          FieldVector k2 = vector(DataType.FLOAT64, numbers, i + 1);
          FieldVector v = vector(type, values, i + 2)) {
        List<GroupAggregate> aggregates = aggregatesOf(type, v);
        try (VectorSchemaRoot found = grouping.groupBy(List.of(k1, k2), aggregates)) {
          String what = "rows=" + sizes[i] + " seed=" + SEED;
          check(what, List.of(names, numbers), Map.entry(type, values), aggregates, found);
        }
      }
    }
  }

  @Test
  void manyGroupsOutgrowTheFirstTable() {
    Random random = new Random(SEED);
    List<Object> keys = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      keys.add((long) random.nextInt(20_000) << 20);
      values.add(random.nextDouble());
    }
    try (FieldVector k = vector(DataType.INT64, keys, 0);
        FieldVector v = vector(DataType.FLOAT64, values, 1)) {
      List<GroupAggregate> aggregates =
          List.of(
              GroupAggregate.sum(v),
              GroupAggregate.stddev(v, 1),
              GroupAggregate.countDistinct(v, CountMode.ALL));
      try (VectorSchemaRoot found = grouping.groupBy(List.of(k), aggregates)) {
        check(
            "seed=" + SEED, List.of(keys), Map.entry(DataType.FLOAT64, values), aggregates, found);
      }
    }
  }

  /** The comparison sees a wrong result: one value that is another's. */
  @Test
  void wrongGroupsFail() {
    List<Object> keys = column(DataType.INT32, 300, 0, 4);
    List<Object> wrong = new ArrayList<>(keys);
    wrong.set(299, 4711);
    try (FieldVector k = vector(DataType.INT32, keys, 0);
        VectorSchemaRoot found = grouping.groupBy(List.of(k), List.of())) {
      assertThatThrownBy(
              () ->
                  check(
                      "wrong", List.of(wrong), Map.entry(DataType.INT32, wrong), List.of(), found))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void checkedSumNamesItsVector() {
    List<Object> values = List.of(Long.MAX_VALUE, 1L, 2L);
    try (FieldVector k = vector(DataType.INT32, List.of(1, 1, 2), 0);
        FieldVector v = vector(DataType.INT64, values, 1)) {
      List<GroupAggregate> aggregates =
          List.of(GroupAggregate.countAll(), GroupAggregate.mean(k), GroupAggregate.sumChecked(v));
      assertThatThrownBy(() -> grouping.groupBy(List.of(k), aggregates))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("sum of a group does not fit its type: vector=v");
    }
  }

  @Test
  void vectorsOfOtherAllocatorsWorkAsWell() {
    try (BufferAllocator foreign = new RootAllocator();
        FieldVector k = ArrowVectors.of("k", DataType.INT32, List.of(1, 2, 1), foreign);
        VectorSchemaRoot found = grouping.groupBy(List.of(k), List.of(GroupAggregate.sum(k)))) {
      assertThat(ArrowVectors.read(found.getVector("k_sum"))).containsExactly(2L, 2L);
    }
  }

  @Test
  void wrongInputsAreRefused() {
    try (FieldVector k = vector(DataType.STRING, List.of(), 0);
        FieldVector v = vector(DataType.INT64, List.of(1L), 1)) {
      assertThatThrownBy(() -> grouping.groupBy(List.of(), List.of()))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("nothing to group by: keys=0");
      assertThatThrownBy(() -> grouping.groupBy(List.of(k), List.of(GroupAggregate.sum(v))))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining("different lengths");
      assertThatThrownBy(() -> grouping.groupBy(List.of(k), List.of(GroupAggregate.sum(k))))
          .isInstanceOf(KronosException.Unsupported.class);
      assertThatThrownBy(() -> grouping.groupBy(List.of(k), List.of(GroupAggregate.mean(k))))
          .isInstanceOf(KronosException.Unsupported.class);
      assertThatThrownBy(() -> grouping.groupBy(List.of(v), List.of(GroupAggregate.any(v))))
          .isInstanceOf(KronosException.Unsupported.class);
      assertThatThrownBy(() -> GroupAggregate.variance(v, -1))
          .isInstanceOf(KronosException.InvalidArgument.class);
    }
  }
}

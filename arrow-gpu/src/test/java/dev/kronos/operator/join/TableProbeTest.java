// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.Kronos;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.RandomValues;
import dev.kronos.operator.ReferenceAggregate;
import dev.kronos.operator.ReferenceJoin;
import dev.kronos.operator.ReferenceProject;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.AggregateSpec;
import dev.kronos.operator.aggregate.Function;
import dev.kronos.operator.aggregate.HashAggregate;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.SideColumns;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares joins that are steps of pipelines with the twin of joins, and with that of pipelines.
 */
class TableProbeTest {
  private static final int[] ROWS = {0, 1, 255, 257, 4096};

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  /** Joins of which a probe row gives one row at most, with the side that is the build side. */
  static Stream<Arguments> joins() {
    return Stream.of(
            Arguments.of(JoinType.INNER, BuildSide.RIGHT),
            Arguments.of(JoinType.INNER, BuildSide.LEFT),
            Arguments.of(JoinType.LEFT_OUTER, BuildSide.RIGHT),
            Arguments.of(JoinType.RIGHT_OUTER, BuildSide.LEFT),
            Arguments.of(JoinType.LEFT_SEMI, BuildSide.RIGHT),
            Arguments.of(JoinType.LEFT_ANTI, BuildSide.RIGHT),
            Arguments.of(JoinType.EXISTENCE, BuildSide.RIGHT))
        .flatMap(
            join ->
                Stream.of(false, true)
                    .map(condition -> Arguments.of(join.get()[0], join.get()[1], condition)));
  }

  private static Expression column(int index, DataType type) {
    return new ColumnReference(index, type, true);
  }

  private static JoinSpec join(
      JoinType type, BuildSide side, PipelineSpec probe, List<DataType> types, int keys) {
    PipelineSpec source = source(types);
    List<BuildKey> buildKeys = new ArrayList<>();
    List<Expression> probeKeys = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      buildKeys.add(BuildKey.of(column(i, types.get(i))));
      probeKeys.add(column(i, types.get(i)));
    }
    return JoinSpec.builder(type, side, probe, new BuildSpec(source, buildKeys))
        .probeKeys(probeKeys)
        .build();
  }

  private static PipelineSpec source(List<DataType> types) {
    return new PipelineSpec(types.stream().map(Layouts.SPARK::of).toList(), List.of());
  }

  private static JoinSpec withCondition(JoinSpec spec, int left, int right, DataType type) {
    Expression condition =
        new Comparison(Comparison.Operator.LT, column(left, type), column(right, type));
    return new JoinSpec(
        spec.type(),
        spec.buildSide(),
        spec.probe(),
        spec.probeKeys(),
        spec.build(),
        condition,
        spec.outputs());
  }

  /** Draws rows whose first {@code keys} values are together of one row only, some of them null. */
  private static List<Object[]> unique(List<DataType> types, int keys, int rows) {
    List<Object[]> drawn = new ArrayList<>();
    for (Object[] row : JoinCheck.rows(source(types).inputs(), rows, rows + 7, 10, rows)) {
      int number = drawn.size();
      for (int key = 0; key < keys; key++) {
        row[key] = number % 11 == 10 ? row[key] : RandomValues.value(types.get(key), number);
      }
      row[0] = number % 11 == 10 ? null : row[0];
      drawn.add(row);
    }
    return drawn;
  }

  private static List<Object[]> dense(List<Object[]> rows) {
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i)[0] = rows.get(i)[0] == null ? null : i + 100;
    }
    return rows;
  }

  /** Holds a table and its rows. */
  private record Built(BuildTable table, List<Object[]> rows) implements AutoCloseable {
    static Built of(JoinSpec spec, List<Object[]> rows) {
      Kronos kronos = open.kronos();
      try (JoinBuild build = new JoinBuild(kronos, spec.build());
          HostTable host = host(spec.build().input().inputs(), rows)) {
        build.add(host.batch());
        return new Built(build.finish(), rows);
      }
    }

    /** Returns the values of the side columns, of which the slots have none. */
    List<List<Object>> sides() {
      List<List<Object>> sides = new ArrayList<>();
      for (int i = 0; i < table.plan().layouts().size(); i++) {
        int column = i;
        List<Object> values = new ArrayList<>();
        rows.forEach(row -> values.add(row[column]));
        sides.add(values);
      }
      sides.add(List.of());
      return sides;
    }

    @Override
    public void close() {
      table.close();
    }
  }

  private static HostTable host(List<ColumnLayout> layouts, List<Object[]> rows) {
    return new HostTable(open.kronos().allocator(), layouts, rows, List.of());
  }

  private static List<List<Object>> onDevice(
      PipelineSpec spec, List<Column> sides, List<Object[]> rows) {
    Kronos kronos = open.kronos();
    try (HostTable host = host(spec.inputs(), rows);
        ProjectBatch operator = new ProjectBatch(kronos, spec, new SideColumns(sides));
        ColumnBatch result = operator.apply(host.batch())) {
      return DeviceRows.of(kronos, result);
    }
  }

  private static void check(JoinSpec spec, List<Object[]> builds, List<Object[]> probes) {
    try (Built built = Built.of(spec, builds)) {
      ReferenceJoin twin = new ReferenceJoin(spec);
      twin.build(builds);
      if (builds.isEmpty()) {
        assertThat(TableProbe.suits(spec, built.table)).isFalse();
        return;
      }
      TableProbe probe = new TableProbe(spec, built.table);
      List<List<Object>> expected = twin.probe(probes);
      assertThat(new ReferenceProject(probe.pipeline(), built.sides()).apply(probes))
          .as("expressions in Java")
          .isEqualTo(expected);
      assertThat(onDevice(probe.pipeline(), probe.columns(), probes)).isEqualTo(expected);
      boolean filters = probe.pipeline().steps().size() > spec.probe().steps().size() + 1;
      assertThat(probe.filters()).isEqualTo(filters);
    }
  }

  @ParameterizedTest
  @MethodSource("joins")
  void everyTypeOfJoin(JoinType type, BuildSide side, boolean condition) {
    List<DataType> types = List.of(DataType.INT64, DataType.STRING, DataType.INT32);
    JoinSpec plain = join(type, side, source(types), types, 1);
    JoinSpec spec = condition ? withCondition(plain, 2, 5, DataType.INT32) : plain;
    for (int rows : ROWS) {
      check(spec, unique(types, 1, rows), JoinCheck.rows(spec.probe().inputs(), 1000, 700, 10, 5));
    }
  }

  @ParameterizedTest
  @MethodSource("joins")
  void keysThatNumberSlots(JoinType type, BuildSide side, boolean condition) {
    List<DataType> types = List.of(DataType.INT32, DataType.STRING, DataType.DATE);
    JoinSpec plain = join(type, side, source(types), types, 1);
    JoinSpec spec = condition ? withCondition(plain, 2, 5, DataType.DATE) : plain;
    List<Object[]> builds = dense(unique(types, 1, 300));
    List<Object[]> probes = new ArrayList<>(dense(unique(types, 1, 500)));
    probes.addAll(JoinCheck.rows(spec.probe().inputs(), 100, 20, 0, 3));
    try (Built built = Built.of(spec, builds)) {
      assertThat(built.table.index().slots().isDense()).isTrue();
    }
    check(spec, builds, probes);
  }

  static List<List<DataType>> keys() {
    List<List<DataType>> keys = new ArrayList<>();
    Layouts.TYPES.stream()
        .filter(
            type ->
                !type.isFloating() && !type.equals(DataType.BOOLEAN) && !type.equals(DataType.INT8))
        .forEach(type -> keys.add(List.of(type)));
    keys.add(List.of(DataType.INT64, DataType.STRING));
    keys.add(List.of(DataType.STRING, DataType.INT16, DataType.decimal(28, 6)));
    return keys;
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyTypeOfKey(List<DataType> keys) {
    List<DataType> types = new ArrayList<>(keys);
    types.add(DataType.FLOAT64);
    JoinSpec spec = join(JoinType.INNER, BuildSide.RIGHT, source(types), types, keys.size());
    List<Object[]> builds = unique(types, keys.size(), 200);
    List<Object[]> probes = unique(types, keys.size(), 400);
    Collections.shuffle(probes, new Random(1));
    check(spec, builds, probes);
  }

  @Test
  @Tag("subgroups")
  void chainOfJoinsBelowGrouping() {
    List<DataType> facts = List.of(DataType.INT64, DataType.INT64, DataType.decimal(15, 2));
    List<DataType> first = List.of(DataType.INT64, DataType.INT64);
    List<DataType> second = List.of(DataType.INT64, DataType.STRING);
    JoinSpec inner = join(JoinType.INNER, BuildSide.RIGHT, source(facts), first, 1);
    List<Object[]> firstRows = unique(first, 1, 300);
    List<Object[]> secondRows = unique(second, 1, 50);
    firstRows.forEach(row -> row[1] = secondRows.get(Math.abs(Arrays.hashCode(row)) % 50)[0]);
    List<Object[]> probes = JoinCheck.rows(source(facts).inputs(), 5000, 400, 5, 9);
    try (Built one = Built.of(inner, firstRows)) {
      TableProbe below = new TableProbe(inner, one.table);
      // The second join's key is a column of the first one's table.
      BuildSpec groups =
          new BuildSpec(source(second), List.of(BuildKey.of(column(0, DataType.INT64))));
      JoinSpec outer =
          JoinSpec.builder(JoinType.LEFT_OUTER, BuildSide.RIGHT, below.pipeline(), groups)
              .probeKeys(List.of(column(4, DataType.INT64)))
              .build();
      try (Built two = Built.of(outer, secondRows)) {
        TableProbe above = new TableProbe(outer, two.table);
        List<Column> sides = new ArrayList<>(below.columns());
        sides.addAll(above.columns());
        List<List<Object>> values = new ArrayList<>(one.sides());
        values.addAll(two.sides());
        List<List<Object>> joined = new ReferenceProject(above.pipeline(), values).apply(probes);
        assertThat(joined).hasSizeBetween(100, 4900);
        assertThat(onDevice(above.pipeline(), sides, probes)).isEqualTo(joined);
        AggregateCall sum =
            new AggregateCall(
                Function.SUM, column(2, facts.get(2)), DataType.decimal(25, 2), ErrorMode.ANSI);
        List<Expression> keys = List.of(column(6, DataType.STRING));
        AggregateSpec grouping = new AggregateSpec(above.pipeline(), keys, List.of(sum));
        List<DataType> types = above.pipeline().outputTypes();
        ReferenceAggregate twin =
            new ReferenceAggregate(new AggregateSpec(source(types), keys, List.of(sum)));
        twin.add(joined.stream().map(List::toArray).toList());
        List<List<Object>> found = grouped(grouping, sides, probes);
        assertThat(found).hasSizeBetween(10, 60).containsExactlyInAnyOrderElementsOf(twin.finish());
      }
    }
  }

  private static List<List<Object>> grouped(
      AggregateSpec spec, List<Column> sides, List<Object[]> rows) {
    Kronos kronos = open.kronos();
    try (HostTable host = host(spec.input().inputs(), rows);
        HashAggregate operator = new HashAggregate(kronos, spec, new SideColumns(sides))) {
      operator.add(host.batch());
      try (ColumnBatch result = operator.finish()) {
        return DeviceRows.of(kronos, result);
      }
    }
  }

  /** Tables of any size have one kernel, also where a size is that of another table. */
  @Test
  void sizesAreNoPartOfKernels() {
    List<DataType> types = List.of(DataType.INT64, DataType.STRING);
    JoinSpec below = join(JoinType.INNER, BuildSide.RIGHT, source(types), types, 1);
    List<List<String>> texts = new ArrayList<>();
    for (int rows : new int[] {50, 300, 3000}) {
      try (Built one = Built.of(below, unique(types, 1, 300));
          Built two = Built.of(below, unique(types, 1, rows))) {
        PipelineSpec probe = new TableProbe(below, one.table).pipeline();
        JoinSpec above = join(JoinType.INNER, BuildSide.RIGHT, probe, types, 1);
        PipelineSpec both = new TableProbe(above, two.table).pipeline();
        texts.add(ProjectBatch.kernels(both).stream().map(ShaderSource::glsl).toList());
      }
    }
    assertThat(texts).containsOnly(texts.get(0));
  }

  @Test
  void severalRowsOfOneKeyDoNotSuit() {
    List<DataType> types = List.of(DataType.INT64, DataType.STRING);
    List<Object[]> rows = List.of(new Object[] {1L, null}, new Object[] {1L, null});
    JoinSpec inner = join(JoinType.INNER, BuildSide.RIGHT, source(types), types, 1);
    try (Built built = Built.of(inner, rows)) {
      assertThat(TableProbe.suits(inner, built.table)).isFalse();
      assertThatThrownBy(() -> new TableProbe(inner, built.table))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("type=INNER");
    }
    // Whether there is a match can be told all the same.
    check(join(JoinType.LEFT_SEMI, BuildSide.RIGHT, source(types), types, 1), rows, rows);
  }

  @Test
  void joinsThatGiveRowsAtTheEndDoNotSuit() {
    List<DataType> types = List.of(DataType.INT64, DataType.STRING);
    for (Arguments join :
        List.of(
            Arguments.of(JoinType.FULL_OUTER, BuildSide.RIGHT),
            Arguments.of(JoinType.LEFT_SEMI, BuildSide.LEFT),
            Arguments.of(JoinType.RIGHT_OUTER, BuildSide.RIGHT),
            Arguments.of(JoinType.NULL_AWARE_ANTI, BuildSide.RIGHT))) {
      JoinSpec spec =
          join((JoinType) join.get()[0], (BuildSide) join.get()[1], source(types), types, 1);
      try (Built built = Built.of(spec, unique(types, 1, 20))) {
        assertThat(TableProbe.suits(spec, built.table)).as("%s", spec.type()).isFalse();
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Utf8;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares joins with their plain-Java twin. */
class HashJoinTest {
  private static final int[] ROWS = {0, 1, 255, 256, 257, 4096};

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static PipelineSpec source(Layouts layouts, List<DataType> types) {
    return new PipelineSpec(types.stream().map(layouts::of).toList(), List.of());
  }

  private static Expression column(int index, DataType type) {
    return new ColumnReference(index, type, true);
  }

  static Stream<Arguments> joins() {
    List<Arguments> joins = new ArrayList<>();
    for (JoinType type : JoinType.values()) {
      joins.add(Arguments.of(type, BuildSide.RIGHT));
      if (type != JoinType.NULL_AWARE_ANTI) {
        joins.add(Arguments.of(type, BuildSide.LEFT));
      }
    }
    return joins.stream();
  }

  private static JoinSpec join(JoinType type, BuildSide side, List<DataType> types, int keys) {
    PipelineSpec source = source(Layouts.SPARK, types);
    List<BuildKey> buildKeys = new ArrayList<>();
    List<Expression> probeKeys = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      buildKeys.add(BuildKey.of(column(i, types.get(i))));
      probeKeys.add(column(i, types.get(i)));
    }
    BuildSpec build = new BuildSpec(source, buildKeys);
    return JoinSpec.builder(type, side, source, build).probeKeys(probeKeys).build();
  }

  private static Expression less(Expression a, Expression b) {
    return new Comparison(Comparison.Operator.LT, a, b);
  }

  @ParameterizedTest
  @MethodSource("joins")
  void everyTypeOfJoin(JoinType type, BuildSide side) {
    JoinSpec spec = join(type, side, List.of(DataType.INT64, DataType.STRING), 1);
    int nulls = type == JoinType.NULL_AWARE_ANTI ? 0 : 10;
    int came = 0;
    for (int rows : ROWS) {
      for (int distinct : new int[] {Math.max(1, rows / 3), rows * 100 + 5}) {
        came +=
            new JoinCheck(open.kronos(), spec)
                .build(rows, distinct, nulls)
                .probe(rows, distinct, 10)
                .probe(rows / 2, distinct, 10)
                .check();
      }
    }
    assertThat(came).isPositive();
  }

  /** What counts as a match is decided by the condition, also of the rows that come out alone. */
  @ParameterizedTest
  @MethodSource("joins")
  void conditions(JoinType type, BuildSide side) {
    if (type == JoinType.NULL_AWARE_ANTI) {
      return;
    }
    List<DataType> types = List.of(DataType.INT32, DataType.INT64);
    PipelineSpec source = source(Layouts.ARROW, types);
    for (boolean keyed : new boolean[] {true, false}) {
      List<BuildKey> keys = keyed ? List.of(BuildKey.of(column(0, DataType.INT32))) : List.of();
      JoinSpec spec =
          JoinSpec.builder(type, side, source, new BuildSpec(source, keys))
              .probeKeys(keyed ? List.of(column(0, DataType.INT32)) : List.of())
              .condition(less(column(1, DataType.INT64), column(3, DataType.INT64)))
              .build();
      int came = 0;
      for (int rows : keyed ? ROWS : new int[] {0, 1, 70}) {
        for (int distinct : new int[] {Math.max(1, rows / 5), rows * 100 + 5}) {
          for (int pieceRows : new int[] {97, 1 << 20}) {
            came +=
                new JoinCheck(open.kronos(), spec)
                    .build(rows, distinct, 10)
                    .probe(rows, distinct, 10)
                    .probe(rows / 2 + 1, distinct, 10)
                    .pieceRows(pieceRows)
                    .check();
          }
        }
      }
      assertThat(came).isPositive();
    }
  }

  /** Keys of every type, of either layout, alone: equal as Spark's are. */
  @ParameterizedTest
  @EnumSource(Layouts.class)
  void everyTypeOfKey(Layouts layouts) {
    for (DataType type : Layouts.TYPES) {
      PipelineSpec source = source(layouts, List.of(type, DataType.INT32));
      for (BuildKey.Nulls nulls : BuildKey.Nulls.values()) {
        BuildSpec build = new BuildSpec(source, List.of(new BuildKey(column(0, type), nulls)));
        JoinSpec spec =
            JoinSpec.builder(JoinType.LEFT_OUTER, BuildSide.RIGHT, source, build)
                .probeKeys(List.of(column(0, type)))
                .build();
        new JoinCheck(open.kronos(), spec)
            .build(300, 200, 3)
            .probe(1000, 200, 10)
            .dictionaries()
            .check();
      }
    }
  }

  /** Several keys of mixed types; batches of the build side become one table. */
  @Tag("subgroups")
  @ParameterizedTest
  @MethodSource("joins")
  void severalKeys(JoinType type, BuildSide side) {
    if (type == JoinType.NULL_AWARE_ANTI) {
      return;
    }
    List<DataType> types = List.of(DataType.INT64, DataType.STRING, DataType.INT32);
    JoinSpec spec = join(type, side, types, 3);
    new JoinCheck(open.kronos(), spec)
        .build(1000, 6, 5)
        .build(0, 6, 5)
        .build(1, 6, 5)
        .build(333, 6, 5)
        .probe(500, 6, 5)
        .probe(0, 6, 5)
        .probe(257, 6, 5)
        .check();
  }

  /** Every column that there is is taken along, from several batches, with and without a match. */
  @ParameterizedTest
  @EnumSource(Layouts.class)
  void everyTypeOfColumn(Layouts layouts) {
    List<DataType> types = new ArrayList<>(Layouts.TYPES);
    types.add(DataType.INT32);
    int key = types.size() - 1;
    PipelineSpec source = source(layouts, types);
    BuildSpec build = new BuildSpec(source, List.of(BuildKey.of(column(key, DataType.INT32))));
    JoinSpec spec =
        JoinSpec.builder(JoinType.FULL_OUTER, BuildSide.RIGHT, source, build)
            .probeKeys(List.of(column(key, DataType.INT32)))
            .build();
    new JoinCheck(open.kronos(), spec)
        .build(100, 500, 10)
        .build(57, 500, 0)
        .build(300, 500, 50)
        .probe(400, 500, 10)
        .probe(33, 500, 0)
        .check();
  }

  /** Filters and projections of both sides are the join's; so are expressions over its rows. */
  @ParameterizedTest
  @MethodSource("joins")
  void pipelines(JoinType type, BuildSide side) {
    Expression number = column(0, DataType.INT64);
    Expression half =
        new Arithmetic(
            Arithmetic.Operator.REMAINDER,
            number,
            new Literal(DataType.INT64, 7L),
            DataType.INT64,
            ErrorMode.NULL);
    PipelineSpec input =
        new PipelineSpec(
            List.of(Layouts.SPARK.of(DataType.INT64), Layouts.SPARK.of(DataType.FLOAT64)),
            List.of(
                new Filter(less(new Literal(DataType.INT64, -4_000_000_000_000_000_000L), number)),
                new Project(
                    List.of(
                        column(1, DataType.FLOAT64),
                        half,
                        new Literal(DataType.STRING, Utf8.of("k"))))));
    Expression float64 = column(0, DataType.FLOAT64);
    Expression twice =
        new Arithmetic(Arithmetic.Operator.ADD, float64, float64, DataType.FLOAT64, ErrorMode.ANSI);
    BuildSpec build = new BuildSpec(input, List.of(BuildKey.of(twice)));
    JoinSpec.Builder builder = JoinSpec.builder(type, side, input, build).probeKeys(List.of(twice));
    JoinSpec all = builder.build();
    new JoinCheck(open.kronos(), all)
        .build(500, 100, 0)
        .build(100, 100, 0)
        .probe(700, 100, 20)
        .check();
    List<Expression> nulls = new ArrayList<>();
    all.outputs().forEach(output -> nulls.add(new IsNull(output)));
    JoinSpec flags =
        JoinSpec.builder(type, side, input, build).probeKeys(List.of(twice)).outputs(nulls).build();
    new JoinCheck(open.kronos(), flags).build(500, 100, 0).probe(700, 100, 20).check();
  }

  /** Keys that lie close together number the slots themselves, whether they repeat or not. */
  @ParameterizedTest
  @MethodSource("joins")
  void integersOfASmallRange(JoinType type, BuildSide side) {
    JoinSpec spec = join(type, side, List.of(DataType.INT64, DataType.INT32), 1);
    for (long base : new long[] {-500, Long.MIN_VALUE, Long.MAX_VALUE - 2000}) {
      for (int rows : new int[] {600, 1000}) {
        List<Object[]> build = new ArrayList<>();
        List<Object[]> probe = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
          build.add(new Object[] {base + i * 7 % rows, i});
          probe.add(new Object[] {i % 9 == 0 ? null : Long.valueOf(base - 100 + 2L * i), i});
        }
        int came = new JoinCheck(open.kronos(), spec).build(build).probe(probe).check();
        assertThat(came).isPositive();
      }
    }
  }

  /** One key with many rows on both sides: pieces stay small, and no invocation loops over them. */
  @Tag("subgroups")
  @ParameterizedTest
  @MethodSource("joins")
  void skew(JoinType type, BuildSide side) {
    JoinSpec spec = join(type, side, List.of(DataType.INT32, DataType.INT32), 1);
    new JoinCheck(open.kronos(), spec)
        .build(700, 1, 0)
        .build(300, 50, 0)
        .probe(40, 1, 0)
        .probe(100, 50, 0)
        .pieceRows(1000)
        .check();
  }

  /** More matches of one row than some drivers let an invocation loop. */
  @Test
  void moreMatchesThanALoopTurns() {
    List<DataType> types = List.of(DataType.INT32, DataType.INT32);
    List<Object[]> build = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      build.add(new Object[] {7, i});
    }
    List<Object[]> probe =
        List.of(new Object[] {7, 3}, new Object[] {8, 4}, new Object[] {7, 69_000});
    for (int keys : new int[] {0, 1}) {
      JoinSpec all = join(JoinType.LEFT_OUTER, BuildSide.RIGHT, types, keys);
      JoinSpec some =
          JoinSpec.builder(JoinType.FULL_OUTER, BuildSide.RIGHT, all.probe(), all.build())
              .probeKeys(all.probeKeys())
              .condition(less(column(1, DataType.INT32), column(3, DataType.INT32)))
              .build();
      for (JoinSpec spec : List.of(all, some)) {
        int came =
            new JoinCheck(open.kronos(), spec).build(build).probe(probe).pieceRows(50_000).check();
        assertThat(came).isGreaterThan(70_000);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("joins")
  void keysThatAreAllNull(JoinType type, BuildSide side) {
    JoinSpec spec = join(type, side, List.of(DataType.STRING, DataType.INT32), 1);
    new JoinCheck(open.kronos(), spec).build(300, 5, 100).probe(300, 5, 0).check();
    new JoinCheck(open.kronos(), spec).build(300, 5, 0).probe(300, 5, 100).check();
    new JoinCheck(open.kronos(), spec).probe(300, 5, 30).check();
    new JoinCheck(open.kronos(), spec).build(300, 5, 30).check();
  }

  /** A join of which only the number of rows is wanted. */
  @ParameterizedTest
  @MethodSource("joins")
  void withoutOutputs(JoinType type, BuildSide side) {
    JoinSpec with = join(type, side, List.of(DataType.INT32, DataType.INT32), 1);
    JoinSpec spec =
        JoinSpec.builder(type, side, with.probe(), with.build())
            .probeKeys(with.probeKeys())
            .outputs(List.of())
            .build();
    int came =
        new JoinCheck(open.kronos(), spec)
            .build(500, 100, 0)
            .probe(300, 200, 10)
            .pieceRows(64)
            .check();
    assertThat(came).isPositive();
  }

  /** All pairs, none, one row on a side. */
  @ParameterizedTest
  @MethodSource("joins")
  void withoutKeys(JoinType type, BuildSide side) {
    if (type == JoinType.NULL_AWARE_ANTI) {
      return;
    }
    JoinSpec spec = join(type, side, List.of(DataType.INT32, DataType.STRING), 0);
    for (int rows : new int[] {0, 1, 100}) {
      new JoinCheck(open.kronos(), spec)
          .build(rows, 10, 10)
          .probe(100, 10, 10)
          .pieceRows(999)
          .check();
    }
  }
}

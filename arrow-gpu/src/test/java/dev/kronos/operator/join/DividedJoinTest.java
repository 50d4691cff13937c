// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Not;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.spill.BatchStore;
import dev.kronos.spill.SpillFiles;
import dev.kronos.spill.SpillMeter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.apache.arrow.memory.OutOfMemoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Joins in parts, and parts in chunks, and compares with plain Java. */
class DividedJoinTest {
  private static final List<DataType> TYPES =
      List.of(DataType.FLOAT64, DataType.STRING, DataType.INT64);

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();
  @TempDir Path folder;

  static Stream<Arguments> joins() {
    List<Arguments> joins = new ArrayList<>();
    for (JoinType type : JoinType.values()) {
      if (type != JoinType.NULL_AWARE_ANTI) {
        joins.add(Arguments.of(type, BuildSide.RIGHT));
        joins.add(Arguments.of(type, BuildSide.LEFT));
      }
    }
    return joins.stream();
  }

  private static Expression column(int index) {
    return new ColumnReference(index, TYPES.get(index), true);
  }

  /**
   * Floats are keys: NaNs and zeros of all kinds must meet in one part. The probe side is filtered,
   * and its columns change their order.
   */
  private static JoinSpec spec(JoinType type, BuildSide side, Layouts layouts, BuildKey... more) {
    PipelineSpec source = new PipelineSpec(TYPES.stream().map(layouts::of).toList(), List.of());
    Filter filter = new Filter(new Not(new IsNull(column(2))));
    Project turned = new Project(List.of(column(2), column(1), column(0)));
    PipelineSpec probe = new PipelineSpec(source.inputs(), List.of(filter, turned));
    List<BuildKey> keys = new ArrayList<>(List.of(BuildKey.of(column(0))));
    keys.addAll(List.of(more));
    List<Expression> probeKeys = new ArrayList<>();
    probeKeys.add(new ColumnReference(2, DataType.FLOAT64, true));
    keys.stream().skip(1).forEach(key -> probeKeys.add(key.expression()));
    JoinSpec.Builder join =
        JoinSpec.builder(type, side, probe, new BuildSpec(source, keys)).probeKeys(probeKeys);
    List<ColumnReference> columns = join.columns();
    return join.condition(new Comparison(Comparison.Operator.LT, columns.get(0), columns.get(5)))
        .build();
  }

  private static final BuildKey SAME = new BuildKey(column(1), BuildKey.Nulls.EQUAL);

  private int inStore(long budgetBytes, ToIntFunction<BatchStore> work) {
    open.kronos().memory().limitDevice(budgetBytes);
    try (BatchStore store = new BatchStore(open.kronos(), SpillFiles.inFolder(folder), 100_000)) {
      return work.applyAsInt(store);
    } finally {
      open.kronos().memory().limitDevice(Long.MAX_VALUE);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @MethodSource("joins")
  void everyTypeOfJoin(JoinType type, BuildSide side) {
    for (Layouts layouts : Layouts.values()) {
      JoinCheck check = new JoinCheck(open.kronos(), spec(type, side, layouts, SAME));
      check.build(700, 8, 10).build(0, 8, 10).build(301, 8, 10);
      check.probe(500, 9, 10).probe(0, 9, 10).probe(257, 9, 10);
      int rows = inStore(Long.MAX_VALUE, store -> check.checkInParts(store, new SpillMeter()));
      assertThat(rows).isPositive();
    }
  }

  /** Few keys, one of them null: no part is divided to what fits, so that chunks have to do. */
  @ParameterizedTest
  @MethodSource("joins")
  void everyTypeOfJoinWithHeavyKeys(JoinType type, BuildSide side) {
    JoinCheck check = new JoinCheck(open.kronos(), spec(type, side, Layouts.ARROW));
    check.build(2000, 2, 40).build(1900, 2, 40);
    check.probe(20, 3, 20).probe(9, 400, 0);
    SpillMeter meter = new SpillMeter();
    assertThat(inStore(800_000, store -> check.checkInParts(store, meter))).isPositive();
  }

  @ParameterizedTest
  @MethodSource("joins")
  void sidesWithoutRows(JoinType type, BuildSide side) {
    for (int rows : new int[] {0, 40}) {
      JoinCheck check = new JoinCheck(open.kronos(), spec(type, side, Layouts.SPARK, SAME));
      check.build(rows, 8, 10).probe(40 - rows, 8, 10);
      inStore(Long.MAX_VALUE, store -> check.checkInParts(store, new SpillMeter()));
    }
  }

  @Test
  void leavesTheDeviceWhereThereIsNoRoom() {
    SpillMeter meter = new SpillMeter();
    JoinSpec spec = spec(JoinType.FULL_OUTER, BuildSide.RIGHT, Layouts.ARROW, SAME);
    JoinCheck check = new JoinCheck(open.kronos(), spec);
    for (int i = 0; i < 4; i++) {
      check.build(4000, 100, i).probe(3000, 100, i);
    }
    assertThat(inStore(800_000, store -> check.checkInParts(store, meter))).isPositive();
    assertThat(meter.hostBytes()).as("to host").isPositive();
    assertThat(meter.diskBytes()).as("to disk").isPositive();
  }

  /** Parts are too large even where there are as many as may be: another hash divides them. */
  @Test
  void dividesAgain() {
    JoinSpec spec = spec(JoinType.LEFT_OUTER, BuildSide.RIGHT, Layouts.ARROW, SAME);
    JoinCheck check = new JoinCheck(open.kronos(), spec).mostParts(3);
    for (int i = 0; i < 6; i++) {
      check.build(1200, 900, 5);
    }
    check.probe(1200, 900, 5);
    assertThat(inStore(500_000, store -> check.checkInParts(store, new SpillMeter()))).isPositive();
  }

  @Test
  void tooLittleIsOneClearErrorAndNothingLeaks() {
    JoinSpec spec = spec(JoinType.INNER, BuildSide.RIGHT, Layouts.ARROW);
    JoinCheck check = new JoinCheck(open.kronos(), spec).build(6000, 2, 5).probe(6000, 100, 5);
    for (long budgetBytes : new long[] {20_000, 100_000, 200_000}) {
      assertThatThrownBy(
              () -> inStore(budgetBytes, store -> check.checkInParts(store, new SpillMeter())))
          .isInstanceOf(KronosException.Exhausted.class);
    }
  }

  /** The condition fails for one row: it is named, and the batch that it is in can be read. */
  @Test
  void namesTheRowThatFails() {
    JoinSpec plain = spec(JoinType.INNER, BuildSide.RIGHT, Layouts.ARROW);
    Expression number = new ColumnReference(0, DataType.INT64, true);
    Expression sum =
        new Arithmetic(
            Arithmetic.Operator.ADD,
            number,
            new Literal(DataType.INT64, Long.MAX_VALUE),
            DataType.INT64,
            ErrorMode.ANSI);
    JoinSpec spec =
        JoinSpec.builder(plain.type(), plain.buildSide(), plain.probe(), plain.build())
            .probeKeys(plain.probeKeys())
            .outputs(List.of(sum))
            .build();
    JoinCheck check = new JoinCheck(open.kronos(), spec).build(50, 4, 0).probe(50, 4, 0);
    assertThatThrownBy(
            () -> inStore(Long.MAX_VALUE, store -> check.checkInParts(store, new SpillMeter())))
        .isInstanceOf(RowFailure.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"INNER", "FULL_OUTER", "LEFT_ANTI"})
  void anyRequestMayFail(JoinType type) {
    JoinCheck check = new JoinCheck(open.kronos(), spec(type, BuildSide.RIGHT, Layouts.ARROW));
    check.build(3000, 2, 40).build(1500, 300, 5).probe(20, 3, 20).probe(9, 400, 0);
    int right = 0;
    for (int nth : new int[] {1, 7, 29, 64, 131, 277, 5000}) {
      check.failEvery(nth);
      try {
        right += inStore(700_000, store -> check.checkInParts(store, new SpillMeter())) > 0 ? 1 : 0;
      } catch (KronosException.Exhausted | OutOfMemoryException e) {
        assertThat(rootOf(e)).hasMessageStartingWith("allocation failed on purpose");
      }
    }
    assertThat(right).as("joins of which no request failed, or none that matters").isPositive();
  }

  private static Throwable rootOf(Throwable failure) {
    return failure.getCause() == null ? failure : rootOf(failure.getCause());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kronos.DeviceExtension;
import dev.kronos.OpenKronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.device.Capability;
import dev.kronos.expression.And;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.IsNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Or;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.RandomValues;
import dev.kronos.operator.ReferenceProject;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.scan.LookBackScan.Help;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares filters in one pass with their plain-Java twin. */
@Tag("subgroups")
class CompactionTest {
  private static final int[] ROWS = {1, 31, 255, 1023, 1024, 1025, 4095, 4096, 4097, 30_000};

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static ColumnReference nullable(int index, DataType type) {
    return new ColumnReference(index, type, true);
  }

  private static ColumnReference required(int index, DataType type) {
    return new ColumnReference(index, type, false);
  }

  private static Expression least(Expression value, DataType type, Object bound) {
    return new Comparison(Comparison.Operator.GE, value, new Literal(type, bound));
  }

  /** Keeps columns by a filter for values that are there, then one by a bound. */
  private static PipelineSpec spec(Layouts layouts, List<DataType> types, Object bound) {
    List<Expression> kept = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      kept.add(required(i, types.get(i)));
    }
    Expression there = new IsNotNull(nullable(0, types.get(0)));
    for (int i = 1; i < types.size(); i++) {
      there = new And(there, new IsNotNull(nullable(i, types.get(i))));
    }
    return new PipelineSpec(
        types.stream().map(layouts::of).toList(),
        List.of(
            new Filter(there),
            new Filter(least(nullable(0, types.get(0)), types.get(0), bound)),
            new Project(kept)));
  }

  private static List<Object[]> rows(PipelineSpec spec, int rows, int nullPercent) {
    RandomValues values = new RandomValues(rows);
    List<Object[]> batch = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      Object[] row = new Object[spec.inputs().size()];
      for (int column = 0; column < row.length; column++) {
        row[column] = values.next(spec.inputs().get(column).type(), 500, nullPercent);
      }
      batch.add(row);
    }
    return batch;
  }

  private static void check(ProjectBatch project, PipelineSpec spec, List<Object[]> rows) {
    try (HostTable table =
            new HostTable(open.kronos().allocator(), spec.inputs(), rows, List.of());
        ColumnBatch result = project.apply(table.batch())) {
      assertThat(DeviceRows.of(open.kronos(), result))
          .isEqualTo(new ReferenceProject(spec).apply(rows));
    }
  }

  private static void checkAll(PipelineSpec spec, Help help) {
    assumeTrue(
        open.kronos().device().supports(Capability.SUBGROUP_SHUFFLES), "subgroups that shuffle");
    long buffers = OpenKronos.heldBuffers(open.kronos());
    try (ProjectBatch onePass = new ProjectBatch(open.kronos(), spec);
        ProjectBatch twoPasses = new ProjectBatch(open.kronos(), spec)) {
      onePass.compaction().always(help);
      for (int rows : ROWS) {
        for (int nullPercent : new int[] {0, 15, 97, 100}) {
          List<Object[]> batch = rows(spec, rows, nullPercent);
          check(onePass, spec, batch);
          check(twoPasses, spec, batch);
        }
      }
      assertThat(onePass.counters().filterRows()).isEqualTo(twoPasses.counters().filterRows());
      assertThat(onePass.counters().rowsOut()).isEqualTo(twoPasses.counters().rowsOut());
    }
    assertThat(OpenKronos.heldBuffers(open.kronos())).isEqualTo(buffers);
  }

  @ParameterizedTest
  @EnumSource(Help.class)
  void oneColumn(Help help) {
    checkAll(spec(Layouts.ARROW, List.of(DataType.INT64), 0L), help);
  }

  @ParameterizedTest
  @EnumSource(Layouts.class)
  void columnsOfSeveralWidths(Layouts layouts) {
    checkAll(spec(layouts, List.of(DataType.INT32, DataType.FLOAT64), 0), Help.OF_OTHERS);
    checkAll(spec(layouts, List.of(DataType.INT64, DataType.INT8), 0L), Help.OF_OTHERS);
    checkAll(
        spec(layouts, List.of(DataType.FLOAT32, DataType.decimal(38, 4)), 0.0f), Help.OF_OTHERS);
  }

  /** Each way may follow the other in one operator. */
  @Test
  void waysTakeTurns() {
    PipelineSpec spec = spec(Layouts.ARROW, List.of(DataType.INT64), 0L);
    assumeTrue(
        open.kronos().device().supports(Capability.SUBGROUP_SHUFFLES), "subgroups that shuffle");
    try (ProjectBatch project = new ProjectBatch(open.kronos(), spec)) {
      check(project, spec, rows(spec, 700, 15));
      project.compaction().always(Help.OF_OTHERS);
      check(project, spec, rows(spec, 9000, 15));
      project.compaction().always(null);
      check(project, spec, rows(spec, 900, 15));
    }
  }

  @Test
  void whatNeedsBitsOrPassesByThemTakesTwoPasses() {
    DataType type = DataType.INT64;
    Expression value = nullable(0, type);
    Expression positive = least(value, type, 0L);
    assertThat(suits(positive, value)).isTrue();
    assertThat(suits(new Or(positive, new IsNull(value)), value)).isFalse();
    assertThat(suits(new IsNotNull(value), value)).isFalse();
    assertThat(suits(positive, new Literal(type, 1L))).isFalse();
    assertThat(suits(positive, nullable(1, DataType.STRING))).isFalse();
  }

  private static boolean suits(Expression condition, Expression output) {
    return CompactCode.suits(
        FusedPipeline.of(
            new PipelineSpec(
                List.of(Layouts.ARROW.of(DataType.INT64), Layouts.ARROW.of(DataType.STRING)),
                List.of(new Filter(condition), new Project(List.of(output))))));
  }
}

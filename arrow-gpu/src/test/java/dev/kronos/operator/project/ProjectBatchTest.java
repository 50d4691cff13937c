// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.OpenKronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.expression.And;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Utf8;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.RandomValues;
import dev.kronos.operator.ReferenceProject;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.OperatorCounters;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.pipeline.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares filters and projections with their plain-Java twin. */
@Tag("subgroups")
class ProjectBatchTest {
  private static final int[] ROWS = {0, 1, 31, 32, 33, 255, 256, 257, 4096, 20_000};

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static List<Object[]> rows(PipelineSpec spec, int rows, int distinct, int nullPercent) {
    RandomValues values = new RandomValues(rows);
    List<Object[]> batch = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      Object[] row = new Object[spec.inputs().size()];
      for (int column = 0; column < row.length; column++) {
        row[column] = values.next(spec.inputs().get(column).type(), distinct, nullPercent);
      }
      batch.add(row);
    }
    return batch;
  }

  private static void check(ProjectBatch project, PipelineSpec spec, List<Object[]> rows) {
    List<Integer> strings = new ArrayList<>();
    for (int i = 0; i < spec.inputs().size(); i++) {
      if (rows.size() % 2 == 0 && spec.inputs().get(i).type().equals(DataType.STRING)) {
        strings.add(i);
      }
    }
    try (HostTable table = new HostTable(open.kronos().allocator(), spec.inputs(), rows, strings);
        ColumnBatch result = project.apply(table.batch())) {
      assertThat(DeviceRows.of(open.kronos(), result))
          .isEqualTo(new ReferenceProject(spec).apply(rows));
    }
  }

  private static PipelineSpec spec(Layouts layouts, List<DataType> types, Step... steps) {
    return new PipelineSpec(types.stream().map(layouts::of).toList(), List.of(steps));
  }

  private static Expression column(int index, DataType type) {
    return new ColumnReference(index, type, true);
  }

  /** Every type passes through, with and without a filter. */
  @ParameterizedTest
  @EnumSource(Layouts.class)
  void everyTypeKeepsItsValues(Layouts layouts) {
    int last = Layouts.TYPES.size();
    List<DataType> types = new ArrayList<>(Layouts.TYPES);
    types.add(DataType.INT32);
    Expression condition =
        new Comparison(
            Comparison.Operator.GE, column(last, DataType.INT32), new Literal(DataType.INT32, 0));
    PipelineSpec all = spec(layouts, types);
    PipelineSpec some = spec(layouts, types, new Filter(condition));
    long buffers = OpenKronos.heldBuffers(open.kronos());
    try (ProjectBatch copy = new ProjectBatch(open.kronos(), all);
        ProjectBatch filter = new ProjectBatch(open.kronos(), some)) {
      for (int rows : ROWS) {
        check(copy, all, rows(all, rows, 500, 15));
        check(filter, some, rows(some, rows, 500, 15));
      }
      check(filter, some, rows(some, 1000, 500, 100));
      check(copy, all, rows(all, 1000, 500, 0));
      OperatorCounters counters = filter.counters();
      assertThat(counters.filterRows()).containsExactly(counters.rowsOut());
    }
    assertThat(OpenKronos.heldBuffers(open.kronos())).isEqualTo(buffers);
  }

  /** Later steps see the columns of the projection before them. */
  @Test
  void stepsFuse() {
    Expression a = column(0, DataType.INT64);
    Expression b = column(1, DataType.INT64);
    Expression sum = new Arithmetic(Arithmetic.Operator.ADD, a, b, DataType.INT64, ErrorMode.WRAP);
    Expression text =
        new CaseWhen(
            List.of(
                new CaseWhen.Branch(
                    new Comparison(Comparison.Operator.LT, a, b),
                    new Literal(DataType.STRING, Utf8.of("less")))),
            column(2, DataType.STRING));
    Expression positive =
        new Comparison(
            Comparison.Operator.GT, column(0, DataType.INT64), new Literal(DataType.INT64, 0L));
    PipelineSpec spec =
        spec(
            Layouts.SPARK,
            List.of(DataType.INT64, DataType.INT64, DataType.STRING),
            new Filter(new IsNotNull(a)),
            new Project(List.of(sum, text, new Literal(DataType.STRING, Utf8.of("k")))),
            new Filter(new And(positive, new IsNotNull(column(1, DataType.STRING)))),
            new Project(
                List.of(
                    column(1, DataType.STRING),
                    new ColumnReference(2, DataType.STRING, false),
                    column(0, DataType.INT64),
                    Literal.ofNull(DataType.STRING),
                    Literal.ofNull(DataType.INT8))));
    try (ProjectBatch project = new ProjectBatch(open.kronos(), spec)) {
      for (int rows : ROWS) {
        check(project, spec, rows(spec, rows, 50, 20));
      }
      List<Long> passed = project.counters().filterRows();
      assertThat(passed.get(0)).isGreaterThan(passed.get(1));
    }
  }

  /** Long strings are copied in pieces: short ones, none and nulls lie between them. */
  @ParameterizedTest
  @EnumSource(Layouts.class)
  void longStrings(Layouts layouts) {
    PipelineSpec spec =
        spec(
            layouts,
            List.of(DataType.STRING),
            new Project(List.of(column(0, DataType.STRING), column(0, DataType.STRING))));
    int[] sizes = {0, 0, 1, 63, 64, 65, 127, 300_000, 1000, 0, 70_001, 5, 0};
    List<Object[]> rows = new ArrayList<>();
    for (int row = 0; row < sizes.length; row++) {
      byte[] text = new byte[sizes[row]];
      for (int i = 0; i < text.length; i++) {
        text[i] = (byte) ('a' + (i * 31L + row) % 23);
      }
      rows.add(new Object[] {row % 6 == 4 ? null : Utf8.of(text)});
    }
    try (ProjectBatch project = new ProjectBatch(open.kronos(), spec)) {
      check(project, spec, rows);
      check(project, spec, rows.subList(7, 8));
      check(project, spec, rows.subList(6, 12));
    }
  }

  @Test
  void withoutColumnsRowsAreCounted() {
    PipelineSpec spec = spec(Layouts.ARROW, List.of());
    try (ProjectBatch project = new ProjectBatch(open.kronos(), spec);
        ColumnBatch result = project.apply(new HostBatch(List.of(), 77))) {
      assertThat(result.rows()).isEqualTo(77);
      assertThat(result.columns()).isEmpty();
    }
    Expression value = column(0, DataType.INT32);
    PipelineSpec none =
        spec(
            Layouts.ARROW,
            List.of(DataType.INT32),
            new Filter(new IsNotNull(value)),
            new Project(List.of()));
    try (ProjectBatch project = new ProjectBatch(open.kronos(), none)) {
      check(project, none, rows(none, 1000, 5, 50));
    }
  }

  /** The lowest failing row that reaches the failing expression is named. */
  @Test
  void aFailingRowIsNamed() {
    Expression a = column(0, DataType.INT32);
    Expression square =
        new Arithmetic(Arithmetic.Operator.MULTIPLY, a, a, DataType.INT32, ErrorMode.ANSI);
    Expression small =
        new Comparison(Comparison.Operator.LT, a, new Literal(DataType.INT32, 100_000));
    List<ColumnLayout> inputs = List.of(Layouts.SPARK.of(DataType.INT32));
    PipelineSpec plain = new PipelineSpec(inputs, List.of(new Project(List.of(square))));
    PipelineSpec guarded =
        new PipelineSpec(inputs, List.of(new Filter(small), new Project(List.of(square))));
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(new Object[] {i == 700 ? 100_000 : i == 900 ? Integer.valueOf(1 << 30) : i});
    }
    try (ProjectBatch project = new ProjectBatch(open.kronos(), guarded)) {
      check(project, guarded, rows);
    }
    try (ProjectBatch project = new ProjectBatch(open.kronos(), plain);
        HostTable table = new HostTable(open.kronos().allocator(), inputs, rows, List.of())) {
      assertThatThrownBy(() -> project.apply(table.batch()))
          .isInstanceOfSatisfying(
              RowFailure.class, failure -> assertThat(failure.row()).isEqualTo(700));
    }
  }
}

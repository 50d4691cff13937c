// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.RandomValues;
import dev.kronos.operator.ReferenceSort;
import dev.kronos.operator.pipeline.Filter;
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

/** Compares the sort of batches with the sort of plain Java, ties included. */
@Tag("subgroups")
class SortBatchesTest {
  private static final int[] ROWS = {0, 1, 255, 256, 257, 5000};
  private static final int BATCH_ROWS = 1000;

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static SortSpec.Key key(int column, SortOrder order, NullPlacement nulls) {
    return new SortSpec.Key(column, order, nulls, NanPlacement.GREATEST);
  }

  private static SortSpec.Key up(int column) {
    return key(column, SortOrder.ASCENDING, NullPlacement.AT_START);
  }

  private static SortSpec.Key down(int column) {
    return key(column, SortOrder.DESCENDING, NullPlacement.AT_END);
  }

  private static OrderSpec all(PipelineSpec pipeline, SortSpec.Key... keys) {
    return first(OrderSpec.ALL, pipeline, keys);
  }

  private static OrderSpec first(int most, PipelineSpec pipeline, SortSpec.Key... keys) {
    SortSpec order = new SortSpec(List.of(keys));
    return new OrderSpec(pipeline, order, pipeline.outputTypes().size(), most);
  }

  private static PipelineSpec pipeline(Layouts layouts, List<DataType> types, Step... steps) {
    return new PipelineSpec(types.stream().map(layouts::of).toList(), List.of(steps));
  }

  /** Draws few distinct values, so that there are ties, with NaNs and zeros of both signs. */
  private static List<Object[]> rows(OrderSpec spec, int count, int distinct) {
    RandomValues values = new RandomValues(count + distinct);
    List<Object[]> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Object[] row = new Object[spec.pipeline().inputs().size()];
      for (int column = 0; column < row.length; column++) {
        DataType type = spec.pipeline().inputs().get(column).type();
        row[column] = special(type, i, values.next(type, distinct, 15));
      }
      rows.add(row);
    }
    return rows;
  }

  private static Object special(DataType type, int row, Object other) {
    boolean wide = type.equals(DataType.FLOAT64);
    if (!type.isFloating() || other == null) {
      return other;
    }
    return switch (row % 7) {
      case 1 -> wide ? (Object) Double.NaN : (Object) Float.NaN;
      case 3 -> wide ? (Object) (-0.0) : (Object) (-0.0f);
      case 5 -> wide ? (Object) 0.0 : (Object) 0.0f;
      default -> other;
    };
  }

  private static void check(OrderSpec spec, List<Object[]> rows) {
    check(spec, rows, BATCH_ROWS);
  }

  private static void check(OrderSpec spec, List<Object[]> rows, int batchRows) {
    List<List<Object>> found = new ArrayList<>();
    long buffers = OpenKronos.heldBuffers(open.kronos());
    try (SortBatches sort = new SortBatches(open.kronos(), spec)) {
      for (int from = 0; from < rows.size(); from += batchRows) {
        List<Object[]> part = rows.subList(from, Math.min(rows.size(), from + batchRows));
        try (HostTable table = table(spec, part, from)) {
          sort.add(table.batch());
        }
      }
      boolean more = true;
      while (more) {
        try (ColumnBatch next = sort.next(700)) {
          more = next.rows() > 0;
          found.addAll(DeviceRows.of(open.kronos(), next));
        }
      }
    }
    assertThat(found).isEqualTo(new ReferenceSort(spec).apply(rows));
    assertThat(OpenKronos.heldBuffers(open.kronos())).isEqualTo(buffers);
  }

  private static HostTable table(OrderSpec spec, List<Object[]> rows, int from) {
    List<Integer> dictionaries = new ArrayList<>();
    for (int i = 0; i < spec.pipeline().inputs().size(); i++) {
      boolean string = spec.pipeline().inputs().get(i).type().equals(DataType.STRING);
      if (string && from % 2000 == 0) {
        dictionaries.add(i);
      }
    }
    return new HostTable(open.kronos().allocator(), spec.pipeline().inputs(), rows, dictionaries);
  }

  /** Every type as the key, both ways, nulls at either end; a row number tells ties apart. */
  @ParameterizedTest
  @EnumSource(Layouts.class)
  void sortsByEveryType(Layouts layouts) {
    for (DataType type : Layouts.TYPES) {
      for (SortOrder order : SortOrder.values()) {
        for (NullPlacement nulls : NullPlacement.values()) {
          OrderSpec spec =
              all(pipeline(layouts, List.of(type, DataType.INT64)), key(0, order, nulls));
          check(spec, rows(spec, 1100, 12));
        }
      }
    }
  }

  @Test
  void sortsAnyNumberOfRowsByManyKeys() {
    List<DataType> types =
        List.of(DataType.STRING, DataType.BOOLEAN, DataType.decimal(38, 10), DataType.FLOAT32);
    OrderSpec spec = all(pipeline(Layouts.SPARK, types), down(1), up(0), down(3), up(2));
    for (int rows : ROWS) {
      check(spec, rows(spec, rows, 5));
    }
  }

  @Test
  void keepsTheFirstRowsAlone() {
    List<DataType> types = List.of(DataType.INT32, DataType.STRING);
    PipelineSpec pipeline = pipeline(Layouts.SPARK, types);
    for (int most : new int[] {0, 1, 10, 999, 1000, 6000}) {
      OrderSpec one = first(most, pipeline, up(0));
      check(one, rows(one, 5000, 400));
      OrderSpec two = first(most, pipeline, down(1), up(0));
      check(two, rows(two, 5000, 400));
    }
  }

  /** More rows come than are held at a time: what is not among the first is dropped on the way. */
  @Test
  void dropsRowsOnTheWay() {
    PipelineSpec pipeline = pipeline(Layouts.ARROW, List.of(DataType.INT64, DataType.STRING));
    OrderSpec spec = first(5, pipeline, up(0));
    List<Object[]> rows = rows(spec, 1000, 100_000);
    List<Object[]> many = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      many.addAll(rows);
    }
    check(spec, many, 15 * BATCH_ROWS);
  }

  /** Keys that are expressions are columns behind those given out. */
  @Test
  void filtersAndSortsByExpressions() {
    Expression number = new ColumnReference(0, DataType.INT32, true);
    Expression text = new ColumnReference(1, DataType.STRING, true);
    Expression negated =
        new Arithmetic(
            Arithmetic.Operator.MULTIPLY,
            number,
            new Literal(DataType.INT32, -3),
            DataType.INT32,
            ErrorMode.WRAP);
    Expression few =
        new Comparison(Comparison.Operator.GT, number, new Literal(DataType.INT32, -1000));
    PipelineSpec pipeline =
        pipeline(
            Layouts.SPARK,
            List.of(DataType.INT32, DataType.STRING),
            new Filter(few),
            new Project(List.of(text, number, negated)));
    OrderSpec spec = new OrderSpec(pipeline, new SortSpec(List.of(up(2))), 2, OrderSpec.ALL);
    check(spec, rows(spec, 3000, 100));
  }

  @Test
  void failsWithTheRowThatFailed() {
    Expression number = new ColumnReference(0, DataType.INT32, true);
    Expression doubled =
        new Arithmetic(Arithmetic.Operator.ADD, number, number, DataType.INT32, ErrorMode.ANSI);
    PipelineSpec pipeline =
        pipeline(Layouts.SPARK, List.of(DataType.INT32), new Project(List.of(number, doubled)));
    OrderSpec spec = new OrderSpec(pipeline, new SortSpec(List.of(up(1))), 1, OrderSpec.ALL);
    List<Object[]> rows = List.of(new Object[] {1}, new Object[] {Integer.MAX_VALUE});
    try (SortBatches sort = new SortBatches(open.kronos(), spec);
        HostTable table = table(spec, rows, 1)) {
      assertThatThrownBy(() -> sort.add(table.batch()))
          .isInstanceOfSatisfying(RowFailure.class, e -> assertThat(e.row()).isEqualTo(1));
    }
  }

  @Test
  void refusesWhatItCannotDo() {
    PipelineSpec pipeline = pipeline(Layouts.SPARK, List.of(DataType.INT32));
    assertThatThrownBy(() -> all(pipeline, up(1)))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageContaining("no such column to sort by");
    OrderSpec spec = all(pipeline, up(0));
    try (SortBatches sort = new SortBatches(open.kronos(), spec);
        HostTable table = table(spec, rows(spec, 3, 3), 1)) {
      sort.add(table.batch());
      sort.next(2).close();
      assertThatThrownBy(() -> sort.add(table.batch())).isInstanceOf(KronosException.Closed.class);
    }
  }
}

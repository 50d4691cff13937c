// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.Nullability;
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
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.RowFailure;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Groups behind filters and projections, and what goes wrong. */
@Tag("subgroups")
class FusedAggregateTest {
  private static final AggregateCall ROWS =
      new AggregateCall(Function.COUNT, null, DataType.INT64, ErrorMode.ANSI);

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static Expression column(int index, DataType type) {
    return new ColumnReference(index, type, true);
  }

  private static AggregateCall sum(Expression argument, DataType result, ErrorMode mode) {
    return new AggregateCall(Function.SUM, argument, result, mode);
  }

  /** Keys that are constants outlive the arguments of the dispatch that claimed their slots. */
  @Test
  void computedKeysBehindAFilter() {
    Expression a = column(0, DataType.INT32);
    Expression size =
        new CaseWhen(
            List.of(
                new CaseWhen.Branch(
                    new Comparison(Comparison.Operator.LT, a, new Literal(DataType.INT32, 0)),
                    new Literal(DataType.STRING, Utf8.of("negative"))),
                new CaseWhen.Branch(
                    new Comparison(Comparison.Operator.LT, a, new Literal(DataType.INT32, 1 << 20)),
                    new Literal(DataType.STRING, Utf8.of("small")))),
            column(1, DataType.STRING));
    Expression twice =
        new Arithmetic(Arithmetic.Operator.ADD, a, a, DataType.INT32, ErrorMode.WRAP);
    PipelineSpec input =
        new PipelineSpec(
            List.of(Layouts.SPARK.of(DataType.INT32), Layouts.SPARK.of(DataType.STRING)),
            List.of(new Filter(new IsNotNull(a)), new Project(List.of(size, twice))));
    Expression key = new ColumnReference(0, DataType.STRING, true);
    Expression value = column(1, DataType.INT32);
    AggregateSpec spec =
        new AggregateSpec(
            input, List.of(key), List.of(ROWS, sum(value, DataType.INT64, ErrorMode.ANSI), ROWS));
    new AggregateRun(open.kronos(), spec)
        .batch(1000, 20, 10)
        .batch(5000, 2000, 10)
        .batch(5000, 2000, 10)
        .check();
  }

  /** The shape of TPC-H Q1: two string keys, sums of products, counts, one dispatch a batch. */
  @Test
  void pricingSummary() {
    DataType money = DataType.decimal(15, 2);
    DataType product = DataType.decimal(31, 4);
    DataType charge = DataType.decimal(38, 6);
    List<DataType> types =
        List.of(DataType.STRING, DataType.STRING, money, money, money, DataType.DATE);
    Expression price = column(2, money);
    Expression discounted =
        new Arithmetic(
            Arithmetic.Operator.MULTIPLY, price, column(3, money), product, ErrorMode.NULL);
    Expression charged =
        new Arithmetic(
            Arithmetic.Operator.MULTIPLY, discounted, column(4, money), charge, ErrorMode.NULL);
    AggregateSpec spec =
        new AggregateSpec(
            new PipelineSpec(
                types.stream().map(Layouts.SPARK::of).toList(),
                List.of(
                    new Filter(
                        new Comparison(
                            Comparison.Operator.LE,
                            column(5, DataType.DATE),
                            new Literal(DataType.DATE, 1 << 30))))),
            List.of(column(0, DataType.STRING), column(1, DataType.STRING)),
            List.of(
                sum(price, DataType.decimal(25, 2), ErrorMode.NULL),
                sum(discounted, DataType.decimal(38, 4), ErrorMode.NULL),
                sum(charged, DataType.decimal(38, 6), ErrorMode.NULL),
                sum(price, DataType.decimal(25, 2), ErrorMode.NULL),
                new AggregateCall(Function.SEEN, price, DataType.BOOLEAN, ErrorMode.ANSI),
                ROWS));
    long dispatches =
        new AggregateRun(open.kronos(), spec)
            .dictionaries(List.of(0, 1))
            .batch(4096, 3, 2)
            .batch(4096, 3, 2)
            .batch(4096, 3, 2)
            .check();
    // Update a batch; keep new strings once; compact and emit; offsets and characters of two keys.
    assertThat(dispatches).isEqualTo(3 + 1 + 2 + 2 * 4);
  }

  @Test
  void rowsWithoutColumnsAreCounted() {
    AggregateSpec spec =
        new AggregateSpec(new PipelineSpec(List.of(), List.of()), List.of(), List.of(ROWS));
    try (HashAggregate aggregate = new HashAggregate(open.kronos(), spec)) {
      aggregate.add(new HostBatch(List.of(), 1000));
      aggregate.add(new HostBatch(List.of(), 0));
      aggregate.add(new HostBatch(List.of(), 77));
      try (ColumnBatch result = aggregate.finish()) {
        assertThat(DeviceRows.of(open.kronos(), result)).isEqualTo(List.of(List.of(1077L)));
      }
      assertThatThrownBy(aggregate::finish).isInstanceOf(KronosException.Closed.class);
    }
  }

  @Test
  void groupsWithoutFunctionsAreDistinctKeys() {
    List<DataType> types = List.of(DataType.STRING, DataType.INT16);
    AggregateSpec spec =
        new AggregateSpec(
            AggregateRun.source(Layouts.ARROW, types), AggregateRun.columns(types), List.of());
    new AggregateRun(open.kronos(), spec).batch(3000, 40, 5).batch(3000, 50, 5).check();
  }

  private static List<Object[]> longs(long... values) {
    List<Object[]> rows = new ArrayList<>();
    for (long value : values) {
      rows.add(new Object[] {value});
    }
    return rows;
  }

  /** A sum may leave its type on the way as long as it comes back. */
  @Test
  void overflowIsJudgedAtTheEnd() {
    List<DataType> types = List.of(DataType.INT64);
    Expression value = column(0, DataType.INT64);
    for (ErrorMode mode : ErrorMode.values()) {
      AggregateSpec spec =
          new AggregateSpec(
              AggregateRun.source(Layouts.ARROW, types),
              List.of(),
              List.of(ROWS, sum(value, DataType.INT64, mode)));
      new AggregateRun(open.kronos(), spec)
          .batch(longs(Long.MAX_VALUE, Long.MAX_VALUE))
          .batch(longs(-Long.MAX_VALUE, -5))
          .check();
      AggregateRun over =
          new AggregateRun(open.kronos(), spec).batch(longs(Long.MIN_VALUE, -1, Long.MIN_VALUE));
      if (mode == ErrorMode.ANSI) {
        assertThatThrownBy(over::checkDevice)
            .isInstanceOfSatisfying(
                AggregateOverflow.class, e -> assertThat(e.callIndex()).isEqualTo(1));
      } else {
        over.check();
      }
    }
  }

  @Test
  void sumsOfIntegersOf32BitsMayBeOfAsMany() {
    DataType type = DataType.INT32;
    for (ErrorMode mode : ErrorMode.values()) {
      AggregateSpec spec =
          new AggregateSpec(
              AggregateRun.source(Layouts.ARROW, List.of(type)),
              List.of(),
              List.of(ROWS, sum(column(0, type), type, mode)));
      List<Object[]> rows = new ArrayList<>();
      List.of(Integer.MAX_VALUE, 7, -8, Integer.MIN_VALUE)
          .forEach(value -> rows.add(new Object[] {value}));
      new AggregateRun(open.kronos(), spec).batch(rows).check();
      AggregateRun over = new AggregateRun(open.kronos(), spec).batch(rows.subList(0, 2));
      if (mode == ErrorMode.ANSI) {
        assertThatThrownBy(over::checkDevice)
            .isInstanceOfSatisfying(
                AggregateOverflow.class, e -> assertThat(e.callIndex()).isEqualTo(1));
      } else {
        over.check();
      }
    }
  }

  @Test
  void decimalSumsOverflowTheirPrecision() {
    DataType wide = DataType.decimal(38, 0);
    Expression value = column(0, wide);
    AggregateSpec spec =
        new AggregateSpec(
            AggregateRun.source(Layouts.ARROW, List.of(wide)),
            List.of(),
            List.of(sum(value, wide, ErrorMode.NULL)));
    BigInteger most = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(new Object[] {most});
    }
    new AggregateRun(open.kronos(), spec).batch(rows).check();
    new AggregateRun(open.kronos(), spec)
        .batch(List.of(new Object[] {most}, new Object[] {BigInteger.TWO.negate()}))
        .check();
  }

  @Test
  void aFailingRowIsNamed() {
    Expression value = column(0, DataType.INT64);
    Expression square =
        new Arithmetic(Arithmetic.Operator.MULTIPLY, value, value, DataType.INT64, ErrorMode.ANSI);
    PipelineSpec input = AggregateRun.source(Layouts.ARROW, List.of(DataType.INT64));
    for (List<Expression> keys : List.of(List.<Expression>of(), List.of(square))) {
      AggregateSpec spec =
          new AggregateSpec(input, keys, List.of(sum(square, DataType.INT64, ErrorMode.WRAP)));
      long[] values = new long[3000];
      values[1234] = 1L << 40;
      values[2345] = 1L << 50;
      AggregateRun run = new AggregateRun(open.kronos(), spec).batch(longs(values));
      assertThatThrownBy(run::checkDevice)
          .isInstanceOfSatisfying(
              RowFailure.class, failure -> assertThat(failure.row()).isEqualTo(1234));
    }
  }

  @Test
  void batchesOfAnotherLayoutAreRefused() {
    ColumnLayout layout = ColumnLayout.of(DataType.INT64, Nullability.NON_NULL);
    AggregateSpec spec =
        new AggregateSpec(new PipelineSpec(List.of(layout), List.of()), List.of(), List.of(ROWS));
    List<ColumnLayout> other = List.of(Layouts.ARROW.of(DataType.INT32));
    List<ColumnLayout> nullable = List.of(Layouts.ARROW.of(DataType.INT64));
    List<Object[]> none = List.<Object[]>of(new Object[] {null});
    try (HashAggregate aggregate = new HashAggregate(open.kronos(), spec);
        HostTable narrow =
            new HostTable(
                open.kronos().allocator(), other, List.<Object[]>of(new Object[] {1}), List.of());
        HostTable nulls = new HostTable(open.kronos().allocator(), nullable, none, List.of())) {
      assertThatThrownBy(() -> aggregate.add(narrow.batch()))
          .isInstanceOf(KronosException.InvalidArgument.class);
      assertThatThrownBy(() -> aggregate.add(nulls.batch()))
          .isInstanceOf(KronosException.InvalidArgument.class);
      assertThatThrownBy(() -> aggregate.add(new HostBatch(List.of(), 1)))
          .isInstanceOf(KronosException.InvalidArgument.class);
    }
  }

  /** Strings that groups hold no longer must not fill the memory of those that they do. */
  @Test
  void stringsOfChosenRowsComeAndGo() {
    List<DataType> types = List.of(DataType.INT32, DataType.STRING);
    Expression key = column(0, DataType.INT32);
    Expression text = column(1, DataType.STRING);
    List<AggregateCall> calls = new ArrayList<>();
    for (Function function : List.of(Function.MIN, Function.MAX, Function.FIRST, Function.LAST)) {
      calls.add(new AggregateCall(function, text, DataType.STRING, ErrorMode.ANSI));
    }
    AggregateRun run =
        new AggregateRun(
            open.kronos(),
            new AggregateSpec(AggregateRun.source(Layouts.ARROW, types), List.of(key), calls));
    for (int batch = 0; batch < 40; batch++) {
      List<Object[]> rows = new ArrayList<>();
      for (int group = 0; group < 5; group++) {
        String value = (batch % 7 == group ? "" : "x".repeat(1000)) + (char) ('A' + batch);
        rows.add(new Object[] {group, batch == 3 ? null : Utf8.of(value)});
      }
      run.batch(rows);
    }
    run.check();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.DataType;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.expression.RowErrorException;
import dev.kronos.expression.RowEvaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares what tables on the device compute with plain Java. */
class DeviceTableTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private long buffers;

  @BeforeEach
  void countBuffers() {
    buffers = OpenKronos.heldBuffers(open.kronos());
  }

  @AfterEach
  void nothingIsHeld() {
    assertThat(OpenKronos.heldBuffers(open.kronos())).isEqualTo(buffers);
  }

  private static List<FieldVector> vectors(List<DataType> types, List<List<Object>> columns) {
    List<FieldVector> vectors = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      vectors.add(
          ArrowVectors.of("c" + i, types.get(i), columns.get(i), open.kronos().allocator()));
    }
    return vectors;
  }

  /** Makes a table and closes the vectors that it is made of. */
  private static DeviceTable table(List<DataType> types, List<List<Object>> columns) {
    try (VectorSchemaRoot rows = new VectorSchemaRoot(vectors(types, columns))) {
      return DeviceTable.of(open.kronos(), rows);
    }
  }

  private static DeviceTable numbers(int rows) {
    return table(RandomExpression.TYPES, columns(rows, rows));
  }

  private static List<List<Object>> columns(int rows, long seed) {
    return NastyRows.columns(RandomExpression.TYPES, rows, NastyRows.Nulls.SOME, seed);
  }

  private static List<List<Object>> read(DeviceTable table) {
    try (VectorSchemaRoot rows = table.read()) {
      assertThat(rows.getRowCount()).isEqualTo(table.rows());
      return rows.getFieldVectors().stream().map(ArrowVectors::read).toList();
    }
  }

  /** The twin: keeps rows and computes columns, one step after the other. */
  private static List<List<Object>> java(
      List<List<Object>> columns, Expression condition, List<Expression> values) {
    List<List<Object>> kept = new ArrayList<>();
    values.forEach(value -> kept.add(new ArrayList<>()));
    for (int row = 0; row < columns.get(0).size(); row++) {
      int at = row;
      if (Boolean.TRUE.equals(RowEvaluator.evaluate(condition, c -> columns.get(c).get(at)))) {
        for (int i = 0; i < values.size(); i++) {
          kept.get(i).add(RowEvaluator.evaluate(values.get(i), c -> columns.get(c).get(at)));
        }
      }
    }
    return kept;
  }

  /** Three steps of random filters and columns, each over what the step before left. */
  @Test
  void randomStepsAgree() {
    Random random = new Random(SEED);
    List<List<Object>> columns = columns(2000, random.nextLong());
    for (int i = 0; i < 8; i++) {
      try (DeviceTable table = table(RandomExpression.TYPES, columns)) {
        check(table, columns, random, 3);
      } catch (AssertionError e) {
        throw new AssertionError("repeat with -Dkronos.test.seed=" + SEED, e);
      }
    }
  }

  private static void check(
      DeviceTable table, List<List<Object>> columns, Random random, int steps) {
    RandomExpression trees = new RandomExpression(table::column, random);
    Expression condition = trees.next(DataType.BOOLEAN, 2);
    List<Expression> values =
        RandomExpression.TYPES.stream().map(type -> trees.next(type, 2)).toList();
    try (DeviceTable kept = table.where(condition);
        DeviceTable computed = kept.select(List.of("a", "b", "c", "d"), values)) {
      String what = values + " where " + condition;
      List<List<Object>> expected;
      try {
        expected = java(columns, condition, values);
      } catch (RowErrorException e) {
        assertThatThrownBy(() -> computed.read().close())
            .as(what)
            .isInstanceOf(KronosException.InvalidArgument.class)
            .hasMessageContaining("row has no result: function=a, b, c, d, row=");
        return;
      }
      assertThat(read(computed)).as(what).isEqualTo(expected);
      if (steps > 1) {
        check(computed, expected, random, steps - 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 257, 1025})
  void everyTypeIsMovedAndFiltered(int rows) {
    List<DataType> types = new ArrayList<>(NastyRows.TYPES);
    types.add(DataType.BOOLEAN);
    List<List<Object>> columns = NastyRows.columns(types, rows, NastyRows.Nulls.SOME, rows);
    List<List<Object>> kept = new ArrayList<>();
    for (List<Object> column : columns) {
      List<Object> values = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        if (Boolean.TRUE.equals(columns.get(types.size() - 1).get(row))) {
          values.add(column.get(row));
        }
      }
      kept.add(values);
    }
    try (DeviceTable table = table(types, columns);
        DeviceTable filtered = table.where(table.column(types.size() - 1))) {
      same(types, columns, table);
      same(types, kept, filtered);
      try (DeviceTable once = filtered.run()) {
        same(types, kept, once);
      }
    }
  }

  /** Compares bits and types. */
  private static void same(List<DataType> types, List<List<Object>> expected, DeviceTable table) {
    try (VectorSchemaRoot java = new VectorSchemaRoot(vectors(types, expected));
        VectorSchemaRoot device = table.read()) {
      assertThat(device.getSchema()).isEqualTo(java.getSchema());
      for (int i = 0; i < types.size(); i++) {
        assertThat(ArrowVectors.bytes(device.getVector(i)))
            .as("type %s", types.get(i))
            .isEqualTo(ArrowVectors.bytes(java.getVector(i)));
      }
    }
  }

  @Test
  void carriedTypesAreComputedWith() {
    List<DataType> types = List.of(DataType.UINT64, DataType.FLOAT16, DataType.UINT8);
    List<List<Object>> columns = NastyRows.columns(types, 700, NastyRows.Nulls.SOME, 3);
    List<FieldVector> vectors = vectors(types, columns);
    Expressions rows = Expressions.over(open.kronos(), vectors.toArray(FieldVector[]::new));
    Expression sum = Functions.ADD.of(rows.column(0), rows.column(0));
    Expression less = Functions.LESS.of(rows.column(1), rows.column(1));
    try (DeviceTable table = table(types, columns);
        DeviceTable twice =
            table.select(List.of("s", "h", "b"), List.of(sum, less, rows.column(2)));
        DeviceTable four =
            twice.select(
                List.of("s", "b"),
                List.of(Functions.ADD.of(twice.column(0), twice.column(0)), twice.column(2)));
        VectorSchemaRoot device = four.read()) {
      Expression fourfold = Functions.ADD.of(sum, sum);
      try (FieldVector expected = rows.evaluate("s", fourfold)) {
        assertThat(device.getVector("s").getField()).isEqualTo(expected.getField());
        assertThat(ArrowVectors.read(device.getVector("s"))).isEqualTo(ArrowVectors.read(expected));
      }
      assertThat(device.getVector("b").getField().getType()).isEqualTo(new ArrowType.Int(8, false));
      assertThat(ArrowVectors.read(device.getVector("b"))).isEqualTo(columns.get(2));
    } finally {
      vectors.forEach(FieldVector::close);
    }
  }

  /** Vectors that no expression knows are moved; timestamps keep their own zones. */
  @Test
  void fieldsAreKept() {
    List<Field> fields =
        List.of(
            new Field("nanos", FieldType.nullable(timestamp(TimeUnit.NANOSECOND, "UTC")), null),
            new Field("a", FieldType.nullable(timestamp(TimeUnit.MICROSECOND, "UTC")), null),
            new Field("b", FieldType.nullable(timestamp(TimeUnit.MICROSECOND, "Asia/Tokyo")), null),
            new Field(
                "d",
                new FieldType(
                    true, new ArrowType.Int(64, true), new DictionaryEncoding(7, false, null)),
                null),
            new Field("large", FieldType.nullable(ArrowType.LargeUtf8.INSTANCE), null));
    List<DataType> types = new ArrayList<>(Collections.nCopies(4, DataType.INT64));
    types.add(DataType.STRING);
    List<List<Object>> columns = NastyRows.columns(types, 300, NastyRows.Nulls.SOME, 4);
    List<FieldVector> vectors =
        RetypedVectors.of(vectors(types, columns), fields, open.kronos().allocator());
    try (VectorSchemaRoot rows = new VectorSchemaRoot(vectors);
        DeviceTable table = DeviceTable.of(open.kronos(), rows);
        DeviceTable kept = table.where(Functions.IS_VALID.of(table.column("b")));
        DeviceTable some = kept.select("d", "nanos", "b", "large");
        DeviceTable moved = some.select(List.of("later"), List.of(some.column("b")));
        VectorSchemaRoot read = some.read();
        VectorSchemaRoot renamed = moved.read()) {
      assertThat(read.getSchema().getFields())
          .containsExactly(fields.get(3), fields.get(0), fields.get(2), fields.get(4));
      List<List<Object>> expected =
          java(
              columns,
              Functions.IS_VALID.of(table.column("b")),
              List.of(
                  new ColumnReference(3, DataType.INT64, true),
                  new ColumnReference(4, DataType.STRING, true)));
      assertThat(ArrowVectors.read(read.getVector("d"))).isEqualTo(expected.get(0));
      assertThat(ArrowVectors.read(read.getVector("large"))).isEqualTo(expected.get(1));
      assertThat(renamed.getVector("later").getField().getType())
          .isEqualTo(timestamp(TimeUnit.MICROSECOND, "Asia/Tokyo"));
      assertThatThrownBy(() -> some.column("d"))
          .isInstanceOf(KronosException.Unsupported.class)
          .hasMessageStartingWith("vector is dictionary-encoded and its dictionary is not given");
      assertThatThrownBy(() -> some.column("nanos"))
          .isInstanceOf(KronosException.Unsupported.class)
          .hasMessageStartingWith("no column type for Arrow type");
    }
  }

  private static ArrowType timestamp(TimeUnit unit, String zone) {
    return new ArrowType.Timestamp(unit, zone);
  }

  @Test
  void parentsMayBeClosedFirst() {
    List<List<Object>> columns = columns(3000, 5);
    DeviceTable table = table(RandomExpression.TYPES, columns);
    DeviceTable kept = table.where(table.column(3));
    DeviceTable run = kept.run();
    DeviceTable again = run.select("c2", "c1");
    table.close();
    table.close();
    kept.close();
    run.close();
    List<List<Object>> expected =
        java(columns, table.column(3), List.of(table.column(2), table.column(1)));
    assertThat(expected.get(0)).isNotEmpty();
    assertThat(read(again)).isEqualTo(expected);
    again.close();
    assertThatThrownBy(again::read)
        .isInstanceOf(KronosException.Closed.class)
        .hasMessageStartingWith("table used after close: fields=");
  }

  @Test
  void reductionsAreOverWhatIsLeft() {
    List<List<Object>> columns = columns(3000, 6);
    try (DeviceTable table = table(RandomExpression.TYPES, columns);
        DeviceTable kept = table.where(table.column(3));
        DeviceTable product =
            kept.select(
                List.of("p"), List.of(Functions.MULTIPLY.of(kept.column(0), kept.column(1))))) {
      Expression twice = Functions.MULTIPLY.of(table.column(0), table.column(1));
      List<Long> expected =
          java(columns, table.column(3), List.of(twice)).get(0).stream()
              .filter(Objects::nonNull)
              .map(Long.class::cast)
              .toList();
      Expression p = product.column("p");
      long sum = expected.stream().mapToLong(Long::longValue).sum();
      assertThat(product.count(p)).isEqualTo(expected.size());
      assertThat(product.sum(p).asLong()).isEqualTo(sum);
      assertThat(product.min(p).asLong()).isEqualTo(expected.stream().min(Long::compare).get());
      assertThat(product.max(p).asLong()).isEqualTo(expected.stream().max(Long::compare).get());
      assertThat(product.mean(p).isNull()).isFalse();
      assertThatThrownBy(() -> product.sumChecked(p))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("sum does not fit its type: vector=#0");
    }
  }

  /** Threads share a table; those that are late for its closing are told so. */
  @Test
  void threadsShareATable() throws Exception {
    DeviceTable table = numbers(2000);
    Expression number = table.column(0);
    long expected = table.sum(number).asLong();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> sums = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        sums.add(pool.submit(() -> sumsTo(table, number, expected)));
      }
      for (Future<Boolean> sum : sums.subList(0, 20)) {
        assertThat(sum.get()).isTrue();
      }
      table.close();
      for (Future<Boolean> sum : sums.subList(20, 40)) {
        sum.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(sumsTo(table, number, expected)).isFalse();
  }

  /** Returns false where the table was closed. */
  private static boolean sumsTo(DeviceTable table, Expression number, long expected) {
    try (DeviceTable valid = table.where(Functions.IS_VALID.of(number))) {
      assertThat(valid.sum(number).asLong()).isEqualTo(expected);
      return true;
    } catch (KronosException.Closed e) {
      return false;
    }
  }

  @Test
  void rowsThatFailAreNamedWhenTheyAreComputed() {
    List<Object> zeros = new ArrayList<>(Arrays.asList(1L, 2L, null, 0L, 0L));
    List<Object> strings = new ArrayList<>(Arrays.asList(null, null, null, null, null));
    try (DeviceTable table =
            table(List.of(DataType.INT64, DataType.STRING), List.of(zeros, strings));
        DeviceTable moved = table.select("c1", "c0");
        DeviceTable quotient =
            moved.select(
                List.of("q"),
                List.of(Functions.DIVIDE.of(Scalar.of(6L).literal(), moved.column("c0"))));
        DeviceTable rest = quotient.where(Functions.IS_VALID.of(quotient.column("q")))) {
      String message = "row has no result: function=%s, row=3, error=DIVIDE_BY_ZERO";
      assertThatThrownBy(quotient::read).hasMessage(String.format(message, "q"));
      assertThatThrownBy(rest::run).hasMessage(String.format(message, "q"));
      assertThatThrownBy(rest::rows).hasMessage(String.format(message, "rows"));
      assertThatThrownBy(() -> rest.sum(rest.column("q")))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage(String.format(message, "reduction"));
      assertThat(quotient.rows()).isEqualTo(5);
    }
  }

  @Test
  void wrongUsesAreNamed() {
    try (DeviceTable table = numbers(10);
        DeviceTable one = table.select("c3");
        DeviceTable same =
            table.select(List.of("x", "x"), List.of(table.column(0), table.column(1)))) {
      assertThatThrownBy(() -> table.column("nothing"))
          .hasMessage("name does not tell a column: name=nothing, columns=0");
      assertThatThrownBy(() -> same.select("x"))
          .hasMessage("name does not tell a column: name=x, columns=2");
      assertThatThrownBy(() -> table.column(4)).hasMessage("no such column: index=4, columns=4");
      assertThatThrownBy(() -> table.where(table.column(0)))
          .hasMessage("condition is not boolean: function=where, type=bigint");
      assertThatThrownBy(() -> one.where(table.column(3)))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("expression is over other columns: expression=#3");
      assertThatThrownBy(() -> one.max(table.column(0)))
          .hasMessageStartingWith("expression is over other columns: expression=#0");
      assertThatThrownBy(() -> table.select(List.of("a", "b"), List.of(table.column(0))))
          .hasMessageStartingWith("not a name an expression: names=[a, b]");
    }
    List<FieldVector> uneven =
        vectors(List.of(DataType.INT32, DataType.INT32), List.of(List.of(1, 2), List.of(1)));
    assertThatThrownBy(() -> DeviceTable.of(open.kronos(), uneven.toArray(FieldVector[]::new)))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageStartingWith("vectors are of different lengths: vector=c0");
    uneven.forEach(FieldVector::close);
  }
}

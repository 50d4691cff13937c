// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.DataType;
import dev.kronos.compute.SortOracle.Shape;
import dev.kronos.expression.Expression;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.SortOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the order of sorted tables with that of plain Java. */
class TableSortTest {
  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  @AfterEach
  void nothingIsHeld() {
    assertThat(open.kronos().allocator().getAllocatedMemory()).isZero();
    assertThat(OpenKronos.heldBuffers(open.kronos())).isZero();
  }

  /** Makes a table of values, one column a key, and of the numbers of rows. */
  private static DeviceTable table(List<SortOracle.Key> keys) {
    int count = keys.get(0).values().size();
    List<FieldVector> vectors = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (SortOracle.Key key : keys) {
      names.add("k" + vectors.size());
      vectors.add(key.kind().vector(open.kronos().allocator(), key.values()));
    }
    List<Integer> rows = IntStream.range(0, count).boxed().toList();
    vectors.add(ArrowVectors.of("row", DataType.INT32, rows, open.kronos().allocator()));
    names.add("row");
    try (VectorSchemaRoot root = new VectorSchemaRoot(vectors);
        DeviceTable table = DeviceTable.of(open.kronos(), root)) {
      List<Expression> columns = IntStream.range(0, names.size()).mapToObj(table::column).toList();
      return table.select(names, columns);
    }
  }

  private static ColumnOrder[] orders(List<SortOracle.Key> keys) {
    ColumnOrder[] orders = new ColumnOrder[keys.size()];
    for (int i = 0; i < orders.length; i++) {
      orders[i] = new ColumnOrder("k" + i, keys.get(i).order(), keys.get(i).nulls());
    }
    return orders;
  }

  private static List<Object> rows(DeviceTable table) {
    try (VectorSchemaRoot read = table.read()) {
      return ArrowVectors.read(read.getVector("row"));
    }
  }

  private static List<Object> java(List<SortOracle.Key> keys, boolean evenOnly) {
    return IntStream.of(SortOracle.order(keys))
        .filter(row -> !evenOnly || row % 2 == 0)
        .mapToObj(row -> (Object) row)
        .toList();
  }

  private static void check(String what, List<SortOracle.Key> keys) {
    ColumnOrder[] orders = orders(keys);
    try (DeviceTable table = table(keys);
        DeviceTable even = table.where(even(table));
        DeviceTable all = table.sort(orders);
        DeviceTable some = even.sort(orders);
        DeviceTable top = even.top(9, orders)) {
      List<Object> kept = java(keys, true);
      assertThat(rows(all)).as(what).isEqualTo(java(keys, false));
      assertThat(rows(some)).as(what).isEqualTo(kept);
      assertThat(rows(top)).as(what).isEqualTo(kept.subList(0, Math.min(9, kept.size())));
      assertThat(all.fields()).isEqualTo(table.fields());
    }
  }

  private static Expression even(DeviceTable table) {
    Expression odd = Functions.BIT_WISE_AND.of(table.column("row"), Scalar.of(1).literal());
    return Functions.EQUAL.of(odd, Scalar.of(0).literal());
  }

  @ParameterizedTest
  @EnumSource
  void eachTypeIsSorted(SortKind kind) {
    for (int count : new int[] {0, 1, 300}) {
      List<Object> values = Shape.WITH_NULLS.values(kind, count, count);
      for (NullPlacement nulls : NullPlacement.values()) {
        SortOrder order =
            nulls == NullPlacement.AT_END ? SortOrder.ASCENDING : SortOrder.DESCENDING;
        check("count=" + count, List.of(new SortOracle.Key(kind, values, order, nulls)));
      }
    }
  }

  @Test
  void severalKeysAreSortedByTheFirstThenTheNext() {
    long seed = Long.getLong("kronos.test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 4; round++) {
      List<SortOracle.Key> keys = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        SortKind kind = SortKind.values()[random.nextInt(SortKind.values().length)];
        List<Object> values =
            (i == 2 ? Shape.WITH_NULLS : Shape.ZIPF).values(kind, 1000, random.nextLong());
        keys.add(
            new SortOracle.Key(
                kind,
                values,
                SortOrder.values()[random.nextInt(2)],
                NullPlacement.values()[random.nextInt(2)]));
      }
      check("seed=" + seed, keys);
    }
  }

  @Test
  void firstRowsAreKept() {
    List<Object> values = Shape.WITH_NULLS.values(SortKind.STRING, 100, 1);
    SortOracle.Key key =
        new SortOracle.Key(SortKind.STRING, values, SortOrder.ASCENDING, NullPlacement.AT_END);
    try (DeviceTable table = table(List.of(key));
        DeviceTable even = table.where(even(table))) {
      for (int most : new int[] {0, 1, 33, 50, 51, Integer.MAX_VALUE}) {
        try (DeviceTable first = even.first(most);
            VectorSchemaRoot read = first.read()) {
          int count = Math.min(most, 50);
          assertThat(read.getRowCount()).isEqualTo(count);
          for (int i = 0; i < count; i++) {
            Object text = read.getVector("k0").getObject(i);
            assertThat(text == null ? null : text.toString()).isEqualTo(values.get(2 * i));
          }
        }
      }
      try (DeviceTable none = even.top(0, ColumnOrder.descending("k0"))) {
        assertThat(none.rows()).isZero();
      }
    }
  }

  /** Sorting copies no rows to the host: what it asks for is a few words a key. */
  @Test
  void rowsStayOnTheDevice() {
    List<Object> values = Shape.RANDOM.values(SortKind.INT64, 20_000, 1);
    SortOracle.Key key =
        new SortOracle.Key(SortKind.INT64, values, SortOrder.ASCENDING, NullPlacement.AT_END);
    try (DeviceTable table = table(List.of(key))) {
      long before = open.kronos().counters().streams().bytesDown();
      try (DeviceTable sorted = table.sort(ColumnOrder.ascending("k0"));
          DeviceTable first = sorted.first(10_000);
          DeviceTable again = first.sort(ColumnOrder.descending("row"))) {
        assertThat(open.kronos().counters().streams().bytesDown() - before).isLessThan(4096);
        assertThat(rows(again)).hasSize(10_000);
        assertThat(open.kronos().counters().streams().bytesDown() - before).isGreaterThan(40_000);
      }
    }
  }

  @Test
  void wrongUsesAreNamed() {
    List<Object> values = Shape.RANDOM.values(SortKind.INT64, 10, 1);
    SortOracle.Key key =
        new SortOracle.Key(SortKind.INT64, values, SortOrder.ASCENDING, NullPlacement.AT_END);
    try (DeviceTable table = table(List.of(key))) {
      assertThatThrownBy(table::sort)
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("nothing to sort by: keys=0");
      assertThatThrownBy(() -> table.sort(ColumnOrder.ascending("nothing")))
          .hasMessage("name does not tell a column: name=nothing, columns=0");
      assertThatThrownBy(() -> table.first(-1))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("negative number of rows: most=-1");
      assertThatThrownBy(() -> table.top(-2, ColumnOrder.ascending("k0")))
          .hasMessage("negative number of rows: most=-2");
    }
  }
}

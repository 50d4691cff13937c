// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Utf8;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.RandomValues;
import dev.kronos.operator.ReferenceProject;
import dev.kronos.operator.ReferenceSort;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.sort.NanPlacement;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.OrderSpec;
import dev.kronos.operator.sort.SortOrder;
import dev.kronos.operator.sort.SortSpec;
import dev.kronos.operator.sort.SortedBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares rows and starts of partitions with those that plain Java tells. */
@Tag("subgroups")
class PartitionBatchTest {
  private static final int[] ROWS = {0, 1, 255, 256, 257, 4096, 20_000};

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static List<Object[]> rows(List<ColumnLayout> layouts, int rows, int nullPercent) {
    RandomValues values = new RandomValues(rows);
    List<Object[]> batch = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      batch.add(layouts.stream().map(l -> values.next(l.type(), 500, nullPercent)).toArray());
    }
    return batch;
  }

  private static List<Expression> keys(List<ColumnLayout> layouts) {
    List<Expression> keys = new ArrayList<>();
    for (int i = 0; i < layouts.size(); i++) {
      keys.add(new ColumnReference(i, layouts.get(i).type(), true));
    }
    return keys;
  }

  /** Tells the partition of a row that left the pipeline. */
  private static int number(PartitionSpec spec, List<Object> row, long before) {
    if (spec.numbering() instanceof Numbering.InTurn of) {
      return (int) ((of.first() + before) % spec.partitions());
    }
    if (spec.numbering() instanceof Numbering.OfColumn of) {
      return (Integer) row.get(of.column());
    }
    Numbering.OfRange range = (Numbering.OfRange) spec.numbering();
    return (int)
        range.bounds().rows().stream().filter(b -> isBehind(range.order(), row, b)).count();
  }

  private static boolean isBehind(SortSpec order, List<Object> row, List<Object> bound) {
    for (int i = 0; i < bound.size(); i++) {
      SortSpec.Key key = order.keys().get(i);
      int compared = ReferenceSort.compare(key, row.get(key.column()), bound.get(i));
      if (compared != 0) {
        return compared > 0;
      }
    }
    return false;
  }

  /** Brings the rows of each partition together in a stable way. */
  private static void check(PartitionBatch operator, PartitionSpec spec, List<Object[]> rows) {
    check(operator, spec, rows, 0);
  }

  private static void check(
      PartitionBatch operator, PartitionSpec spec, List<Object[]> rows, long rowsBefore) {
    long before = rowsBefore;
    List<List<List<Object>>> partitions = new ArrayList<>();
    for (int p = 0; p < spec.partitions(); p++) {
      partitions.add(new ArrayList<>());
    }
    for (List<Object> row : new ReferenceProject(spec.pipeline()).apply(rows)) {
      partitions.get(number(spec, row, before++)).add(row.subList(0, spec.outputs()));
    }
    try (HostTable table =
            new HostTable(
                open.kronos().allocator(), spec.pipeline().inputs(), rows, List.<Integer>of());
        Stream stream = open.kronos().newStream();
        ColumnBatch uploaded = new BatchUpload(open.kronos(), stream).upload(table.batch())) {
      stream.submit().await();
      try (PartitionedBatch result = operator.apply(uploaded)) {
        List<List<Object>> all = DeviceRows.of(open.kronos(), result.batch());
        assertThat(result.partitions()).isEqualTo(spec.partitions());
        assertThat(result.start(0)).isZero();
        for (int p = 0; p < spec.partitions(); p++) {
          assertThat(all.subList(result.start(p), result.end(p))).isEqualTo(partitions.get(p));
        }
        assertThat(result.end(spec.partitions() - 1)).isEqualTo(all.size());
      }
    }
  }

  /** Every type is hashed and taken, in few and in many partitions. */
  @ParameterizedTest
  @EnumSource(Layouts.class)
  void rowsOfEveryTypeComeTogether(Layouts layouts) {
    List<ColumnLayout> columns = Layouts.TYPES.stream().map(layouts::of).toList();
    long buffers = OpenKronos.heldBuffers(open.kronos());
    for (int partitions : new int[] {2, 13, 300}) {
      PartitionSpec spec = PartitionSpec.byHash(columns, keys(columns), partitions);
      try (PartitionBatch operator = new PartitionBatch(open.kronos(), spec)) {
        for (int rows : ROWS) {
          check(operator, spec, rows(columns, rows, 15));
        }
        check(operator, spec, rows(columns, 1000, 100));
      }
    }
    assertThat(OpenKronos.heldBuffers(open.kronos())).isEqualTo(buffers);
  }

  private static List<SortSpec.Key> keys(int column) {
    List<SortSpec.Key> keys = new ArrayList<>();
    for (SortOrder order : SortOrder.values()) {
      for (NullPlacement nulls : NullPlacement.values()) {
        for (NanPlacement nans : NanPlacement.values()) {
          keys.add(new SortSpec.Key(column, order, nulls, nans));
        }
      }
    }
    return keys;
  }

  /** Draws values, NaNs and negative zeros among them. */
  private static Object value(RandomValues values, DataType type, Random random) {
    boolean special = random.nextInt(8) == 0;
    if (type.equals(DataType.FLOAT64) && special) {
      return random.nextBoolean() ? Double.NaN : -0.0;
    }
    if (type.equals(DataType.FLOAT32) && special) {
      return random.nextBoolean() ? Float.NaN : -0.0f;
    }
    return values.next(type, 40, 15);
  }

  private static List<Object[]> nastyRows(List<ColumnLayout> columns, int rows, int seed) {
    RandomValues values = new RandomValues(seed);
    Random random = new Random(seed);
    List<Object[]> batch = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      batch.add(columns.stream().map(c -> value(values, c.type(), random)).toArray());
    }
    return batch;
  }

  /** Takes bounds from among rows like those that are told to partitions. */
  private static SortedBounds bounds(
      List<ColumnLayout> columns, List<SortSpec.Key> keys, int count) {
    List<List<Object>> bounds = new ArrayList<>();
    for (Object[] row : nastyRows(columns, count, 7 * count)) {
      bounds.add(keys.stream().map(key -> row[key.column()]).collect(Collectors.toList()));
    }
    bounds.sort((a, b) -> compare(keys, a, b));
    return new SortedBounds(bounds);
  }

  private static int compare(List<SortSpec.Key> keys, List<Object> a, List<Object> b) {
    int order = 0;
    for (int i = 0; i < keys.size() && order == 0; i++) {
      order = ReferenceSort.compare(keys.get(i), a.get(i), b.get(i));
    }
    return order;
  }

  private static PartitionSpec byRange(
      List<ColumnLayout> columns, List<SortSpec.Key> keys, int bounds) {
    PipelineSpec pipeline = new PipelineSpec(columns, List.of(new Project(keys(columns))));
    return PartitionSpec.byRange(
        new OrderSpec(pipeline, new SortSpec(keys), columns.size(), OrderSpec.ALL),
        bounds(columns, keys, bounds));
  }

  private static void checkRanges(
      List<ColumnLayout> columns, List<SortSpec.Key> keys, int bounds, int... sizes) {
    PartitionSpec spec = byRange(columns, keys, bounds);
    try (PartitionBatch operator = new PartitionBatch(open.kronos(), spec)) {
      for (int rows : sizes) {
        check(operator, spec, nastyRows(columns, rows, rows));
      }
    }
  }

  /** Values of every type lie between bounds, in every order, nulls and NaNs where they belong. */
  @ParameterizedTest
  @MethodSource("dev.kronos.operator.Layouts#types")
  void rangesOfEveryTypeComeTogether(DataType type) {
    for (Layouts layouts : Layouts.values()) {
      List<ColumnLayout> columns = List.of(layouts.of(type), layouts.of(DataType.INT64));
      for (SortSpec.Key key : keys(0)) {
        checkRanges(columns, List.of(key), 5, 0, 1, 257, 1000);
      }
    }
  }

  /** Rows that are equal in one key are told apart by the next, among few bounds and many. */
  @ParameterizedTest
  @EnumSource(Layouts.class)
  void rangesOfSeveralKeysComeTogether(Layouts layouts) {
    List<ColumnLayout> columns = Layouts.TYPES.stream().map(layouts::of).toList();
    long buffers = OpenKronos.heldBuffers(open.kronos());
    int types = columns.size();
    for (int bounds : new int[] {0, 1, 12, 300}) {
      List<SortSpec.Key> keys = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int column = (bounds + i * 4) % types;
        keys.add(keys(column).get((bounds + 3 * i) % keys(column).size()));
      }
      checkRanges(columns, keys, bounds, ROWS);
    }
    assertThat(OpenKronos.heldBuffers(open.kronos())).isEqualTo(buffers);
  }

  /** A string that begins like a bound, or goes on with zeros, is on the right side of it. */
  @Test
  void rangesOfStringsWithCommonBeginnings() {
    List<ColumnLayout> columns = List.of(Layouts.ARROW.of(DataType.STRING));
    List<String> texts = new ArrayList<>(List.of("", "\0", "\0\0"));
    for (String text : List.of("a", "abcdefgh", "abcdefghi", "é", "zzzzzzzzzzzzzzzzz")) {
      texts.addAll(List.of(text, text + "\0", text + "\0\0\0\0\0\0\0\0", text + "b"));
    }
    List<Object[]> rows = texts.stream().map(t -> new Object[] {Utf8.of(t)}).toList();
    for (SortSpec.Key key : keys(0)) {
      List<List<Object>> bounds = new ArrayList<>();
      for (String bound : List.of("", "\0", "abcdefgh", "abcdefgh\0", "abcdefghi", "é")) {
        bounds.add(List.of(Utf8.of(bound)));
      }
      bounds.sort((a, b) -> ReferenceSort.compare(key, a.get(0), b.get(0)));
      PipelineSpec pipeline = new PipelineSpec(columns, List.of());
      OrderSpec order = new OrderSpec(pipeline, new SortSpec(List.of(key)), 1, OrderSpec.ALL);
      PartitionSpec spec = PartitionSpec.byRange(order, new SortedBounds(bounds));
      try (PartitionBatch operator = new PartitionBatch(open.kronos(), spec)) {
        check(operator, spec, rows);
      }
    }
  }

  /** Each batch goes on where the one before it ended, whatever the numbers of rows. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 256, 1000, 5000})
  void rowsAreDealtOutInTurn(int partitions) {
    List<ColumnLayout> columns =
        List.of(Layouts.SPARK.of(DataType.INT64), Layouts.SPARK.of(DataType.STRING));
    long buffers = OpenKronos.heldBuffers(open.kronos());
    for (int first : new int[] {0, partitions / 2, partitions - 1}) {
      PartitionSpec spec = PartitionSpec.inTurn(columns, partitions, first);
      try (PartitionBatch operator = new PartitionBatch(open.kronos(), spec)) {
        long before = 0;
        for (int rows : new int[] {0, 1, 257, 3, 4096, 1000, 0, 999, 7}) {
          check(operator, spec, rows(columns, rows, 15), before);
          before += rows;
        }
      }
    }
    assertThat(OpenKronos.heldBuffers(open.kronos())).isEqualTo(buffers);
  }

  @Test
  void onePartitionKeepsTheOrder() {
    List<ColumnLayout> columns = Layouts.TYPES.stream().map(Layouts.SPARK::of).toList();
    PartitionSpec spec = PartitionSpec.single(columns);
    try (PartitionBatch operator = new PartitionBatch(open.kronos(), spec)) {
      check(operator, spec, rows(columns, 0, 15));
      check(operator, spec, rows(columns, 4096, 15));
    }
  }

  @Test
  void refusesWhatIsNoPartitioning() {
    List<ColumnLayout> columns = List.of(Layouts.SPARK.of(DataType.INT64));
    assertThatThrownBy(() -> PartitionSpec.byHash(columns, List.of(), 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PartitionSpec.byHash(columns, keys(columns), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PartitionSpec.inTurn(columns, 3, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SortedBounds(List.of(List.of(1L), List.of(2L, 3L))))
        .isInstanceOf(KronosException.InvalidArgument.class);
  }
}

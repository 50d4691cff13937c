// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.OpenKronos;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Utf8;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.AggregateSpec;
import dev.kronos.operator.aggregate.Function;
import dev.kronos.operator.aggregate.HashAggregate;
import dev.kronos.operator.join.BuildKey;
import dev.kronos.operator.join.BuildSide;
import dev.kronos.operator.join.BuildSpec;
import dev.kronos.operator.join.BuildTable;
import dev.kronos.operator.join.HashJoin;
import dev.kronos.operator.join.JoinBuild;
import dev.kronos.operator.join.JoinSpec;
import dev.kronos.operator.join.JoinType;
import dev.kronos.operator.join.JoinedBatches;
import dev.kronos.operator.partition.Numbering;
import dev.kronos.operator.partition.PartitionBatch;
import dev.kronos.operator.partition.PartitionSpec;
import dev.kronos.operator.partition.PartitionedBatch;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.operator.sort.NanPlacement;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.OrderSpec;
import dev.kronos.operator.sort.RowSorter;
import dev.kronos.operator.sort.SortOrder;
import dev.kronos.operator.sort.SortSpec;
import dev.kronos.operator.window.RankLimit;
import dev.kronos.operator.window.RankLimitBatches;
import dev.kronos.operator.window.WindowBatches;
import dev.kronos.operator.window.WindowCall;
import dev.kronos.operator.window.WindowFrame;
import dev.kronos.operator.window.WindowFrame.Bound;
import dev.kronos.operator.window.WindowFrame.Kind;
import dev.kronos.operator.window.WindowFunction;
import dev.kronos.operator.window.WindowSpec;
import dev.kronos.spill.BatchStore;
import dev.kronos.spill.SpillFiles;
import dev.kronos.spill.SpillMeter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that what operators have made ahead is what they run. It counts what was compiled, which
 * tells that only where kernels of the catalogue are not compiled at run time as well, as the
 * checked build does.
 */
@Tag("unchecked")
class PreparedKernelsTest {
  private static final List<ColumnLayout> LAYOUTS =
      List.of(
          ColumnLayout.of(DataType.INT64, Nullability.NULLABLE),
          ColumnLayout.of(DataType.STRING, Nullability.NULLABLE));

  private static final Expression NUMBER = new ColumnReference(0, DataType.INT64, true);
  private static final Expression TEXT = new ColumnReference(1, DataType.STRING, true);

  private static final PipelineSpec FILTERED =
      new PipelineSpec(
          LAYOUTS,
          List.of(
              new Filter(
                  new Comparison(
                      Comparison.Operator.LT, NUMBER, new Literal(DataType.INT64, 1_000_000L)))));

  /** One kernel that brings characters together is shared by all results with strings. */
  private static final int CHARACTERS = 1;

  private static List<Object[]> rows(int rows, long step) {
    List<Object[]> list = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      list.add(new Object[] {i * step, Utf8.of("text " + i)});
    }
    return list;
  }

  /** Waits until nothing more is made. */
  private static long settled(Kronos kronos, int least) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (kronos.kernels().compilations() < least) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
    return kronos.kernels().compilations();
  }

  private static HostTable table(Kronos kronos, List<Object[]> rows) {
    return new HostTable(kronos.allocator(), LAYOUTS, rows, List.of());
  }

  @Test
  void groupingRunsWhatWasPrepared() {
    AggregateCall count = new AggregateCall(Function.COUNT, null, DataType.INT64, ErrorMode.ANSI);
    AggregateCall least = new AggregateCall(Function.MIN, TEXT, DataType.STRING, ErrorMode.ANSI);
    AggregateSpec spec = new AggregateSpec(FILTERED, List.of(NUMBER, TEXT), List.of(count, least));
    try (OpenKronos open = new OpenKronos()) {
      Kronos kronos = open.kronos();
      HashAggregate.prepare(kronos, spec);
      // Update, persist, keep, compaction, emission, rehash.
      assertThat(settled(kronos, 6)).isEqualTo(6);
      assertThat(grouped(kronos, spec, rows(5000, 1))).isEqualTo(5000);
      assertThat(kronos.kernels().compilations()).isEqualTo(6 + CHARACTERS);
    }
  }

  @Test
  void bloomFiltersAreMadeByWhatWasPrepared() {
    Literal head = new Literal(DataType.STRING, Utf8.of("\0\0\0\1\0\0\0\2\0\0\0\1"));
    AggregateCall filter =
        new AggregateCall(
            Function.BLOOM_FILTER, NUMBER, DataType.STRING, ErrorMode.NULL, null, List.of(head));
    AggregateCall union =
        new AggregateCall(
            Function.BLOOM_UNION, TEXT, DataType.STRING, ErrorMode.NULL, null, List.of(head));
    AggregateSpec spec = new AggregateSpec(FILTERED, List.of(), List.of(filter, union));
    List<Object[]> rows = new ArrayList<>();
    rows.add(new Object[] {7L, Utf8.of("\0\0\0\1\0\0\0\2\0\0\0\1filtered")});
    try (OpenKronos open = new OpenKronos()) {
      Kronos kronos = open.kronos();
      HashAggregate.prepare(kronos, spec);
      // Update, union, emission.
      assertThat(settled(kronos, 3)).isEqualTo(3);
      assertThat(grouped(kronos, spec, rows)).isEqualTo(1);
      assertThat(kronos.kernels().compilations()).isEqualTo(3 + CHARACTERS);
    }
  }

  private static int grouped(Kronos kronos, AggregateSpec spec, List<Object[]> rows) {
    try (HostTable table = table(kronos, rows);
        HashAggregate operator = new HashAggregate(kronos, spec)) {
      operator.add(table.batch());
      try (ColumnBatch groups = operator.finish()) {
        return groups.rows();
      }
    }
  }

  @Test
  void projectionRunsWhatWasPrepared() {
    try (OpenKronos open = new OpenKronos()) {
      Kronos kronos = open.kronos();
      ProjectBatch.prepare(kronos, FILTERED);
      // One that selects, one that finds where rows of tiles are, one that writes.
      assertThat(settled(kronos, 3)).isEqualTo(3);
      assertThat(projected(kronos, rows(300, 1))).isEqualTo(300);
      assertThat(kronos.kernels().compilations()).isEqualTo(3 + CHARACTERS);
    }
  }

  private static int projected(Kronos kronos, List<Object[]> rows) {
    try (ProjectBatch operator = new ProjectBatch(kronos, FILTERED);
        HostTable table = table(kronos, rows);
        ColumnBatch result = operator.apply(table.batch())) {
      return result.rows();
    }
  }

  /** All of it where keys number the slots of the table; where they are hashed, two are new. */
  @Test
  void joinRunsWhatWasPrepared() {
    BuildSpec build = new BuildSpec(FILTERED, List.of(BuildKey.of(NUMBER)));
    JoinSpec spec =
        JoinSpec.builder(JoinType.INNER, BuildSide.RIGHT, FILTERED, build)
            .probeKeys(List.of(NUMBER))
            .build();
    try (OpenKronos open = new OpenKronos()) {
      Kronos kronos = open.kronos();
      HashJoin.prepare(kronos, spec);
      // Three of the projection, extent, two that claim, one that looks up, one that lists, one
      // that writes.
      assertThat(settled(kronos, 9)).isEqualTo(9);
      assertThat(joined(kronos, spec, rows(300, 1))).isEqualTo(300);
      assertThat(kronos.kernels().compilations()).isEqualTo(9 + CHARACTERS);
      assertThat(joined(kronos, spec, rows(300, 1000))).isEqualTo(300);
      assertThat(kronos.kernels().compilations()).isBetween(10L + CHARACTERS, 11L + CHARACTERS);
    }
  }

  private static ColumnBatch uploaded(Kronos kronos, Stream stream, HostTable table) {
    ColumnBatch uploaded = new BatchUpload(kronos, stream).upload(table.batch());
    stream.submit();
    return uploaded;
  }

  private static int largest(Kronos kronos, OrderSpec spec, List<Object[]> rows) {
    try (HostTable table = table(kronos, rows);
        Stream stream = kronos.newStream();
        ColumnBatch batch = uploaded(kronos, stream, table);
        RowSorter sorter = RowSorter.create(kronos, spec, null, null)) {
      sorter.add(batch);
      try (ColumnBatch first = sorter.next(100)) {
        return first.rows();
      }
    }
  }

  @Test
  void sortRunsWhatWasPrepared() {
    SortSpec.Key key =
        new SortSpec.Key(0, SortOrder.DESCENDING, NullPlacement.AT_END, NanPlacement.BESIDE_NULLS);
    OrderSpec spec = new OrderSpec(FILTERED, new SortSpec(List.of(key)), 2, 10);
    try (OpenKronos open = new OpenKronos()) {
      Kronos kronos = open.kronos();
      RowSorter.prepare(kronos, spec);
      // Three of the projection, one that takes rows.
      assertThat(settled(kronos, 4)).isEqualTo(4);
      assertThat(largest(kronos, spec, rows(300, 1))).isEqualTo(10);
      assertThat(kronos.kernels().compilations()).isEqualTo(4 + CHARACTERS);
    }
  }

  @Test
  void partitioningRunsWhatWasPrepared() {
    PartitionSpec spec = new PartitionSpec(FILTERED, 2, new Numbering.InTurn(0), 3);
    try (OpenKronos open = new OpenKronos()) {
      Kronos kronos = open.kronos();
      PartitionBatch.prepare(kronos, spec);
      // Three of the projection, one that takes rows.
      assertThat(settled(kronos, 4)).isEqualTo(4);
      try (HostTable table = table(kronos, rows(300, 1));
          Stream stream = kronos.newStream();
          ColumnBatch rows = uploaded(kronos, stream, table);
          PartitionBatch operator = new PartitionBatch(kronos, spec);
          PartitionedBatch result = operator.apply(rows)) {
        assertThat(result.batch().rows()).isEqualTo(300);
      }
      assertThat(kronos.kernels().compilations()).isEqualTo(4 + CHARACTERS);
    }
  }

  @Test
  void windowsRunWhatWasPrepared(@TempDir Path folder) {
    WindowFrame running = new WindowFrame(Bound.of(Kind.START), Bound.of(Kind.ROW));
    List<WindowCall> calls =
        List.of(
            WindowCall.rank(WindowFunction.RANK),
            WindowCall.over(WindowFunction.SUM, 0, DataType.INT64, ErrorMode.WRAP, running),
            WindowCall.over(WindowFunction.MAX, 1, DataType.STRING, ErrorMode.WRAP, running),
            WindowCall.over(WindowFunction.MAX, 1, DataType.STRING, ErrorMode.WRAP, range()));
    WindowSpec spec = new WindowSpec(FILTERED, 2, List.of(1), List.of(0), calls);
    try (OpenKronos open = new OpenKronos()) {
      Kronos kronos = open.kronos();
      WindowBatches.prepare(kronos, spec);
      // Three of the projection, two that mark, three that find a frame by values, one each that
      // lists, adds, compares and writes.
      assertThat(settled(kronos, 12)).isEqualTo(12);
      assertThat(windowed(kronos, spec, rows(300, 1), folder)).isEqualTo(300);
      assertThat(kronos.kernels().compilations()).isEqualTo(12 + CHARACTERS);
    }
  }

  private static WindowFrame range() {
    Expression more =
        new Arithmetic(
            Arithmetic.Operator.ADD,
            NUMBER,
            new Literal(DataType.INT64, 3L),
            DataType.INT64,
            ErrorMode.ANSI);
    return new WindowFrame(
        Bound.of(Kind.START),
        Bound.of(more),
        new WindowFrame.Range(NUMBER, SortOrder.ASCENDING, NullPlacement.AT_START));
  }

  private static int windowed(Kronos kronos, WindowSpec spec, List<Object[]> rows, Path folder) {
    try (BatchStore store = new BatchStore(kronos, SpillFiles.inFolder(folder), 100_000);
        HostTable table = table(kronos, rows);
        Stream stream = kronos.newStream();
        ColumnBatch batch = uploaded(kronos, stream, table);
        WindowBatches operator = new WindowBatches(kronos, spec, store, new SpillMeter(), 1000)) {
      assertThat(operator.add(batch)).isEmpty();
      try (ColumnBatch results = operator.finish().orElseThrow()) {
        return results.rows();
      }
    }
  }

  @Test
  void rankLimitsRunWhatWasPrepared() {
    RankLimit.Keys keys = new RankLimit.Keys(List.of(1), List.of(0));
    RankLimit limit = new RankLimit(FILTERED, 2, keys, WindowFunction.RANK, 1);
    List<Object[]> rows = new ArrayList<>(rows(300, 1));
    rows.add(new Object[] {300L, rows.get(299)[1]});
    try (OpenKronos open = new OpenKronos()) {
      Kronos kronos = open.kronos();
      RankLimitBatches.prepare(kronos, limit);
      // Three of the projection, two that mark, one each that lists, limits and takes.
      assertThat(settled(kronos, 8)).isEqualTo(8);
      assertThat(limited(kronos, limit, rows)).isEqualTo(300);
      // What brings batches together is made where there are several.
      assertThat(kronos.kernels().compilations()).isEqualTo(8 + 1 + CHARACTERS);
    }
  }

  private static int limited(Kronos kronos, RankLimit limit, List<Object[]> rows) {
    try (HostTable table = table(kronos, rows);
        Stream stream = kronos.newStream();
        ColumnBatch batch = uploaded(kronos, stream, table);
        RankLimitBatches operator = new RankLimitBatches(kronos, limit);
        ColumnBatch kept = operator.add(batch).orElseThrow()) {
      return kept.rows();
    }
  }

  private static int joined(Kronos kronos, JoinSpec spec, List<Object[]> rows) {
    try (HostTable table = table(kronos, rows);
        JoinBuild builder = new JoinBuild(kronos, spec.build())) {
      builder.add(table.batch());
      try (BuildTable built = builder.finish();
          HashJoin join = new HashJoin(kronos, spec, built);
          JoinedBatches pieces = join.probe(table.batch());
          ColumnBatch piece = pieces.next()) {
        return piece.rows();
      }
    }
  }
}

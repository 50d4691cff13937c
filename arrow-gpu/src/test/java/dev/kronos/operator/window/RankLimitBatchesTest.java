// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.dispatch.Stream;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.ReferenceWindow;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Compares limits of ranks on the device with ranks in plain Java. */
class RankLimitBatchesTest {
  private static final DataType TYPE = DataType.INT64;
  private static final List<Integer> ORDER = List.of(WindowRows.ORDER);

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static RankLimit limit(List<Integer> partition, WindowFunction function, int most) {
    PipelineSpec pipeline = new PipelineSpec(WindowRows.layouts(TYPE), List.of());
    return new RankLimit(pipeline, 4, new RankLimit.Keys(partition, ORDER), function, most);
  }

  private static List<List<Object>> expected(RankLimit limit, List<Object[]> rows) {
    List<List<Object>> kept = new ArrayList<>();
    for (List<Object> row : new ReferenceWindow(limit.windows()).apply(rows)) {
      if ((int) row.get(limit.outputs()) <= limit.most()) {
        kept.add(row.subList(0, limit.outputs()));
      }
    }
    return kept;
  }

  private static List<List<Object>> computed(RankLimit limit, List<Object[]> rows, int batchRows) {
    Kronos kronos = open.kronos();
    List<List<Object>> found = new ArrayList<>();
    try (Stream stream = kronos.newStream();
        RankLimitBatches operator = new RankLimitBatches(kronos, limit)) {
      for (int from = 0; from < rows.size() || from == 0; from += batchRows) {
        List<Object[]> part = rows.subList(from, Math.min(rows.size(), from + batchRows));
        boolean done = operator.isDone();
        try (HostTable table =
                new HostTable(kronos.allocator(), limit.pipeline().inputs(), part, List.of());
            ColumnBatch batch = new BatchUpload(kronos, stream).upload(table.batch())) {
          stream.submit().await();
          Optional<ColumnBatch> kept = operator.add(batch);
          assertThat(done && kept.isPresent()).as("kept rows after the end").isFalse();
          kept.ifPresent(given -> take(given, found));
        }
      }
      assertThat(operator.counters().rowsOut()).isEqualTo(found.size());
    }
    return found;
  }

  private static void take(ColumnBatch given, List<List<Object>> found) {
    try (given) {
      assertThat(given.rows()).isPositive();
      found.addAll(DeviceRows.of(open.kronos(), given));
    }
  }

  private static void check(RankLimit limit, List<Object[]> rows, int batchRows) {
    long buffers = OpenKronos.heldBuffers(open.kronos());
    assertThat(computed(limit, rows, batchRows))
        .as("%s of %d rows in batches of %d", limit.function(), rows.size(), batchRows)
        .isEqualTo(expected(limit, rows));
    assertThat(OpenKronos.heldBuffers(open.kronos())).isEqualTo(buffers);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"ROW_NUMBER", "RANK", "DENSE_RANK"})
  void keepsRowsOfEverySize(WindowFunction function) {
    for (int count : new int[] {0, 1, 2, 255, 256, 257, 2047, 2048, 2049, 5000}) {
      List<Object[]> rows = WindowRows.sorted(count, TYPE, 40);
      check(limit(List.of(WindowRows.PARTITION), function, 3), rows, 1000);
      check(limit(List.of(), function, 1), rows, 700);
    }
  }

  /** Groups of peers and partitions begin, end and go on at borders of batches. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"ROW_NUMBER", "RANK", "DENSE_RANK"})
  void goesOnWhereABatchEnded(WindowFunction function) {
    List<Object[]> rows = WindowRows.sorted(130, TYPE, 3);
    for (int batchRows : new int[] {1, 7, 64}) {
      for (int most : new int[] {1, 4, Integer.MAX_VALUE}) {
        check(limit(List.of(WindowRows.PARTITION), function, most), rows, batchRows);
        check(limit(List.of(), function, most), rows, batchRows);
      }
    }
  }

  @Test
  void allRowsArePeersWithoutOrder() {
    List<Object[]> rows = WindowRows.sorted(600, TYPE, 2);
    RankLimit first = limit(List.of(), WindowFunction.RANK, 1);
    RankLimit all =
        new RankLimit(
            first.pipeline(), 4, new RankLimit.Keys(List.of(), List.of()), WindowFunction.RANK, 1);
    check(all, rows, 100);
  }

  @Test
  void refusesWhatIsNoLimit() {
    assertThatThrownBy(() -> limit(List.of(), WindowFunction.RANK, 0))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageContaining("wrong limit of ranks: function=RANK, most=0");
    assertThatThrownBy(() -> limit(List.of(), WindowFunction.COUNT, 1))
        .isInstanceOf(KronosException.InvalidArgument.class);
    assertThatThrownBy(() -> limit(List.of(9), WindowFunction.RANK, 1))
        .isInstanceOf(KronosException.InvalidArgument.class);
  }
}

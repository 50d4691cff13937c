// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.BatchDownload;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.RandomValues;
import dev.kronos.operator.ReferenceSort;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.spill.BatchStore;
import dev.kronos.spill.SpillFiles;
import dev.kronos.spill.SpillMeter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sorts more than fits and compares with plain Java, ties included. */
class ExternalSortTest {
  private static final List<ColumnLayout> LAYOUTS =
      List.of(
          Layouts.ARROW.of(DataType.INT32),
          Layouts.ARROW.of(DataType.STRING),
          Layouts.ARROW.of(DataType.INT64));

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();
  @TempDir Path folder;

  private static SortSpec.Key key(int column, SortOrder order) {
    return new SortSpec.Key(column, order, NullPlacement.AT_START, NanPlacement.GREATEST);
  }

  /** Orders by a string of few values, then by a number of few values: there are many ties. */
  private static OrderSpec spec(int most) {
    SortSpec order =
        new SortSpec(List.of(key(1, SortOrder.DESCENDING), key(0, SortOrder.ASCENDING)));
    return new OrderSpec(new PipelineSpec(LAYOUTS, List.of()), order, 3, most);
  }

  private static List<Object[]> rows(int count) {
    RandomValues values = new RandomValues(count);
    List<Object[]> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Object number = values.next(DataType.INT32, 40, 10);
      rows.add(new Object[] {number, values.next(DataType.STRING, 30, 10), (long) i});
    }
    return rows;
  }

  private List<List<Object>> sorted(OrderSpec spec, List<Object[]> rows, SpillMeter meter) {
    return sorted(spec, rows, meter, 0);
  }

  /** Sorts, and makes every n-th request for memory fail meanwhile, unless n is 0. */
  private List<List<Object>> sorted(
      OrderSpec spec, List<Object[]> rows, SpillMeter meter, int nth) {
    Kronos kronos = open.kronos();
    List<HostTable> tables = new ArrayList<>();
    List<ColumnBatch> results = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += 3000) {
      List<Object[]> part = rows.subList(from, Math.min(rows.size(), from + 3000));
      tables.add(new HostTable(kronos.allocator(), LAYOUTS, part, List.of()));
    }
    try (BatchStore store = new BatchStore(kronos, SpillFiles.inFolder(folder), 100_000)) {
      kronos.memory().injection().failEvery(nth);
      sort(spec, tables, store, meter, results);
      kronos.memory().injection().failEvery(0);
      List<List<Object>> found = new ArrayList<>();
      results.forEach(result -> found.addAll(DeviceRows.of(kronos, result)));
      return found;
    } finally {
      kronos.memory().injection().failEvery(0);
      tables.forEach(HostTable::close);
      results.forEach(ColumnBatch::close);
    }
  }

  private static void sort(
      OrderSpec spec,
      List<HostTable> tables,
      BatchStore store,
      SpillMeter meter,
      List<ColumnBatch> results) {
    Kronos kronos = open.kronos();
    try (Stream stream = kronos.newStream();
        ExternalSort sort = new ExternalSort(kronos, spec, store, meter)) {
      for (HostTable table : tables) {
        try (ColumnBatch batch = new BatchUpload(kronos, stream).upload(table.batch())) {
          stream.submit();
          sort.add(batch);
        }
      }
      do {
        results.add(inHost(sort.next(2500), kronos));
      } while (results.get(results.size() - 1).rows() > 0);
    }
  }

  /** Results stay open to the end; they must not take the budget. */
  private static ColumnBatch inHost(ColumnBatch batch, Kronos kronos) {
    try (batch;
        BatchDownload download = new BatchDownload(kronos);
        Stream stream = kronos.newStream()) {
      List<FieldVector> vectors =
          download.download(batch, List.of("a", "b", "c").subList(0, batch.columns().size()));
      try {
        ColumnBatch copy =
            new BatchUpload(kronos, stream).upload(HostBatch.ofVectors(vectors, batch.rows()));
        stream.submit();
        return copy;
      } finally {
        vectors.forEach(FieldVector::close);
      }
    }
  }

  private void check(int rows, int most, long budgetBytes, boolean spills) {
    long buffers = OpenKronos.heldBuffers(open.kronos());
    List<Object[]> input = rows(rows);
    SpillMeter meter = new SpillMeter();
    open.kronos().memory().limitDevice(budgetBytes);
    try {
      List<List<Object>> found = sorted(spec(most), input, meter);
      assertThat(found).isEqualTo(new ReferenceSort(spec(most)).apply(input));
      assertThat(meter.hostBytes() > 0 && meter.diskBytes() > 0).as("spilled").isEqualTo(spills);
    } finally {
      open.kronos().memory().limitDevice(Long.MAX_VALUE);
    }
    assertThat(OpenKronos.heldBuffers(open.kronos())).isEqualTo(buffers);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void sortsAtOnceWhatFits() {
    for (int rows : new int[] {0, 1, 257, 7000}) {
      check(rows, OrderSpec.ALL, Long.MAX_VALUE, false);
    }
    check(7000, 5000, Long.MAX_VALUE, false);
  }

  @Test
  void mergesRunsWhereAllDoNotFit() {
    check(20000, OrderSpec.ALL, 600_000, true);
    check(20000, 9000, 600_000, true);
  }

  @Test
  void dividesBatchesAndMergesOftenWhereLittleFits() {
    check(30000, OrderSpec.ALL, 260_000, true);
  }

  @Test
  void tooLittleIsOneClearErrorAndNothingLeaks() {
    long buffers = OpenKronos.heldBuffers(open.kronos());
    for (long budgetBytes : new long[] {20_000, 60_000, 120_000}) {
      open.kronos().memory().limitDevice(budgetBytes);
      try {
        assertThatThrownBy(() -> sorted(spec(OrderSpec.ALL), rows(9000), new SpillMeter()))
            .isInstanceOf(KronosException.Exhausted.class);
      } finally {
        open.kronos().memory().limitDevice(Long.MAX_VALUE);
      }
      assertThat(OpenKronos.heldBuffers(open.kronos())).isEqualTo(buffers);
    }
  }

  @Test
  void anyRequestMayFail() {
    long buffers = OpenKronos.heldBuffers(open.kronos());
    List<Object[]> input = rows(5000);
    List<List<Object>> expected = new ReferenceSort(spec(OrderSpec.ALL)).apply(input);
    int right = 0;
    for (int nth : new int[] {1, 2, 5, 13, 21, 34, 55, 1000}) {
      try {
        assertThat(sorted(spec(OrderSpec.ALL), input, new SpillMeter(), nth)).isEqualTo(expected);
        right++;
      } catch (KronosException.Exhausted | OutOfMemoryException e) {
        assertThat(e).hasMessageStartingWith("allocation failed on purpose");
      }
      assertThat(OpenKronos.heldBuffers(open.kronos())).as("nth=%s", nth).isEqualTo(buffers);
    }
    assertThat(right).as("sorts of which no request failed, or none that matters").isPositive();
  }
}

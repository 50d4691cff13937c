// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.OpenKronos;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.ReferenceWindow;
import dev.kronos.spill.BatchStore;
import dev.kronos.spill.SpillFiles;
import dev.kronos.spill.SpillMeter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs windows on the device and compares them with plain Java. */
final class WindowRunner {
  private final Kronos kronos;
  private final Path folder;

  WindowRunner(Kronos kronos, Path folder) {
    this.kronos = kronos;
    this.folder = folder;
  }

  /** Returns the rows that the device gives out. */
  List<List<Object>> computed(WindowSpec spec, List<Object[]> rows, int batchRows, int enough) {
    List<List<Object>> found = new ArrayList<>();
    try (BatchStore store = new BatchStore(kronos, SpillFiles.inFolder(folder), 100_000);
        Stream stream = kronos.newStream();
        WindowBatches operator = new WindowBatches(kronos, spec, store, new SpillMeter(), enough)) {
      for (int from = 0; from < rows.size() || from == 0; from += batchRows) {
        List<Object[]> part = rows.subList(from, Math.min(rows.size(), from + batchRows));
        try (HostTable table =
                new HostTable(kronos.allocator(), spec.pipeline().inputs(), part, List.of());
            ColumnBatch batch = new BatchUpload(kronos, stream).upload(table.batch())) {
          stream.submit().await();
          take(operator.add(batch), found);
        }
      }
      take(operator.finish(), found);
      assertThat(operator.counters().rowsOut()).isEqualTo(rows.size());
    }
    return found;
  }

  private void take(Optional<ColumnBatch> result, List<List<Object>> found) {
    if (result.isPresent()) {
      try (ColumnBatch batch = result.get()) {
        found.addAll(DeviceRows.of(kronos, batch));
      }
    }
  }

  /** Compares all rows and checks that nothing stays behind. */
  void check(WindowSpec spec, List<Object[]> rows, int batchRows) {
    long buffers = OpenKronos.heldBuffers(kronos);
    List<List<Object>> expected = new ReferenceWindow(spec).apply(rows);
    assertThat(computed(spec, rows, batchRows, batchRows))
        .as("%d rows in batches of %d", rows.size(), batchRows)
        .isEqualTo(expected);
    assertThat(OpenKronos.heldBuffers(kronos)).isEqualTo(buffers);
  }
}

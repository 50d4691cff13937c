// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.RandomValues;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.project.ProjectBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BatchStoreTest {
  private static final List<DataType> TYPES =
      List.of(DataType.INT32, DataType.STRING, DataType.BOOLEAN, DataType.decimal(38, 4));
  private static final int ROWS = 3000;

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();
  @TempDir Path folder;

  private static Kronos kronos() {
    return open.kronos();
  }

  private BatchStore store(long hostBytes) {
    return new BatchStore(kronos(), SpillFiles.inFolder(folder), hostBytes);
  }

  private long files() {
    try (var list = Files.list(folder)) {
      return list.count();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes rows that are told apart by their seed. */
  private static ColumnBatch batch(int seed) {
    RandomValues values = new RandomValues(seed);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(TYPES.stream().map(type -> values.next(type, 500, 10)).toArray());
    }
    List<ColumnLayout> layouts = TYPES.stream().map(Layouts.ARROW::of).toList();
    List<Expression> columns = new ArrayList<>();
    TYPES.forEach(type -> columns.add(new ColumnReference(columns.size(), type, true)));
    PipelineSpec copy = new PipelineSpec(layouts, List.of(new Project(columns)));
    try (HostTable table = new HostTable(kronos().allocator(), layouts, rows, List.of());
        ProjectBatch project = new ProjectBatch(kronos(), copy)) {
      return project.apply(table.batch());
    }
  }

  private static List<List<Object>> rows(StoredBatch stored) {
    try (StoredBatch.Pinned pinned = stored.pin()) {
      return DeviceRows.of(kronos(), pinned.batch());
    }
  }

  private static List<List<Object>> expected(int seed) {
    try (ColumnBatch batch = batch(seed)) {
      return DeviceRows.of(kronos(), batch);
    }
  }

  @Test
  void batchesComeBackAsTheyWereFromHostAndFromDisk() {
    long buffers = kronos().memory().outstandingBuffers();
    for (long hostBytes : new long[] {1 << 20, 150_000, 0}) {
      SpillMeter meter = new SpillMeter();
      try (BatchStore store = store(hostBytes);
          StoredBatch first = store.add(batch(1), meter);
          StoredBatch second = store.add(batch(2), meter)) {
        long sizeBytes = first.sizeBytes() + second.sizeBytes();
        assertThat(store.free(sizeBytes)).isTrue();
        assertThat(kronos().memory().deviceBytes()).as("on the device").isZero();
        assertThat(meter.hostBytes() == 0).isEqualTo(hostBytes == 0);
        assertThat(meter.diskBytes() == 0).isEqualTo(hostBytes == 1 << 20);
        assertThat(files()).isEqualTo(meter.diskBytes() == 0 ? 0 : hostBytes == 0 ? 2 : 1);
        assertThat(rows(first)).isEqualTo(expected(1));
        assertThat(rows(second)).isEqualTo(expected(2));
        assertThat(files()).isZero();
        assertThat(store.batches()).isEqualTo(2);
      }
    }
    assertThat(kronos().memory().outstandingBuffers()).isEqualTo(buffers);
  }

  @Test
  void allocationsPushOutWhatWasUsedLongestAgoAndIsNotPinned() {
    SpillMeter old = new SpillMeter();
    SpillMeter recent = new SpillMeter();
    SpillMeter pinned = new SpillMeter();
    try (BatchStore store = store(1 << 20);
        StoredBatch third = store.add(batch(3), pinned);
        StoredBatch first = store.add(batch(1), recent);
        StoredBatch second = store.add(batch(2), old);
        StoredBatch.Pinned hold = third.pin()) {
      rows(first);
      kronos().memory().limitDevice(kronos().memory().deviceBytes());
      try (DeviceBuffer wanted = kronos().memory().allocate(Pool.DEVICE, 1000)) {
        assertThat(old.hostBytes()).isEqualTo(second.sizeBytes());
        assertThat(recent.hostBytes() + pinned.hostBytes()).isZero();
        assertThat(hold.batch().rows()).isEqualTo(ROWS);
        assertThat(wanted.sizeBytes()).isEqualTo(1000);
      }
      assertThat(rows(second)).isEqualTo(expectedUnbounded(2));
      kronos().memory().limitDevice(third.sizeBytes() + 1000);
      assertThatThrownBy(() -> kronos().memory().allocate(Pool.DEVICE, third.sizeBytes()))
          .isInstanceOf(KronosException.Exhausted.class);
      assertThat(pinned.hostBytes()).as("pinned").isZero();
    } finally {
      kronos().memory().limitDevice(Long.MAX_VALUE);
    }
    assertThat(kronos().memory().deviceBytes()).isZero();
  }

  private static List<List<Object>> expectedUnbounded(int seed) {
    long before = kronos().memory().deviceBudgetBytes();
    kronos().memory().limitDevice(Long.MAX_VALUE);
    try {
      return expected(seed);
    } finally {
      kronos().memory().limitDevice(before);
    }
  }

  @Test
  void aDiskThatFailsIsOneClearErrorAndLosesNothing() {
    SpillFiles none =
        () -> {
          throw new IOException("no space");
        };
    SpillMeter meter = new SpillMeter();
    try (BatchStore store = new BatchStore(kronos(), none, 0);
        StoredBatch first = store.add(batch(1), meter)) {
      assertThatThrownBy(() -> store.free(1))
          .isInstanceOf(KronosException.Exhausted.class)
          .hasMessageStartingWith("cannot write a spilled batch: sizeBytes=")
          .hasRootCauseMessage("no space");
      assertThat(rows(first)).isEqualTo(expected(1));
    }
  }

  @Test
  void inputsThatAreReadInPlaceMoveToo() {
    List<ColumnLayout> layouts = List.of(Layouts.ARROW.of(DataType.INT64));
    List<Object[]> rows = List.of(new Object[] {1L}, new Object[] {null}, new Object[] {3L});
    try (BatchStore store = store(0);
        Stream stream = kronos().newStream();
        HostTable table = new HostTable(kronos().allocator(), layouts, rows, List.of());
        StoredBatch stored =
            store.add(new BatchUpload(kronos(), stream).upload(table.batch()), new SpillMeter())) {
      stream.submit();
      assertThat(store.free(1)).isTrue();
      assertThat(rows(stored)).hasSize(3).last().isEqualTo(List.of(3L));
    }
  }
}

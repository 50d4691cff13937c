// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.column.BatchDownload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.HostBuffer;
import dev.kronos.column.HostColumn;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.project.ProjectBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Moves batches to the device and back, from memory of the pools and from any other. */
class BatchTransferTest {
  private static final List<ColumnLayout> LAYOUTS =
      Layouts.TYPES.stream().map(Layouts.ARROW::of).toList();
  private static final PipelineSpec COPY = new PipelineSpec(LAYOUTS, List.of());

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static List<Object[]> rows(int rows) {
    RandomValues values = new RandomValues(rows);
    List<Object[]> batch = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      batch.add(Layouts.TYPES.stream().map(type -> values.next(type, 99, 9)).toArray());
    }
    return batch;
  }

  @Test
  void memoryOutsideThePoolsIsCopied() {
    List<Object[]> rows = rows(777);
    try (BufferAllocator foreign = new RootAllocator();
        HostTable table = new HostTable(foreign, LAYOUTS, rows, List.of());
        ProjectBatch copy = new ProjectBatch(open.kronos(), COPY);
        ColumnBatch result = copy.apply(table.batch())) {
      assertThat(DeviceRows.of(open.kronos(), result))
          .isEqualTo(new ReferenceProject(COPY).apply(rows));
    }
  }

  @Test
  void downloadedVectorsGoUpAgain() {
    List<Object[]> rows = rows(1000);
    List<String> names = IntStream.range(0, LAYOUTS.size()).mapToObj(i -> "c" + i).toList();
    try (HostTable table = new HostTable(open.kronos().allocator(), LAYOUTS, rows, List.of());
        ProjectBatch copy = new ProjectBatch(open.kronos(), COPY);
        BatchDownload download = new BatchDownload(open.kronos());
        ColumnBatch first = copy.apply(table.batch())) {
      List<FieldVector> vectors = download.download(first, names);
      try (ColumnBatch second = copy.apply(HostBatch.ofVectors(vectors, 1000))) {
        assertThat(DeviceRows.of(open.kronos(), second))
            .isEqualTo(new ReferenceProject(COPY).apply(rows));
      } finally {
        vectors.forEach(FieldVector::close);
      }
    }
  }

  /** Rows of a sliced vector start inside a byte of bits, and at an address of no alignment. */
  @Test
  void slicesStartAnywhere() {
    ColumnLayout flags = Layouts.ARROW.of(DataType.BOOLEAN);
    ColumnLayout numbers = Layouts.SPARK.of(DataType.INT64);
    PipelineSpec spec = new PipelineSpec(List.of(flags, numbers), List.of());
    try (ArrowBuf bits = open.kronos().allocator().buffer(16);
        ArrowBuf longs = open.kronos().allocator().buffer(800);
        ProjectBatch copy = new ProjectBatch(open.kronos(), spec)) {
      bits.setLong(0, 0x0123456789ABCDEFL);
      bits.setLong(8, 0xFEDCBA9876543210L);
      IntStream.range(0, 100).forEach(i -> longs.setLong(i * 8L, i));
      HostBuffer mask = new HostBuffer(bits.memoryAddress(), 16);
      HostColumn flag = new HostColumn(flags, mask, mask, null, null, 5, Integer.BYTES);
      HostBuffer tail = new HostBuffer(longs.memoryAddress() + 24, 60 * 8L);
      HostBatch batch = new HostBatch(List.of(flag, HostColumn.fixed(numbers, null, tail)), 60);
      try (ColumnBatch result = copy.apply(batch)) {
        List<List<Object>> found = DeviceRows.of(open.kronos(), result);
        for (int i = 0; i < 60; i++) {
          boolean set = (bits.getByte((i + 5) / 8) >> ((i + 5) % 8) & 1) != 0;
          assertThat(found.get(i).get(0)).isEqualTo(set ? Boolean.TRUE : null);
          assertThat(found.get(i).get(1)).isEqualTo(i + 3L);
        }
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.OpenKronos;
import dev.kronos.compute.Aggregates;
import dev.kronos.compute.Calculations;
import dev.kronos.compute.Scalar;
import dev.kronos.compute.SortKey;
import dev.kronos.compute.Sorting;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.memory.DeviceBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shows by addresses and by counts of bytes that kernels read vectors of Kronos' allocator where
 * they are, on unified memory, and get them by one DMA elsewhere; the host never copies them.
 */
class ZeroCopyTest {
  private OpenKronos open;
  private Kronos kronos;

  @BeforeEach
  void openDevice() {
    open = new OpenKronos();
    kronos = open.kronos();
  }

  @AfterEach
  void closeDevice() {
    open.close();
  }

  private static List<FieldVector> vectors(BufferAllocator allocator, int rows) {
    BigIntVector numbers = new BigIntVector("numbers", allocator);
    VarCharVector texts = new VarCharVector("texts", allocator);
    for (int row = 0; row < rows; row++) {
      numbers.setSafe(row, row);
      texts.setSafe(row, Integer.toString(row).getBytes(StandardCharsets.UTF_8));
    }
    numbers.setNull(rows - 1);
    texts.setNull(rows / 2);
    numbers.setValueCount(rows);
    texts.setValueCount(rows);
    return List.of(numbers, texts);
  }

  private static void close(List<FieldVector> vectors) {
    vectors.forEach(FieldVector::close);
  }

  private static List<BufferSlice> slices(Column column) {
    List<BufferSlice> slices = new ArrayList<>();
    slices.add(column.validity());
    if (column.offsets() != null) {
      slices.add(column.offsets());
    }
    slices.add(column.values());
    return slices;
  }

  private long deviceAddress(ArrowBuf buffer) {
    DeviceBuffer holder = kronos.memory().bufferAt(buffer.memoryAddress());
    return holder.deviceAddress() + buffer.memoryAddress() - holder.hostAddress();
  }

  private static long bytes(List<FieldVector> vectors) {
    return vectors.stream()
        .flatMap(vector -> vector.getFieldBuffers().stream())
        .mapToLong(ArrowBuf::readableBytes)
        .sum();
  }

  /** Sizes at which validity begins at every kind of address behind the values. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 63, 255, 256, 257, 4097})
  void whatIsBoundIsTheVectorsOwnMemory(int rows) {
    List<FieldVector> vectors = vectors(kronos.allocator(), rows);
    try (Stream stream = kronos.newStream()) {
      long copiedBefore = kronos.memory().counters().hostCopiedBytes();
      ColumnBatch batch =
          new BatchUpload(kronos, stream).upload(HostBatch.ofVectors(vectors, rows));
      stream.submit().await();
      try (batch) {
        if (kronos.memory().unified()) {
          assertBound(batch, vectors);
        }
        StreamCounters counters = stream.counters();
        assertThat(counters.bytesUp()).isEqualTo(kronos.memory().unified() ? 0 : bytes(vectors));
        assertThat(kronos.memory().counters().hostCopiedBytes()).isEqualTo(copiedBefore);
      }
    } finally {
      close(vectors);
    }
  }

  private void assertBound(ColumnBatch batch, List<FieldVector> vectors) {
    for (int i = 0; i < vectors.size(); i++) {
      List<ArrowBuf> buffers = vectors.get(i).getFieldBuffers();
      List<BufferSlice> bound = slices(batch.columns().get(i));
      for (int part = 0; part < bound.size(); part++) {
        BufferSlice slice = bound.get(part);
        assertThat(slice.buffer().deviceAddress() + slice.offset())
            .as("vector %s, part %s", i, part)
            .isEqualTo(deviceAddress(buffers.get(part)));
      }
    }
  }

  /** Whole functions: projection, exact sum, grouping of rows by a sort. */
  @Test
  void functionsCopyNothingOnTheHost() {
    List<FieldVector> vectors = vectors(kronos.allocator(), 5000);
    FieldVector numbers = vectors.get(0);
    try {
      long before = kronos.memory().counters().hostCopiedBytes();
      try (FieldVector sums = new Calculations(kronos).add(numbers, Scalar.of(1L));
          FieldVector sorted = new Sorting(kronos).sort(SortKey.descending(sums))) {
        assertThat(new Aggregates(kronos).sum(sorted).asLong()).isEqualTo(4999L * 5000 / 2);
      }
      assertThat(kronos.memory().counters().hostCopiedBytes()).isEqualTo(before);
    } finally {
      close(vectors);
    }
  }

  /** The counter sees what is copied: every byte of a vector of another allocator, once. */
  @Test
  void memoryOfOthersIsCounted() {
    try (BufferAllocator foreign = new RootAllocator();
        Stream stream = kronos.newStream()) {
      List<FieldVector> vectors = vectors(foreign, 1000);
      long before = kronos.memory().counters().hostCopiedBytes();
      new BatchUpload(kronos, stream).upload(HostBatch.ofVectors(vectors, 1000)).close();
      stream.submit().await();
      assertThat(kronos.memory().counters().hostCopiedBytes() - before).isEqualTo(bytes(vectors));
      close(vectors);
    }
  }
}

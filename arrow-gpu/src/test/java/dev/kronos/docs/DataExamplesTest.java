// SPDX-License-Identifier: Apache-2.0
package dev.kronos.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.arrow.Imported;
import dev.kronos.arrow.ImportedBatches;
import dev.kronos.arrow.Imports;
import dev.kronos.compute.Aggregates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds and runs the code that the pages of {@code docs/arrow} on data of other kinds show. */
class DataExamplesTest {
  private Kronos kronos;
  private BufferAllocator foreign;
  private VectorSchemaRoot foreignBatch;

  @BeforeEach
  void openDevice() {
    kronos = Kronos.open(KronosOptions.fromEnvironment());
    foreign = new RootAllocator();
    BigIntVector stock = new BigIntVector("stock", foreign);
    for (int row = 0; row < 3; row++) {
      stock.setSafe(row, 100 + row);
    }
    foreignBatch = VectorSchemaRoot.of(stock);
    foreignBatch.setRowCount(3);
  }

  @AfterEach
  void closeDevice() {
    foreignBatch.close();
    foreign.close();
    kronos.close();
  }

  @Test
  void vectorsOfOthers() {
    Imports imports = new Imports(kronos);
    try (Imported stock = imports.from(foreignBatch)) {
      long copied = stock.copiedBytes(); // all of it
      long total = new Aggregates(kronos).sum(stock.vector("stock")).asLong(); // 303
      try (Imported again = imports.from(stock.batch())) {
        boolean moved = again.copied(); // false: one and the same memory
        assertThat(moved).isFalse();
      }
      assertThat(copied).isEqualTo(25);
      assertThat(total).isEqualTo(303);
    }
  }

  @Test
  void streams() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer =
        new ArrowStreamWriter(foreignBatch, null, Channels.newChannel(written))) {
      writer.writeBatch();
      writer.writeBatch();
    }
    byte[] bytes = written.toByteArray();
    try (ImportedBatches batches = new Imports(kronos).from(new ByteArrayInputStream(bytes))) {
      long total = 0;
      for (Imported batch = batches.next(); batch != null; batch = batches.next()) {
        total += new Aggregates(kronos).sum(batch.vector("stock")).asLong();
        batch.close();
      }
      assertThat(total).isEqualTo(606);
    }
  }
}

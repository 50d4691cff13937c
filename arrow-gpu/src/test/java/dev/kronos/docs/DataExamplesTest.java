// SPDX-License-Identifier: Apache-2.0
package dev.kronos.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.arrow.Imported;
import dev.kronos.arrow.ImportedBatches;
import dev.kronos.arrow.Imports;
import dev.kronos.column.DataType;
import dev.kronos.compute.Aggregates;
import dev.kronos.compute.ArrowOracle;
import dev.kronos.compute.DictionaryEncoded;
import dev.kronos.compute.Distinct;
import dev.kronos.compute.FailingMemory;
import dev.kronos.compute.FunctionContract;
import dev.kronos.compute.Functions;
import dev.kronos.compute.LinearAlgebra;
import dev.kronos.compute.Matrix;
import dev.kronos.compute.NullEncoding;
import dev.kronos.compute.Scalar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.ArrowSchema;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.util.TransferPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds and runs the code that the pages of {@code docs/arrow} on data of other kinds show. */
class DataExamplesTest {
  private Kronos kronos;
  private BufferAllocator foreign;
  private VectorSchemaRoot foreignBatch;
  private ArrowArray array;
  private ArrowSchema schema;

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
    array = ArrowArray.allocateNew(foreign);
    schema = ArrowSchema.allocateNew(foreign);
  }

  @AfterEach
  void closeDevice() {
    array.close();
    schema.close();
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
  void contracts() {
    FunctionContract contract = new FunctionContract(kronos, Functions.ADD, DataType.INT32);
    contract.checkSizes(42); // throws an AssertionError that names rows, nulls, offset and seed
    Object sum = ArrowOracle.apply("add", DataType.INT32, List.of(2, 3)); // 5
    assertThat(sum).isEqualTo(5);
  }

  @Test
  void memory() {
    FieldVector stock = foreignBatch.getVector(0);
    FailingMemory memory = new FailingMemory(kronos, List.of(stock));
    memory.check(() -> new Aggregates(kronos).sum(stock));
    assertThat(foreignBatch.getRowCount()).isEqualTo(3);
  }

  @Test
  void dictionaries() {
    FieldVector stock = foreignBatch.getVector(0);
    try (DictionaryEncoded encoded =
        new Distinct(kronos).dictionaryEncode(stock, NullEncoding.MASK, 1)) {
      VectorSchemaRoot batch = VectorSchemaRoot.of(encoded.indices());
      MapDictionaryProvider dictionaries = new MapDictionaryProvider(encoded.dictionary());
      try (VectorSchemaRoot plain = new Distinct(kronos).dictionaryDecode(batch, dictionaries)) {
        long total = new Aggregates(kronos).sum(plain.getVector("stock")).asLong(); // 303
        assertThat(total).isEqualTo(303);
      }
    }
  }

  @Test
  void dictionariesOfStreams() throws IOException {
    byte[] bytes = encodedStream();
    try (ImportedBatches batches = new Imports(kronos).from(new ByteArrayInputStream(bytes));
        Imported batch = batches.next()) {
      long total = new Aggregates(kronos, batch).sum(batch.vector("stock")).asLong(); // 303
      assertThat(total).isEqualTo(303);
    }
  }

  private byte[] encodedStream() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DictionaryEncoded encoded =
            new Distinct(kronos).dictionaryEncode(foreignBatch.getVector(0), NullEncoding.MASK, 1);
        ArrowStreamWriter writer =
            new ArrowStreamWriter(
                VectorSchemaRoot.of(encoded.indices()),
                new MapDictionaryProvider(encoded.dictionary()),
                Channels.newChannel(bytes))) {
      writer.writeBatch();
    }
    return bytes.toByteArray();
  }

  @Test
  void matrices() {
    try (Float4Vector points = new Float4Vector("points", kronos.allocator());
        Float4Vector turn = new Float4Vector("turn", kronos.allocator())) {
      for (int i = 0; i < 6; i++) {
        points.setSafe(i, i); // (0, 1), (2, 3), (4, 5)
        turn.setSafe(i, new float[] {0, 1, -1, 0, 9, 9}[i]);
      }
      points.setValueCount(6);
      turn.setValueCount(6);

      LinearAlgebra algebra = new LinearAlgebra(kronos);
      Matrix rows = Matrix.of(points, 3, 2);
      Matrix quarter = Matrix.of(turn, 2, 2);
      try (FixedSizeListVector turned = algebra.matmul(rows, quarter); // [-1, 0], [-3, 2], [-5, 4]
          FixedSizeListVector back =
              algebra.matmul(Matrix.of(turned), quarter.transposed()); // as at first
          FixedSizeListVector lengths =
              algebra.matmul(rows.split(3), rows.transposed().block(0, 2, 2, 1))) {
        assertThat(turned.getObject(1)).hasToString("[-3.0,2.0]");
        assertThat(back.getObject(2)).hasToString("[4.0,5.0]");
        assertThat(lengths.getObject(1)).hasToString("[23.0]");
      }
      double product = algebra.dot(points, points).asDouble(); // 55.0
      try (FieldVector sums = algebra.axpy(Scalar.of(2f), points, points)) { // 0, 3, 6, 9, 12, 15
        assertThat(((Float4Vector) sums).get(5)).isEqualTo(15);
      }
      assertThat(product).isEqualTo(55);
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

  @Test
  void arraysOfOthers() {
    Data.exportVector(foreign, foreignBatch.getVector(0), null, array, schema);
    try (FieldVector received = Data.importVector(kronos.allocator(), array, schema, null);
        Imported stock = new Imports(kronos).from(received)) {
      boolean moved = stock.copied(); // true: memory that the device cannot see
      long total = new Aggregates(kronos).sum(stock.vector()).asLong(); // 303
      assertThat(moved).isTrue();
      assertThat(total).isEqualTo(303);
    }
  }

  @Test
  void slicesOfOthers() {
    Data.exportVector(foreign, foreignBatch.getVector(0), null, array, schema);
    ArrowArray.Snapshot exported = array.snapshot();
    exported.offset = 2;
    exported.length = 1;
    array.save(exported);

    ArrowArray.Snapshot parts = array.snapshot();
    int first = Math.toIntExact(parts.offset);
    int rows = Math.toIntExact(parts.length);
    parts.offset = 0;
    parts.length += first;
    parts.null_count = -1;
    array.save(parts);
    try (FieldVector all = Data.importVector(kronos.allocator(), array, schema, null)) {
      TransferPair pair = all.getTransferPair(kronos.allocator());
      pair.splitAndTransfer(first, rows);
      try (FieldVector slice = (FieldVector) pair.getTo();
          Imported stock = new Imports(kronos).from(slice)) {
        assertThat(new Aggregates(kronos).sum(stock.vector()).asLong()).isEqualTo(102);
      }
    }
  }

  @Test
  void streamsOfOthers() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer =
        new ArrowStreamWriter(foreignBatch, null, Channels.newChannel(written))) {
      writer.writeBatch();
    }
    ArrowStreamReader reader =
        new ArrowStreamReader(new ByteArrayInputStream(written.toByteArray()), foreign);
    try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(foreign)) {
      Data.exportArrayStream(foreign, reader, stream);
      ArrowReader received = Data.importArrayStream(kronos.allocator(), stream);
      try (ImportedBatches batches = new Imports(kronos).from(received)) {
        Imported batch = batches.next(); // null behind the last one
        assertThat(new Aggregates(kronos).sum(batch.vector("stock")).asLong()).isEqualTo(303);
        batch.close();
        assertThat(batches.next()).isNull();
      }
    }
  }
}

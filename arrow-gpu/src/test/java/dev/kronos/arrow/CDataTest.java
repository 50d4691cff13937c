// SPDX-License-Identifier: Apache-2.0
package dev.kronos.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.OpenKronos;
import dev.kronos.compute.Aggregates;
import dev.kronos.compute.Distinct;
import dev.kronos.compute.Strings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.ArrowSchema;
import org.apache.arrow.c.CDataDictionaryProvider;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.util.TransferPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Brings in what another allocator exports through Arrow's C data interface. An export holds
 * references to its buffers: as many as before are left of them once it is released, if that
 * happens once.
 */
class CDataTest {
  private OpenKronos open;
  private Kronos kronos;
  private BufferAllocator foreign;
  private Imports imports;

  @BeforeEach
  void openDevice() {
    open = new OpenKronos();
    kronos = open.kronos();
    foreign = new RootAllocator();
    imports = new Imports(kronos);
  }

  /** Both allocators fail when anything leaked, whatever the test did. */
  @AfterEach
  void closeDevice() {
    foreign.close();
    open.close();
  }

  private static VectorSchemaRoot batch(BufferAllocator allocator, int rows) {
    IntVector ints = new IntVector("ints", allocator);
    BitVector bits = new BitVector("bits", allocator);
    VarCharVector texts = new VarCharVector("texts", allocator);
    LargeVarCharVector large = new LargeVarCharVector("large", allocator);
    for (int row = 0; row < rows; row++) {
      byte[] text = "Zeile ü ".repeat(row % 3).getBytes(StandardCharsets.UTF_8);
      if (row % 7 != 3) {
        ints.setSafe(row, row * 31);
        bits.setSafe(row, row % 2);
        texts.setSafe(row, text);
        large.setSafe(row, text);
      }
    }
    VectorSchemaRoot root = VectorSchemaRoot.of(ints, bits, texts, large);
    root.setRowCount(rows);
    return root;
  }

  private static List<Object> values(FieldVector vector) {
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < vector.getValueCount(); row++) {
      values.add(vector.isNull(row) ? null : vector.getObject(row).toString());
    }
    return values;
  }

  private static void assertSame(VectorSchemaRoot found, VectorSchemaRoot expected) {
    assertThat(found.getRowCount()).isEqualTo(expected.getRowCount());
    assertThat(found.getSchema()).isEqualTo(expected.getSchema());
    for (int i = 0; i < expected.getFieldVectors().size(); i++) {
      assertThat(values(found.getVector(i))).isEqualTo(values(expected.getVector(i)));
    }
  }

  /** Sends a batch through the interface, as a library in the same process would. */
  private VectorSchemaRoot exchanged(VectorSchemaRoot batch) {
    try (ArrowArray array = ArrowArray.allocateNew(foreign);
        ArrowSchema schema = ArrowSchema.allocateNew(foreign)) {
      BufferAllocator owner = batch.getVector(0).getAllocator();
      Data.exportVectorSchemaRoot(owner, batch, null, array, schema);
      return Data.importVectorSchemaRoot(kronos.allocator(), array, schema, null);
    }
  }

  /** Sends a vector through the interface. */
  private FieldVector exchanged(
      FieldVector vector, DictionaryProvider known, CDataDictionaryProvider found) {
    try (ArrowArray array = ArrowArray.allocateNew(foreign);
        ArrowSchema schema = ArrowSchema.allocateNew(foreign)) {
      Data.exportVector(foreign, vector, known, array, schema);
      return Data.importVector(kronos.allocator(), array, schema, found);
    }
  }

  private static List<Integer> references(VectorSchemaRoot batch) {
    return batch.getFieldVectors().stream()
        .flatMap(vector -> vector.getFieldBuffers().stream())
        .map(buffer -> buffer.getReferenceManager().getRefCount())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 255, 256, 257, 5000})
  void exportsOfOtherAllocatorsAreCopiedAndReleasedOnce(int rows) {
    try (VectorSchemaRoot source = batch(foreign, rows)) {
      List<Integer> before = references(source);
      VectorSchemaRoot received = exchanged(source);
      assertThat(references(source).get(0)).isGreaterThan(before.get(0));
      try (Imported found = imports.from(received)) {
        assertThat(found.copied()).isTrue();
        received.close();
        assertThat(references(source)).isEqualTo(before);
        assertSame(found.batch(), source);
        long sum = new Aggregates(kronos).sum(found.vector("ints")).asLong();
        assertThat(sum).isEqualTo(sum((IntVector) source.getVector("ints")));
      }
    }
  }

  @Test
  void noRowsComeThrough() {
    try (VectorSchemaRoot source = batch(foreign, 0);
        VectorSchemaRoot received = exchanged(source);
        Imported found = imports.from(received)) {
      assertSame(found.batch(), source);
      assertThat(found.copied()).isFalse();
    }
  }

  private static long sum(IntVector vector) {
    long sum = 0;
    for (int row = 0; row < vector.getValueCount(); row++) {
      sum += vector.isNull(row) ? 0 : vector.get(row);
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 256, 5000})
  void exportsOfPoolMemoryComeBackWithoutACopy(int rows) {
    Imported found;
    try (VectorSchemaRoot source = batch(kronos.allocator(), rows)) {
      List<Integer> before = references(source);
      try (VectorSchemaRoot received = exchanged(source)) {
        found = imports.from(received);
      }
      assertThat(found.copiedBytes()).isZero();
      assertThat(found.vector("ints").getDataBuffer().memoryAddress())
          .isEqualTo(source.getVector("ints").getDataBuffer().memoryAddress());
      assertSame(found.batch(), source);
      assertThat(references(source).get(0)).isGreaterThan(before.get(0));
      found.close();
      assertThat(references(source)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 13})
  void slicesKeepTheirValues(int first) {
    try (VectorSchemaRoot source = batch(foreign, 100)) {
      for (FieldVector vector : source.getFieldVectors()) {
        TransferPair pair = vector.getTransferPair(foreign);
        pair.splitAndTransfer(first, 50);
        try (FieldVector slice = (FieldVector) pair.getTo();
            FieldVector received = exchanged(slice, null, null);
            Imported found = imports.from(received)) {
          assertThat(values(found.vector())).isEqualTo(values(vector).subList(first, first + 50));
        }
      }
    }
  }

  /** Others slice by an offset in the array, which Arrow Java passes over: it is cut off here. */
  @ParameterizedTest
  @CsvSource({"0, 100", "1, 50", "8, 92", "99, 1"})
  void offsetsOfArraysAreCutOff(int offset, int length) {
    try (VectorSchemaRoot source = batch(foreign, 100)) {
      List<Integer> before = references(source);
      for (FieldVector vector : source.getFieldVectors()) {
        try (Imported found = sliced(vector, offset, length)) {
          assertThat(values(found.vector()))
              .isEqualTo(values(vector).subList(offset, offset + length));
        }
      }
      assertThat(references(source)).isEqualTo(before);
    }
  }

  private Imported sliced(FieldVector vector, int offset, int length) {
    try (ArrowArray array = ArrowArray.allocateNew(foreign);
        ArrowSchema schema = ArrowSchema.allocateNew(foreign)) {
      Data.exportVector(foreign, vector, null, array, schema);
      slice(array, offset, length);
      return cutOff(array, schema);
    }
  }

  /** Makes of an array what libraries with slices of arrays export. */
  private static void slice(ArrowArray array, int offset, int length) {
    ArrowArray.Snapshot parts = array.snapshot();
    parts.offset = offset;
    parts.length = length;
    parts.null_count = -1;
    array.save(parts);
  }

  /** Imports all rows from the first of the buffers on, and takes the slice of these. */
  private Imported cutOff(ArrowArray array, ArrowSchema schema) {
    ArrowArray.Snapshot parts = array.snapshot();
    int offset = Math.toIntExact(parts.offset);
    int length = Math.toIntExact(parts.length);
    parts.offset = 0;
    parts.length += offset;
    array.save(parts);
    try (FieldVector all = Data.importVector(kronos.allocator(), array, schema, null)) {
      TransferPair pair = all.getTransferPair(kronos.allocator());
      pair.splitAndTransfer(offset, length);
      try (FieldVector slice = (FieldVector) pair.getTo()) {
        return imports.from(slice);
      }
    }
  }

  @Test
  void dictionariesComeWithTheirIndices() {
    try (VarCharVector words = words(4);
        VarCharVector texts = words(40)) {
      Dictionary dictionary = new Dictionary(words, new DictionaryEncoding(7, false, null));
      MapDictionaryProvider known = new MapDictionaryProvider(dictionary);
      try (FieldVector encoded = (FieldVector) DictionaryEncoder.encode(texts, dictionary);
          CDataDictionaryProvider read = new CDataDictionaryProvider();
          FieldVector received = exchanged(encoded, known, read)) {
        assertDecodes(received, read, texts);
      }
    }
  }

  private void assertDecodes(
      FieldVector received, CDataDictionaryProvider read, VarCharVector texts) {
    try (Imported indices = imports.from(received, read);
        FieldVector first =
            new Distinct(kronos).dictionaryDecode(indices.batch(), indices).getVector(0);
        FieldVector again = new Strings(kronos, read).utf8Reverse(received);
        FieldVector decoded = new Strings(kronos, indices).utf8Reverse(again)) {
      assertThat(indices.copied()).isTrue();
      assertThat(values(first)).isEqualTo(values(texts));
      assertThat(values(decoded)).isEqualTo(values(texts));
    }
  }

  private VarCharVector words(int rows) {
    VarCharVector words = new VarCharVector("words", foreign);
    for (int row = 0; row < rows; row++) {
      words.setSafe(row, ("wört " + row % 4).getBytes(StandardCharsets.UTF_8));
    }
    words.setValueCount(rows);
    return words;
  }

  @Test
  void streamsComeBatchByBatch() throws IOException {
    try (VectorSchemaRoot source = batch(foreign, 300);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(foreign)) {
      byte[] bytes = twice(source);
      ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(bytes), foreign);
      Data.exportArrayStream(foreign, reader, stream);
      try (ImportedBatches batches =
          imports.from(Data.importArrayStream(kronos.allocator(), stream))) {
        assertCopied(batches.next(), source);
        assertCopied(batches.next(), source);
        assertThat(batches.next()).isNull();
      }
    }
  }

  private static void assertCopied(Imported received, VectorSchemaRoot source) {
    try (Imported found = received) {
      assertSame(found.batch(), source);
      assertThat(found.copied()).isTrue();
    }
  }

  private static byte[] twice(VectorSchemaRoot batch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer =
        new ArrowStreamWriter(batch, null, Channels.newChannel(bytes))) {
      writer.writeBatch();
      writer.writeBatch();
    }
    return bytes.toByteArray();
  }
}

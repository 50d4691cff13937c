// SPDX-License-Identifier: Apache-2.0
package dev.kronos.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.compute.Aggregates;
import dev.kronos.memory.Pool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.util.TransferPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brings data of every origin in and holds values, copies and what is left against the source. */
class ImportsTest {
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

  private static List<Object> values(FieldVector vector) {
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < vector.getValueCount(); row++) {
      values.add(vector.isNull(row) ? null : vector.getObject(row).toString());
    }
    return values;
  }

  private static VectorSchemaRoot batch(BufferAllocator allocator, int rows) {
    IntVector ints = new IntVector("ints", allocator);
    BitVector bits = new BitVector("bits", allocator);
    VarCharVector texts = new VarCharVector("texts", allocator);
    LargeVarCharVector large = new LargeVarCharVector("large", allocator);
    for (int row = 0; row < rows; row++) {
      byte[] text = "row ".repeat(row % 3).getBytes(StandardCharsets.UTF_8);
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

  private boolean inPool(FieldVector vector) {
    return Arrays.stream(vector.getBuffers(false))
        .filter(buffer -> buffer.capacity() > 0)
        .allMatch(buffer -> kronos.memory().bufferAt(buffer.memoryAddress()) != null);
  }

  private void assertSame(Imported found, VectorSchemaRoot expected) {
    assertThat(found.batch().getSchema()).isEqualTo(expected.getSchema());
    assertThat(found.batch().getRowCount()).isEqualTo(expected.getRowCount());
    for (int i = 0; i < expected.getFieldVectors().size(); i++) {
      assertThat(values(found.vectors().get(i))).isEqualTo(values(expected.getVector(i)));
      assertThat(inPool(found.vectors().get(i))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 5000})
  void vectorsOfOtherAllocatorsAreCopiedOnce(int rows) {
    try (VectorSchemaRoot source = batch(foreign, rows);
        Imported found = imports.from(source)) {
      assertSame(found, source);
      long bytes =
          source.getFieldVectors().stream()
              .flatMap(vector -> vector.getFieldBuffers().stream())
              .mapToLong(buffer -> buffer.readableBytes())
              .sum();
      assertThat(found.copiedBytes()).isEqualTo(rows == 0 ? 0 : bytes);
      assertThat(found.copied()).isEqualTo(rows > 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 256, 5000})
  void vectorsInPoolMemoryAreShared(int rows) {
    try (VectorSchemaRoot source = batch(kronos.allocator(), rows);
        Imported found = imports.from(source)) {
      assertSame(found, source);
      assertThat(found.copiedBytes()).isZero();
      if (rows > 0) {
        assertThat(found.vector("ints").getDataBuffer().memoryAddress())
            .isEqualTo(source.getVector("ints").getDataBuffer().memoryAddress());
      }
    }
  }

  @Test
  void sharedMemoryOutlivesItsSource() {
    Imported found;
    try (VectorSchemaRoot source = batch(kronos.allocator(), 1000)) {
      found = imports.from(source);
    }
    try (found) {
      assertThat(values(found.vector("ints"))).contains("31", "62").hasSize(1000);
      assertThat(found.vector("ints").getNullCount()).isEqualTo(143);
    }
  }

  /** Pool memory counts, not the allocator: one of another root shares it as well. */
  @Test
  void poolMemoryOfAnotherRootIsShared() {
    BufferAllocator other =
        KronosAllocatorFactory.newRootAllocator(kronos.memory(), Pool.READBACK, Long.MAX_VALUE);
    try (BufferAllocator root = other;
        VectorSchemaRoot source = batch(root, 777);
        Imported found = imports.from(source)) {
      assertSame(found, source);
      assertThat(found.copiedBytes()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8, 13})
  void slicesKeepTheirValues(int first) {
    try (VectorSchemaRoot source = batch(kronos.allocator(), 100)) {
      for (FieldVector vector : source.getFieldVectors()) {
        TransferPair pair = vector.getTransferPair(kronos.allocator());
        pair.splitAndTransfer(first, 50);
        try (FieldVector slice = (FieldVector) pair.getTo();
            Imported found = imports.from(slice)) {
          assertThat(values(found.vector())).isEqualTo(values(vector).subList(first, first + 50));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 31})
  void slicesOfNumbersAreReadInPlace(int first) {
    try (BigIntVector numbers = new BigIntVector("numbers", kronos.allocator())) {
      for (int row = 0; row < 64; row++) {
        numbers.setSafe(row, row);
      }
      numbers.setValueCount(64);
      TransferPair pair = numbers.getTransferPair(kronos.allocator());
      pair.splitAndTransfer(first, 32);
      try (FieldVector slice = (FieldVector) pair.getTo();
          Imported found = imports.from(slice)) {
        assertThat(found.copiedBytes()).isZero();
        assertThat(new Aggregates(kronos).sum(found.vector()).asLong())
            .isEqualTo(32L * first + 31 * 16);
      }
    }
  }

  /** Characters are read in words of 8 bytes: those that start at another byte are moved. */
  @Test
  void slicesThatKernelsCannotReadInPlaceAreCopied() {
    try (VarCharVector texts = new VarCharVector("texts", kronos.allocator())) {
      for (int row = 0; row < 16; row++) {
        texts.setSafe(row, "abc".getBytes(StandardCharsets.UTF_8));
      }
      texts.setValueCount(16);
      for (int first : new int[] {1, 8}) {
        TransferPair pair = texts.getTransferPair(kronos.allocator());
        pair.splitAndTransfer(first, 8);
        try (FieldVector slice = (FieldVector) pair.getTo();
            Imported found = imports.from(slice)) {
          boolean moved = first == 1 && kronos.memory().unified();
          assertThat(found.copiedBytes()).isEqualTo(moved ? 24 : 0);
          assertThat(values(found.vector())).containsOnly("abc");
        }
      }
    }
  }

  private static byte[] stream(VectorSchemaRoot root, int batches) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(bytes))) {
      for (int i = 0; i < batches; i++) {
        writer.writeBatch();
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 257, 5000})
  void streamsAreReadIntoThePool(int rows) throws IOException {
    try (VectorSchemaRoot source = batch(foreign, rows);
        ImportedBatches batches = imports.from(new ByteArrayInputStream(stream(source, 3)))) {
      assertThat(batches.schema()).isEqualTo(source.getSchema());
      for (int i = 0; i < 3; i++) {
        try (Imported found = batches.next()) {
          assertSame(found, source);
        }
      }
      assertThat(batches.next()).isNull();
    }
  }

  /** The body of a message lies 64 bytes aligned in the pool, and so does its first buffer. */
  @Test
  void alignedBuffersOfAStreamAreNotCopied() throws IOException {
    try (BigIntVector numbers = new BigIntVector("numbers", foreign)) {
      for (int row = 0; row < 1024; row++) {
        numbers.setSafe(row, row);
      }
      VectorSchemaRoot source = VectorSchemaRoot.of(numbers);
      source.setRowCount(1024);
      try (ImportedBatches batches = imports.from(new ByteArrayInputStream(stream(source, 1)));
          Imported found = batches.next()) {
        assertSame(found, source);
        assertThat(found.copiedBytes()).isZero();
      }
    }
  }

  @Test
  void filesAreReadIntoThePool(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("rows.arrow");
    try (VectorSchemaRoot source = batch(foreign, 300)) {
      try (FileChannel out =
              FileChannel.open(Files.createFile(file), java.nio.file.StandardOpenOption.WRITE);
          ArrowFileWriter writer = new ArrowFileWriter(source, null, out)) {
        writer.writeBatch();
        writer.writeBatch();
      }
      try (ImportedBatches batches = imports.from(FileChannel.open(file))) {
        for (Imported found = batches.next(); found != null; found = batches.next()) {
          assertSame(found, source);
          found.close();
        }
      }
    }
  }

  /** What a batch holds stays when the reader goes on and is closed. */
  @Test
  void batchesOutliveTheirReader() throws IOException {
    try (VectorSchemaRoot source = batch(foreign, 100)) {
      List<Imported> kept = new ArrayList<>();
      byte[] bytes = stream(source, 2);
      try (ImportedBatches batches =
          imports.from(new ArrowStreamReader(new ByteArrayInputStream(bytes), foreign))) {
        kept.add(batches.next());
        kept.add(batches.next());
      }
      for (Imported found : kept) {
        assertSame(found, source);
        assertThat(found.copied()).isTrue();
        found.close();
      }
    }
  }

  @Test
  void dictionariesStayEncoded() throws IOException {
    try (VarCharVector words = new VarCharVector("words", foreign);
        VarCharVector texts = new VarCharVector("texts", foreign)) {
      for (int row = 0; row < 40; row++) {
        texts.setSafe(row, ("w" + row % 4).getBytes(StandardCharsets.UTF_8));
        words.setSafe(row % 4, ("w" + row % 4).getBytes(StandardCharsets.UTF_8));
      }
      texts.setValueCount(40);
      words.setValueCount(4);
      Dictionary dictionary = new Dictionary(words, new DictionaryEncoding(7, false, null));
      byte[] stream = encodedStream(texts, dictionary);
      try (ImportedBatches batches = imports.from(new ByteArrayInputStream(stream));
          Imported found = batches.next()) {
        assertThat(found.vector().getField().getDictionary().getId()).isEqualTo(7);
        assertDecodes(found, batches.dictionaries().get(7L), texts, words);
      }
    }
  }

  private static byte[] encodedStream(VarCharVector texts, Dictionary dictionary)
      throws IOException {
    MapDictionaryProvider provider = new MapDictionaryProvider(dictionary);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (FieldVector encoded = (FieldVector) DictionaryEncoder.encode(texts, dictionary);
        VectorSchemaRoot root = VectorSchemaRoot.of(encoded);
        ArrowStreamWriter writer =
            new ArrowStreamWriter(root, provider, Channels.newChannel(bytes))) {
      root.setRowCount(texts.getValueCount());
      writer.writeBatch();
    }
    return bytes.toByteArray();
  }

  private void assertDecodes(
      Imported found, Dictionary read, VarCharVector texts, VarCharVector words) {
    try (Imported kept = imports.from(read.getVector());
        FieldVector decoded = (FieldVector) DictionaryEncoder.decode(found.vector(), read)) {
      assertThat(values(decoded)).isEqualTo(values(texts));
      assertThat(values(kept.vector())).isEqualTo(values(words));
    }
  }

  @Test
  void fixedSizeListsComeWithTheirValues() {
    try (FixedSizeListVector lists = FixedSizeListVector.empty("lists", 3, foreign)) {
      IntVector child =
          (IntVector)
              lists.addOrGetVector(FieldType.notNullable(MinorType.INT.getType())).getVector();
      for (int row = 0; row < 10; row++) {
        lists.setNotNull(row);
        for (int i = 0; i < 3; i++) {
          child.setSafe(3 * row + i, row * i);
        }
      }
      child.setValueCount(30);
      lists.setValueCount(10);
      try (Imported found = imports.from(lists)) {
        assertThat(values(found.vector())).isEqualTo(values(lists));
        assertThat(inPool(found.vector())).isTrue();
        assertThat(found.copied()).isTrue();
      }
    }
  }

  @Test
  void nestedTypesAreRefused() {
    try (ListVector lists = ListVector.empty("lists", foreign)) {
      lists.addOrGetVector(FieldType.nullable(MinorType.INT.getType()));
      assertThatThrownBy(() -> imports.from(lists))
          .isInstanceOf(KronosException.Unsupported.class)
          .hasMessageStartingWith("no import of this type: vector=lists: List");
    }
  }

  @Test
  void vectorsThatAreNotThereAreRefused() {
    try (BigIntVector numbers = new BigIntVector("numbers", foreign)) {
      numbers.setSafe(0, 1);
      numbers.setValueCount(1);
      Imported first = imports.from(numbers);
      first.close();
      assertThatThrownBy(() -> first.vector("other"))
          .isInstanceOf(KronosException.InvalidArgument.class);
    }
    assertThat(kronos.allocator().getAllocatedMemory()).isZero();
  }

  /** Whatever bytes are turned over, there is an answer or an exception, and nothing leaks. */
  @Test
  void damagedStreamsNeverDoHarm() throws IOException {
    long seed = Long.getLong("kronos.test.seed", new Random().nextLong());
    Random random = new Random(seed);
    byte[] sound;
    try (VectorSchemaRoot source = batch(foreign, 50)) {
      sound = stream(source, 1);
    }
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = sound.clone();
      for (int turned = 0; turned < 1 + i % 4; turned++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      refused += read(damaged) ? 0 : 1;
      assertThat(kronos.memory().outstandingBuffers()).as("seed=%s", seed).isZero();
    }
    assertThat(refused).as("seed=%s", seed).isPositive();
  }

  private boolean read(byte[] bytes) {
    try (ImportedBatches batches = imports.from(new ByteArrayInputStream(bytes))) {
      for (Imported found = batches.next(); found != null; found = batches.next()) {
        try (Imported batch = found) {
          values(batch.vectors().get(0));
        }
      }
      return true;
    } catch (IOException | KronosException | org.apache.arrow.memory.OutOfMemoryException e) {
      return false;
    }
  }
}

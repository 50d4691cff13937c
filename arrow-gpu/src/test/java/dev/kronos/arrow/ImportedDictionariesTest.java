// SPDX-License-Identifier: Apache-2.0
package dev.kronos.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.compute.Aggregates;
import dev.kronos.compute.Strings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dictionaries come with what is encoded by them, and functions are given them. */
class ImportedDictionariesTest {
  private static final ArrowType.Int BYTE = new ArrowType.Int(8, true);

  private OpenKronos open;
  private Kronos kronos;
  private BufferAllocator foreign;
  private VarCharVector words;
  private TinyIntVector indices;
  private MapDictionaryProvider dictionaries;

  @BeforeEach
  void openDevice() {
    open = new OpenKronos();
    kronos = open.kronos();
    foreign = new RootAllocator();
    DictionaryEncoding encoding = new DictionaryEncoding(4, false, BYTE);
    words = new VarCharVector("words", foreign);
    indices = new TinyIntVector("city", new FieldType(true, BYTE, encoding), foreign);
    dictionaries = new MapDictionaryProvider(new Dictionary(words, encoding));
    fill("Köln", null, "Ulm");
    for (int row = 0; row < 6; row++) {
      indices.setSafe(row, row % 3);
    }
    indices.setNull(5);
    indices.setValueCount(6);
  }

  /** Both allocators fail when anything leaked. */
  @AfterEach
  void closeDevice() {
    words.close();
    indices.close();
    foreign.close();
    open.close();
  }

  private void fill(String... values) {
    words.clear();
    words.allocateNew();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        words.setSafe(i, values[i].getBytes(StandardCharsets.UTF_8));
      }
    }
    words.setValueCount(values.length);
  }

  private static List<Object> objects(FieldVector vector) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < vector.getValueCount(); i++) {
      Object value = vector.getObject(i);
      values.add(value == null ? null : value.toString());
    }
    return values;
  }

  private void assertUpper(Imported found, String... expected) {
    try (FieldVector upper = new Strings(kronos, found).utf8Upper(found.vector("city"))) {
      assertThat(objects(upper)).containsExactly((Object[]) expected);
    }
  }

  @Test
  void vectorsAndBatchesBringTheirDictionaries() {
    Imports imports = new Imports(kronos);
    Imported one = imports.from(indices, dictionaries);
    Imported batch = imports.from(VectorSchemaRoot.of(indices), dictionaries);
    fill("x", "y", "z"); // what was brought in stays as it was
    try (one;
        batch) {
      assertThat(one.getDictionaryIds()).containsExactly(4L);
      assertThat(one.copiedBytes()).isGreaterThan(6);
      assertUpper(one, "KÖLN", null, "ULM", "KÖLN", null, null);
      assertUpper(batch, "KÖLN", null, "ULM", "KÖLN", null, null);
      try (Imported again = imports.from(batch.batch(), batch)) {
        assertThat(again.copied()).isFalse();
        assertUpper(again, "KÖLN", null, "ULM", "KÖLN", null, null);
      }
    }
  }

  @Test
  void dictionariesThatAreNotThereAreNamed() {
    Imports imports = new Imports(kronos);
    assertThatThrownBy(() -> imports.from(indices, new MapDictionaryProvider()))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageStartingWith("no such dictionary: vector=city");
    try (Imported alone = imports.from(indices)) {
      assertThat(alone.getDictionaryIds()).isEmpty();
      assertThatThrownBy(() -> new Aggregates(kronos, alone).count(alone.vector()))
          .hasMessageStartingWith("no such dictionary: vector=city");
    }
  }

  private byte[] stream() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer =
        new ArrowStreamWriter(
            VectorSchemaRoot.of(indices), dictionaries, Channels.newChannel(bytes))) {
      writer.writeBatch();
      fill("Bern", "Wien", null);
      writer.writeBatch();
    }
    return bytes.toByteArray();
  }

  /** A stream may replace a dictionary between batches: each batch has what was known then. */
  @Test
  void batchesKeepTheDictionariesOfTheirTime() throws IOException {
    byte[] bytes = stream();
    List<Imported> found = new ArrayList<>();
    try (ImportedBatches batches = new Imports(kronos).from(new ByteArrayInputStream(bytes))) {
      for (Imported batch = batches.next(); batch != null; batch = batches.next()) {
        found.add(batch);
      }
    }
    assertThat(found).hasSize(2);
    assertUpper(found.get(0), "KÖLN", null, "ULM", "KÖLN", null, null);
    assertUpper(found.get(1), "BERN", "WIEN", null, "BERN", "WIEN", null);
    found.forEach(Imported::close);
  }

  /** Characters of a stream that end before their offsets do are found before a kernel reads. */
  @Test
  void dictionariesAreNotTrusted() throws IOException {
    fill("0123456789abcdef0123456789abcdef", "b", "c");
    byte[] bytes = stream();
    byte[] offset = {32, 0, 0, 0, 33, 0, 0, 0};
    int at = find(bytes, offset);
    bytes[at + 1] = 64;
    try (ImportedBatches batches = new Imports(kronos).from(new ByteArrayInputStream(bytes))) {
      assertThatThrownBy(batches::next).isInstanceOf(KronosException.InvalidArgument.class);
    }
  }

  private static int find(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not in the stream");
  }
}

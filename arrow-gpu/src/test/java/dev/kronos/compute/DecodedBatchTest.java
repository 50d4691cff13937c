// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.DataType;
import dev.kronos.expression.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches in which some vectors are indices become batches of values, which functions take. */
class DecodedBatchTest {
  private static final List<Object> WORDS =
      Arrays.asList(Utf8.of("größe"), Utf8.of(""), null, Utf8.of("x"));

  private static final List<Object> NUMBERS = List.of(Long.MAX_VALUE, 0L, -7L);

  private OpenKronos open;
  private BufferAllocator foreign;
  private FieldVector words;
  private FieldVector numbers;
  private MapDictionaryProvider dictionaries;

  @BeforeEach
  void openDevice() {
    open = new OpenKronos();
    foreign = new RootAllocator();
    words = ArrowVectors.of("words", DataType.STRING, WORDS, foreign);
    numbers = ArrowVectors.of("numbers", DataType.INT64, NUMBERS, foreign);
    dictionaries =
        new MapDictionaryProvider(
            new Dictionary(words, new DictionaryEncoding(1, false, null)),
            new Dictionary(numbers, new DictionaryEncoding(2, false, null)));
  }

  @AfterEach
  void closeDevice() {
    words.close();
    numbers.close();
    foreign.close();
    open.close();
  }

  private Kronos kronos() {
    return open.kronos();
  }

  private static FieldType encoded(int bits, boolean signed, long dictionary) {
    ArrowType.Int type = new ArrowType.Int(bits, signed);
    return new FieldType(true, type, new DictionaryEncoding(dictionary, false, type));
  }

  private VectorSchemaRoot batch(BufferAllocator allocator, int rows) {
    TinyIntVector first = new TinyIntVector("first", encoded(8, true, 1), allocator);
    UInt2Vector second = new UInt2Vector("second", encoded(16, false, 2), allocator);
    TinyIntVector plain = new TinyIntVector("plain", allocator);
    for (int row = 0; row < rows; row++) {
      if (row % 5 != 2) {
        first.setSafe(row, row % 4);
        second.setSafe(row, row % 3);
        plain.setSafe(row, row % 100);
      }
    }
    VectorSchemaRoot batch = VectorSchemaRoot.of(first, second, plain);
    batch.setRowCount(rows);
    return batch;
  }

  private static List<Object> expected(List<Object> values, int rows) {
    List<Object> expected = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      expected.add(row % 5 == 2 ? null : values.get(row % values.size()));
    }
    return expected;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 4097})
  void indicesBecomeValues(int rows) {
    for (BufferAllocator allocator : List.of(kronos().allocator(), foreign)) {
      try (VectorSchemaRoot batch = batch(allocator, rows);
          VectorSchemaRoot found = new Distinct(kronos()).dictionaryDecode(batch, dictionaries)) {
        assertThat(found.getRowCount()).isEqualTo(rows);
        assertThat(ArrowVectors.read(found.getVector("first"))).isEqualTo(expected(WORDS, rows));
        assertThat(ArrowVectors.read(found.getVector("second"))).isEqualTo(expected(NUMBERS, rows));
        assertThat(ArrowVectors.read(found.getVector("plain")))
            .isEqualTo(ArrowVectors.read(batch.getVector("plain")));
      }
    }
  }

  @Test
  void functionsTakeTheValues() {
    VectorSchemaRoot found;
    try (VectorSchemaRoot batch = batch(foreign, 9)) {
      found = new Distinct(kronos()).dictionaryDecode(batch, dictionaries);
    }
    try (found;
        FieldVector sizes = new Strings(kronos()).utf8Length(found.getVector("first"))) {
      assertThat(ArrowVectors.read(sizes)).containsExactly(5, 0, null, 1, 5, 0, null, null, 5);
      assertThat(new Aggregates(kronos()).min(found.getVector("second")).asLong()).isEqualTo(-7);
      assertThat(new Aggregates(kronos()).sum(found.getVector("plain")).asLong()).isEqualTo(27);
    }
  }

  @Test
  void dictionariesThatAreNotThereAreNamed() {
    try (VectorSchemaRoot batch = batch(kronos().allocator(), 3)) {
      long held = OpenKronos.heldBuffers(kronos());
      MapDictionaryProvider none = new MapDictionaryProvider();
      none.put(dictionaries.lookup(1));
      assertThatThrownBy(() -> new Distinct(kronos()).dictionaryDecode(batch, none))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("no such dictionary: vector=second");
      assertThat(OpenKronos.heldBuffers(kronos())).isEqualTo(held);
    }
  }

  @Test
  void requestsMayFail() {
    try (VectorSchemaRoot batch = batch(foreign, 300)) {
      List<FieldVector> operands = new ArrayList<>(batch.getFieldVectors());
      operands.add(words);
      FailingMemory contract = new FailingMemory(kronos(), operands);
      Distinct distinct = new Distinct(kronos());
      assertThat(contract.check(() -> distinct.dictionaryDecode(batch, dictionaries))).isPositive();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.DataType;
import dev.kronos.compute.NastyRows.Nulls;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares different values with those of plain Java, in their order. */
@Tag("subgroups")
class DistinctTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  /** Those of {@link NastyRows} at which a table, a word or a workgroup ends. */
  private static final int[] SIZES = {0, 1, 33, 255, 256, 257, 4097};

  private static OpenKronos open;
  private static Distinct distinct;

  @BeforeAll
  static void openDevice() {
    open = new OpenKronos();
    distinct = new Distinct(open.kronos());
  }

  @AfterAll
  static void closeDevice() {
    open.close();
  }

  static Stream<DataType> types() {
    return NastyRows.TYPES.stream();
  }

  private static BufferAllocator allocator() {
    return open.kronos().allocator();
  }

  @ParameterizedTest
  @MethodSource("types")
  void agreesWithJava(DataType type) {
    for (int i = 0; i < SIZES.length; i++) {
      int rows = SIZES[i];
      Nulls nulls = Nulls.values()[i % 3];
      List<Object> values = NastyRows.columns(List.of(type), rows, nulls, SEED + i).get(0);
      try (FieldVector v =
          ArrowVectors.slice(NastyRows.OFFSETS[i % 4], type, values, allocator())) {
        String what = "rows=" + rows + " seed=" + SEED;
        List<Object> keys = OracleTypes.keys(type, values);
        checkUnique(what, keys, v);
        checkCounts(what, keys, v);
        checkDictionary(what, keys, v, NullEncoding.MASK);
        checkDictionary(what, keys, v, NullEncoding.ENCODE);
        assertThat(ArrowVectors.read(v)).isEqualTo(values);
      }
    }
  }

  private static void checkUnique(String what, List<Object> values, FieldVector v) {
    LinkedHashSet<Object> expected = new LinkedHashSet<>(values);
    try (FieldVector found = distinct.unique(v)) {
      assertThat(found.getField()).isEqualTo(v.getField());
      assertThat(ArrowVectors.read(found)).as(what).isEqualTo(new ArrayList<>(expected));
    }
    int nulls = expected.contains(null) ? 1 : 0;
    assertThat(distinct.countDistinct(v, CountMode.ALL)).as(what).isEqualTo(expected.size());
    assertThat(distinct.countDistinct(v, CountMode.ONLY_NULL)).as(what).isEqualTo(nulls);
    assertThat(distinct.countDistinct(v, CountMode.ONLY_VALID))
        .as(what)
        .isEqualTo(expected.size() - nulls);
  }

  private static void checkCounts(String what, List<Object> values, FieldVector v) {
    Map<Object, Long> expected = new LinkedHashMap<>();
    values.forEach(value -> expected.merge(value, 1L, Long::sum));
    try (VectorSchemaRoot found = distinct.valueCounts(v)) {
      assertThat(ArrowVectors.read(found.getVector("values")))
          .as(what)
          .isEqualTo(new ArrayList<>(expected.keySet()));
      assertThat(ArrowVectors.read(found.getVector("counts")))
          .as(what)
          .isEqualTo(new ArrayList<>(expected.values()));
    }
  }

  private static void checkDictionary(
      String what, List<Object> values, FieldVector v, NullEncoding nulls) {
    List<Object> different = new ArrayList<>(new LinkedHashSet<>(values));
    if (nulls == NullEncoding.MASK) {
      different.removeAll(Collections.singleton(null));
    }
    List<Object> indices = new ArrayList<>();
    for (Object value : values) {
      int index = different.indexOf(value);
      indices.add(index < 0 ? null : (Object) index);
    }
    try (DictionaryEncoded found = distinct.dictionaryEncode(v, nulls, 7)) {
      assertThat(ArrowVectors.read(found.dictionary().getVector())).as(what).isEqualTo(different);
      assertThat(ArrowVectors.read(found.indices())).as(what).isEqualTo(indices);
      assertThat(found.indices().getField().getDictionary().getId()).isEqualTo(7);
      if (nulls == NullEncoding.MASK) {
        try (FieldVector decoded =
            (FieldVector) DictionaryEncoder.decode(found.indices(), found.dictionary())) {
          assertThat(ArrowVectors.read(decoded)).as(what).isEqualTo(values);
        }
      }
    }
  }

  static Stream<ArrowType> otherTypes() {
    return Stream.of(
        new ArrowType.Int(32, false),
        new ArrowType.Time(TimeUnit.NANOSECOND, 64),
        new ArrowType.Timestamp(TimeUnit.MICROSECOND, "Europe/Berlin"),
        new ArrowType.FixedSizeBinary(16),
        ArrowType.Binary.INSTANCE);
  }

  private static DataType sameLayout(ArrowType type) {
    return switch (type.getTypeID()) {
      case Binary -> DataType.STRING;
      case FixedSizeBinary -> DataType.decimal(38, 0);
      case Int -> DataType.INT32;
      default -> DataType.INT64;
    };
  }

  /** Types that no expression knows are compared by their bits and stay what they are. */
  @ParameterizedTest
  @MethodSource("otherTypes")
  void everyLayoutIsAKey(ArrowType type) {
    DataType same = sameLayout(type);
    List<Object> values = NastyRows.columns(List.of(same), 500, Nulls.SOME, SEED).get(0);
    List<FieldVector> plain =
        new ArrayList<>(List.of(ArrowVectors.of("v", same, values, allocator())));
    Field field = new Field("v", FieldType.nullable(type), null);
    List<Object> expected = new ArrayList<>(new LinkedHashSet<>(values));
    try (FieldVector v = RetypedVectors.of(plain, List.of(field), allocator()).get(0);
        FieldVector found = distinct.unique(v);
        FieldVector java = ArrowVectors.of("v", same, expected, allocator())) {
      assertThat(found.getField()).isEqualTo(field);
      assertThat(ArrowVectors.bytes(found)).as("seed=" + SEED).isEqualTo(ArrowVectors.bytes(java));
    }
  }

  @Test
  void indicesOfADictionaryAreKeysButAreNotEncodedAgain() {
    List<Object> values = NastyRows.columns(List.of(DataType.STRING), 300, Nulls.SOME, 3).get(0);
    try (FieldVector v = ArrowVectors.of("v", DataType.STRING, values, allocator());
        DictionaryEncoded encoded = distinct.dictionaryEncode(v, NullEncoding.MASK, 1);
        FieldVector unique = distinct.unique(encoded.indices())) {
      assertThat(unique.getField()).isEqualTo(encoded.indices().getField());
      assertThat(unique.getValueCount()).isEqualTo(new LinkedHashSet<>(values).size());
      assertThatThrownBy(() -> distinct.dictionaryEncode(encoded.indices(), NullEncoding.MASK, 2))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining("vector is dictionary-encoded");
    }
  }
}

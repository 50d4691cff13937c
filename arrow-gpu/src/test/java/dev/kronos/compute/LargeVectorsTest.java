// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.util.TransferPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors with offsets of 64 bits give what the same values with 32 bits do, and stay large. */
class LargeVectorsTest {
  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static BufferAllocator allocator() {
    return open.kronos().allocator();
  }

  private static FieldVector large(DataType type, List<Object> values) {
    boolean text = type.equals(DataType.STRING);
    ArrowType wide = text ? ArrowType.LargeUtf8.INSTANCE : ArrowType.LargeBinary.INSTANCE;
    Field field = new Field("v", FieldType.nullable(wide), null);
    List<FieldVector> plain =
        new ArrayList<>(List.of(ArrowVectors.of("v", type, values, allocator())));
    return RetypedVectors.of(plain, List.of(field), allocator()).get(0);
  }

  private static FieldVector slice(FieldVector vector, int from, int count) {
    try (vector) {
      TransferPair pair = vector.getTransferPair(allocator());
      pair.splitAndTransfer(from, count);
      return (FieldVector) pair.getTo();
    }
  }

  private static List<Object> values(DataType type, int rows) {
    return NastyRows.columns(List.of(type), rows, NastyRows.Nulls.SOME, 11).get(0);
  }

  /** Compares results over both kinds of vectors. */
  private static void same(
      FieldVector large, FieldVector plain, Function<FieldVector, FieldVector> function) {
    try (FieldVector found = function.apply(large);
        FieldVector expected = function.apply(plain)) {
      assertThat(ArrowVectors.read(found)).isEqualTo(ArrowVectors.read(expected));
      if (expected.getField().getType().equals(plain.getField().getType())) {
        assertThat(found.getField().getType()).isEqualTo(large.getField().getType());
      }
    }
  }

  private static BitVector mask(int rows) {
    BitVector mask = new BitVector("mask", allocator());
    for (int i = 0; i < rows; i++) {
      mask.setSafe(i, i % 3 == 0 ? 1 : 0);
    }
    mask.setValueCount(rows);
    return mask;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 33, 500})
  void largeVectorsGiveWhatOthersDo(int rows) {
    for (DataType type : List.of(DataType.STRING, DataType.BINARY)) {
      List<Object> values = values(type, rows + 7);
      try (FieldVector large = slice(large(type, values), 5, rows);
          FieldVector plain =
              ArrowVectors.of("v", type, values.subList(5, rows + 5), allocator())) {
        assertThat(ArrowVectors.read(large)).isEqualTo(ArrowVectors.read(plain));
        check(large, plain);
      }
    }
  }

  private static void check(FieldVector large, FieldVector plain) {
    Selection selection = new Selection(open.kronos());
    Distinct distinct = new Distinct(open.kronos());
    Comparisons comparisons = new Comparisons(open.kronos());
    same(large, plain, v -> new Sorting(open.kronos()).sort(SortKey.ascending(v)));
    same(large, plain, selection::dropNull);
    same(large, plain, distinct::unique);
    same(large, plain, v -> comparisons.lessEqual(v, plain));
    same(large, plain, v -> new Choices(open.kronos()).coalesce(v, v));
    same(large, plain, v -> new Strings(open.kronos()).binaryLength(v));
    try (BitVector mask = mask(plain.getValueCount())) {
      same(large, plain, v -> selection.filter(v, mask, Selection.NullMask.DROP));
    }
    same(large, plain, v -> joined(v, plain));
    same(
        large,
        plain,
        v -> {
          try (DictionaryEncoded encoded = distinct.dictionaryEncode(v, NullEncoding.MASK, 1)) {
            return distinct.dictionaryDecode(encoded.indices(), encoded.dictionary().getVector());
          }
        });
  }

  private static FieldVector joined(FieldVector left, FieldVector right) {
    JoinSide leftSide = new JoinSide(List.of(left), List.of(left));
    JoinSide rightSide = new JoinSide(List.of(right), List.of());
    return new Joins(open.kronos()).semi(leftSide, rightSide).get(0);
  }

  @Test
  void textIsMadeOfLargeStringsToo() {
    List<Object> values = values(DataType.STRING, 200);
    try (FieldVector large = large(DataType.STRING, values);
        FieldVector plain = ArrowVectors.of("v", DataType.STRING, values, allocator())) {
      same(large, plain, new Strings(open.kronos())::utf8Upper);
    }
  }

  /** What no column holds is refused by its offsets, before its characters are looked at. */
  @Test
  void tooManyCharactersAreRefused() {
    try (LargeVarCharVector vector = new LargeVarCharVector("v", allocator())) {
      vector.setSafe(0, new byte[] {'a'});
      vector.setValueCount(1);
      vector.getOffsetBuffer().setLong(Long.BYTES, 1L << 31);
      assertThatThrownBy(() -> new Strings(open.kronos()).binaryLength(vector))
          .isInstanceOf(KronosException.Exhausted.class)
          .hasMessageStartingWith("strings above 2 GiB: vector=v");
    }
  }

  @Test
  void indicesOfEveryIntegerTypeAreDecoded() {
    List<Object> words = values(DataType.STRING, 200);
    Distinct distinct = new Distinct(open.kronos());
    try (FieldVector dictionary = ArrowVectors.of("d", DataType.STRING, words, allocator())) {
      for (DataType type : NastyRows.TYPES) {
        if (!TypeGroup.INTEGERS.contains(type)) {
          continue;
        }
        List<Object> places = new ArrayList<>();
        List<Object> expected = new ArrayList<>();
        for (int i : new int[] {3, 0, 127, 199, 3}) {
          boolean fits = i < 128 || !type.equals(DataType.INT8);
          places.add(fits ? ArrowOracle.box(type, i) : null);
          expected.add(fits ? words.get(i) : null);
        }
        try (FieldVector encoded = ArrowVectors.of("p", type, places, allocator());
            FieldVector decoded = distinct.dictionaryDecode(encoded, dictionary)) {
          assertThat(ArrowVectors.read(decoded)).as("%s", type).isEqualTo(expected);
        }
      }
      try (FieldVector beyond =
          ArrowVectors.of("p", DataType.UINT64, List.of(0L, -1L), allocator())) {
        assertThatThrownBy(() -> distinct.dictionaryDecode(beyond, dictionary))
            .isInstanceOf(KronosException.InvalidArgument.class)
            .hasMessageStartingWith("dictionary index is out of range");
      }
    }
  }
}

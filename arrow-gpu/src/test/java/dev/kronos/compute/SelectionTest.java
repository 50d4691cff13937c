// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.DataType;
import dev.kronos.compute.Selection.NullMask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
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

/** Compares selections with their plain-Java twin, byte by byte. */
@Tag("subgroups")
class SelectionTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  private static OpenKronos open;
  private static Selection selection;

  @BeforeAll
  static void openDevice() {
    open = new OpenKronos();
    selection = new Selection(open.kronos());
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

  private static List<Object> column(DataType type, int rows, int kind, long seed) {
    NastyRows.Nulls nulls = NastyRows.Nulls.values()[kind % 3];
    return NastyRows.columns(List.of(type), rows, nulls, seed).get(0);
  }

  private static FieldVector slice(DataType type, List<Object> values, int offset) {
    return ArrowVectors.slice(offset, type, values, allocator());
  }

  private static List<Object> filtered(List<Object> values, List<Object> mask, NullMask nulls) {
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (mask.get(i) == null && nulls == NullMask.EMIT_NULL) {
        kept.add(null);
      } else if (Boolean.TRUE.equals(mask.get(i))) {
        kept.add(values.get(i));
      }
    }
    return kept;
  }

  /** Compares every bit of every value; a slice of the Java values stands for the result. */
  private static void requireSame(
      String what, DataType type, List<Object> java, FieldVector device) {
    try (FieldVector expected = ArrowVectors.of("v", type, java, allocator())) {
      assertThat(ArrowVectors.bytes(device)).as(what).isEqualTo(ArrowVectors.bytes(expected));
    }
  }

  private static void eachSize(long seed, SizeCheck check) {
    for (int i = 0; i < NastyRows.SIZES.length; i++) {
      check.run(NastyRows.SIZES[i], i, seed + i);
    }
  }

  private interface SizeCheck {
    void run(int rows, int kind, long seed);
  }

  @ParameterizedTest
  @MethodSource("types")
  void filterKeepsWhatTheMaskSays(DataType type) {
    eachSize(1, (rows, kind, seed) -> checkFilter(type, rows, kind, seed));
    checkFilter(type, 5000, 1, SEED);
  }

  private static void checkFilter(DataType type, int rows, int kind, long seed) {
    List<Object> values = column(type, rows, kind, seed);
    List<Object> mask = column(DataType.BOOLEAN, rows, kind + 1, seed + 1);
    try (FieldVector v = slice(type, values, NastyRows.OFFSETS[kind % 4]);
        FieldVector m = slice(DataType.BOOLEAN, mask, NastyRows.OFFSETS[(kind + 1) % 4])) {
      for (NullMask nulls : NullMask.values()) {
        try (FieldVector kept = selection.filter(v, m, nulls)) {
          requireSame("rows=" + rows + " seed=" + seed, type, filtered(values, mask, nulls), kept);
        }
      }
      assertThat(ArrowVectors.read(v)).isEqualTo(values);
      assertThat(ArrowVectors.read(m)).isEqualTo(mask);
    }
  }

  /** As many rows as workgroups write at a time, one more and one less; and rows far apart. */
  @ParameterizedTest
  @MethodSource("types")
  void filterEndsAnywhere(DataType type) {
    for (int kept : new int[] {0, 255, 256, 257, 1023, 1024, 1025, 2049, 4000}) {
      List<Object> mask = new ArrayList<>(Collections.nCopies(kept, true));
      mask.addAll(Collections.nCopies(4000 - kept, false));
      checkMask(type, mask);
    }
    List<Object> far = new ArrayList<>(Collections.nCopies(40_000, false));
    for (int row = 13; row < far.size(); row += 997) {
      far.set(row, true);
    }
    checkMask(type, far);
  }

  private static void checkMask(DataType type, List<Object> mask) {
    List<Object> values = column(type, mask.size(), 1, SEED);
    try (FieldVector v = slice(type, values, 3);
        FieldVector m = slice(DataType.BOOLEAN, mask, 5);
        FieldVector kept = selection.filter(v, m, NullMask.DROP)) {
      requireSame("seed=" + SEED, type, filtered(values, mask, NullMask.DROP), kept);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void dropNullKeepsTheOthers(DataType type) {
    eachSize(2, (rows, kind, seed) -> checkDropNull(type, rows, kind, seed));
  }

  private static void checkDropNull(DataType type, int rows, int kind, long seed) {
    List<Object> values = column(type, rows, kind, seed);
    List<Object> java = values.stream().filter(value -> value != null).toList();
    try (FieldVector v = slice(type, values, NastyRows.OFFSETS[kind % 4]);
        FieldVector kept = selection.dropNull(v)) {
      requireSame("rows=" + rows, type, java, kept);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void takeReadsWhatIndicesName(DataType type) {
    eachSize(3, (rows, kind, seed) -> checkTake(type, rows, kind, seed));
    checkTake(type, 5000, 1, SEED);
  }

  private static void checkTake(DataType type, int rows, int kind, long seed) {
    List<Object> values = column(type, rows, kind, seed);
    DataType indexType =
        List.of(DataType.INT32, DataType.INT64, DataType.INT16, DataType.INT8).get(kind % 4);
    int reach = indexType.equals(DataType.INT8) ? Math.min(rows, Byte.MAX_VALUE + 1) : rows;
    Random random = new Random(seed);
    List<Object> indices = new ArrayList<>();
    List<Object> java = new ArrayList<>();
    for (int i = 0; i < rows * 2; i++) {
      Integer index = random.nextInt(5) == 0 ? null : random.nextInt(reach);
      indices.add(index == null ? null : ArrowOracle.box(indexType, index));
      java.add(index == null ? null : values.get(index));
    }
    String what = "rows=" + rows + " index=" + indexType + " seed=" + seed;
    try (FieldVector v = slice(type, values, NastyRows.OFFSETS[kind % 4]);
        FieldVector i = slice(indexType, indices, NastyRows.OFFSETS[(kind + 1) % 4]);
        FieldVector taken = selection.take(v, i)) {
      requireSame(what, type, java, taken);
      assertThat(taken.getName()).isEqualTo("v");
      assertThat(ArrowVectors.read(v)).isEqualTo(values);
      assertThat(ArrowVectors.read(i)).isEqualTo(indices);
    }
  }

  /** The twin's own comparison sees a wrong result: one value that is another's. */
  @Test
  void wrongRowsFail() {
    List<Object> values = column(DataType.INT64, 300, 0, 4);
    List<Object> wrong = new ArrayList<>(values);
    wrong.set(299, 4711L);
    try (FieldVector v = slice(DataType.INT64, values, 0)) {
      assertThatThrownBy(() -> requireSame("wrong", DataType.INT64, wrong, v))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void indexOutOfBoundsIsNamed() {
    for (DataType type : List.of(DataType.INT8, DataType.INT32, DataType.INT64)) {
      for (long bad : new long[] {-1, 100}) {
        List<Object> indices = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
          indices.add(ArrowOracle.box(type, i < 600 ? i % 100 : bad));
        }
        List<Object> values = column(DataType.INT32, 100, 0, 5);
        try (FieldVector v = slice(DataType.INT32, values, 0);
            FieldVector i = slice(type, indices, 0)) {
          assertThatThrownBy(() -> selection.take(v, i).close())
              .isInstanceOf(KronosException.InvalidArgument.class)
              .hasMessage("index is out of bounds: index=" + bad + ", position=600, count=100");
        }
      }
    }
  }

  @Test
  void nothingCanOnlyBeTakenByNulls() {
    List<Object> nulls = new ArrayList<>();
    nulls.add(null);
    try (FieldVector v = slice(DataType.STRING, List.of(), 0);
        FieldVector none = slice(DataType.INT32, nulls, 0);
        FieldVector zero = slice(DataType.INT32, List.of(0), 0);
        FieldVector taken = selection.take(v, none)) {
      assertThat(ArrowVectors.read(taken)).containsOnlyNulls().hasSize(1);
      assertThatThrownBy(() -> selection.take(v, zero).close())
          .hasMessage("index is out of bounds: index=0, position=0, count=0");
    }
  }

  @Test
  void batchesKeepTheirRowsTogether() {
    List<Object> names = column(DataType.STRING, 1000, 1, 6);
    List<Object> numbers = column(DataType.FLOAT64, 1000, 1, 7);
    List<Object> mask = column(DataType.BOOLEAN, 1000, 0, 8);
    try (VectorSchemaRoot batch =
            new VectorSchemaRoot(
                List.of(slice(DataType.STRING, names, 0), slice(DataType.FLOAT64, numbers, 0)));
        FieldVector m = slice(DataType.BOOLEAN, mask, 0);
        VectorSchemaRoot kept = selection.filter(batch, m, NullMask.DROP);
        VectorSchemaRoot full = selection.dropNull(batch)) {
      requireSame(
          "names", DataType.STRING, filtered(names, mask, NullMask.DROP), kept.getVector(0));
      requireSame(
          "numbers", DataType.FLOAT64, filtered(numbers, mask, NullMask.DROP), kept.getVector(1));
      List<Object> both = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        if (names.get(i) != null && numbers.get(i) != null) {
          both.add(names.get(i));
        }
      }
      requireSame("both", DataType.STRING, both, full.getVector(0));
      try (FieldVector indices = slice(DataType.INT16, List.of((short) 999, (short) 3), 0);
          VectorSchemaRoot taken = selection.take(batch, indices)) {
        assertThat(taken.getRowCount()).isEqualTo(2);
        assertThat(RowValues.read(taken.getVector(1), 1)).isEqualTo(numbers.get(3));
      }
    }
  }

  /** Types that no expression knows are moved all the same, and stay what they are. */
  static Stream<ArrowType> otherTypes() {
    return Stream.of(
        new ArrowType.Int(8, false),
        new ArrowType.Int(32, false),
        new ArrowType.Int(64, false),
        new ArrowType.FloatingPoint(FloatingPointPrecision.HALF),
        new ArrowType.Time(TimeUnit.SECOND, 32),
        new ArrowType.Time(TimeUnit.NANOSECOND, 64),
        new ArrowType.Timestamp(TimeUnit.NANOSECOND, "Europe/Berlin"),
        new ArrowType.Duration(TimeUnit.MILLISECOND),
        new ArrowType.Date(DateUnit.MILLISECOND),
        new ArrowType.FixedSizeBinary(16),
        ArrowType.Binary.INSTANCE);
  }

  @ParameterizedTest
  @MethodSource("otherTypes")
  void everyLayoutMoves(ArrowType type) {
    Field field = new Field("v", FieldType.nullable(type), null);
    DataType same = type instanceof ArrowType.Binary ? DataType.STRING : width(type);
    List<Object> values = column(same, 500, 1, 9);
    List<Object> mask = column(DataType.BOOLEAN, 500, 1, 10);
    List<FieldVector> plain = new ArrayList<>(List.of(slice(same, values, 0)));
    try (FieldVector v = RetypedVectors.of(plain, List.of(field), allocator()).get(0);
        FieldVector m = slice(DataType.BOOLEAN, mask, 0);
        FieldVector kept = selection.filter(v, m, NullMask.EMIT_NULL);
        FieldVector index = slice(DataType.INT64, List.of(499L), 0);
        FieldVector taken = selection.take(v, index)) {
      assertThat(kept.getField()).isEqualTo(field);
      requireSame("kept", same, filtered(values, mask, NullMask.EMIT_NULL), kept);
      requireSame("taken", same, values.subList(499, 500), taken);
    }
  }

  private static DataType width(ArrowType type) {
    if (type instanceof ArrowType.FixedSizeBinary) {
      return DataType.decimal(38, 0);
    }
    if (type instanceof ArrowType.FloatingPoint) {
      return DataType.INT16;
    }
    boolean bits8 = type.equals(new ArrowType.Int(8, false));
    boolean bits32 =
        type.equals(new ArrowType.Int(32, false))
            || (type instanceof ArrowType.Time time && time.getBitWidth() == 32);
    return bits8 ? DataType.INT8 : bits32 ? DataType.INT32 : DataType.INT64;
  }
}

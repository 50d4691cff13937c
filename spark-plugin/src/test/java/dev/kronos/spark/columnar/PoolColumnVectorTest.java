// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.HostColumn;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.MemoryPools;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the vector with Spark's own under the same operations. */
class PoolColumnVectorTest {
  private static final int ROUNDS = 40;
  private static final Method MARK_MISSING = markMissing();
  private final MemoryPools pools = PlainMemory.pools();

  @AfterEach
  void nothingIsHeld() {
    PlainMemory.closeEmpty(pools);
  }

  /** Finds the method of no arguments that Spark 4.1 renamed. */
  private static Method markMissing() {
    Set<String> names = Set.of("setMissing", "setAllNull");
    return Stream.of(WritableColumnVector.class.getMethods())
        .filter(method -> names.contains(method.getName()))
        .findFirst()
        .orElseThrow();
  }

  static Stream<DataType> types() {
    return TypeSamples.TYPES.stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void readsWhatSparkReadsAfterTheSameWrites(DataType type) {
    Random random = new Random(11);
    try (PoolColumnVector actual = new PoolColumnVector(pools, 16, type);
        OnHeapColumnVector expected = new OnHeapColumnVector(16, type)) {
      for (int round = 0; round < ROUNDS; round++) {
        int rows = 1 + random.nextInt(100);
        actual.reset();
        expected.reset();
        fill(type, rows, random.nextLong(), actual);
        fill(type, rows, random.nextLong(), expected);
        long seed = random.nextLong();
        actual.reset();
        expected.reset();
        fill(type, rows, seed, actual);
        fill(type, rows, seed, expected);
        compare(actual, expected, rows);
        compareSealed(actual, expected, rows);
      }
    }
  }

  /** Writes rows one by one or in runs, with nulls. */
  private static void fill(DataType type, int rows, long seed, WritableColumnVector vector) {
    Random random = new Random(seed);
    boolean nulls = random.nextBoolean();
    vector.reserve(rows);
    RowWriter writer = RowWriter.of(type);
    int row = 0;
    while (row < rows) {
      int run = Math.min(rows - row, 1 + random.nextInt(4));
      if (nulls && random.nextInt(3) == 0) {
        vector.putNulls(row, run);
      } else {
        for (int i = 0; i < run; i++) {
          InternalRow value =
              new GenericInternalRow(new Object[] {TypeSamples.value(type, random)});
          writer.write(value, 0, vector, row + i);
        }
        vector.putNotNulls(row, run);
      }
      row += run;
    }
  }

  private static void compare(PoolColumnVector actual, WritableColumnVector expected, int rows) {
    assertThat(actual.numNulls()).isEqualTo(expected.numNulls());
    assertThat(actual.hasNull()).isEqualTo(expected.hasNull());
    for (int row = 0; row < rows; row++) {
      assertThat(HostValues.of(actual, row)).isEqualTo(HostValues.of(expected, row));
    }
  }

  private static void compareSealed(
      PoolColumnVector actual, WritableColumnVector expected, int rows) {
    HostColumn sealed = actual.seal(layout(actual.dataType()), rows);
    for (int row = 0; row < rows; row++) {
      assertThat(HostValues.of(sealed, row)).isEqualTo(HostValues.of(expected, row));
    }
  }

  static ColumnLayout layout(DataType type) {
    return BatchLayouts.of(TypeSamples.schema(List.of(type))).get(0);
  }

  @Test
  void bulkWritesAgreeWithSpark() {
    byte[] bytes = new byte[256];
    new Random(5).nextBytes(bytes);
    for (DataType type : List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType)) {
      compareBulk(type, bytes);
    }
    for (DataType type : List.of(DataTypes.LongType, DataTypes.FloatType, DataTypes.DoubleType)) {
      compareBulk(type, bytes);
    }
  }

  private void compareBulk(DataType type, byte[] bytes) {
    try (PoolColumnVector actual = new PoolColumnVector(pools, 64, type);
        OnHeapColumnVector expected = new OnHeapColumnVector(64, type)) {
      BulkWrites.all(actual, bytes);
      BulkWrites.all(expected, bytes);
      compare(actual, expected, 40);
      assertThat(BulkWrites.readAll(actual, 40)).isEqualTo(BulkWrites.readAll(expected, 40));
    }
  }

  @Test
  void booleansFromBits() {
    try (PoolColumnVector actual = new PoolColumnVector(pools, 64, DataTypes.BooleanType);
        OnHeapColumnVector expected = new OnHeapColumnVector(64, DataTypes.BooleanType)) {
      for (WritableColumnVector vector : List.of(actual, expected)) {
        vector.putBooleans(0, (byte) 0xA7);
        vector.putBooleans(8, 5, (byte) 0x1D, 2);
        vector.putBooleans(13, 3, true);
      }
      compare(actual, expected, 16);
    }
  }

  @Test
  void memoryThatTheDeviceHoldsIsNotWrittenAgain() {
    ColumnLayout layout = layout(DataTypes.LongType);
    try (PoolColumnVector vector = new PoolColumnVector(pools, 8, DataTypes.LongType)) {
      vector.putLongs(0, 8, 7L);
      vector.putNull(3);
      HostColumn sealed = vector.seal(layout, 8);
      DeviceBuffer values = pools.bufferAt(sealed.values().address()).retain();
      DeviceBuffer marks = pools.bufferAt(sealed.validity().address()).retain();
      vector.reset();
      vector.putLongs(0, 8, 9L);
      assertThat(vector.isNullAt(3)).isFalse();
      assertThat(HostValues.of(sealed, 3)).isNull();
      assertThat(HostValues.of(sealed, 7)).isEqualTo(7L);
      assertThat(vector.getLong(7)).isEqualTo(9L);
      values.close();
      marks.close();
    }
  }

  @Test
  void memoryThatNobodyHoldsIsUsedAgain() {
    ColumnLayout layout = layout(DataTypes.LongType);
    try (PoolColumnVector vector = new PoolColumnVector(pools, 8, DataTypes.LongType)) {
      long before = vector.seal(layout, 8).values().address();
      vector.reset();
      assertThat(vector.seal(layout, 8).values().address()).isEqualTo(before);
    }
  }

  @Test
  void dictionariesStayEncoded() {
    ColumnLayout layout = layout(DataTypes.StringType);
    SampleDictionary dictionary = new SampleDictionary("red", "", "green");
    try (PoolColumnVector vector = new PoolColumnVector(pools, 4, DataTypes.StringType)) {
      WritableColumnVector ids = vector.reserveDictionaryIds(4);
      ids.putInts(0, 4, new int[] {2, 0, 99, 1}, 0);
      vector.putNull(2);
      vector.setDictionary(dictionary);
      assertThat(vector.getUTF8String(0)).hasToString("green");
      HostColumn sealed = vector.seal(layout, 4);
      assertThat(sealed.ids()).isNotNull();
      List<Object> expected = java.util.Arrays.asList("green", "red", null, "");
      for (int row = 0; row < 4; row++) {
        assertThat(HostValues.of(sealed, row)).isEqualTo(expected.get(row));
      }
    }
  }

  @Test
  void columnsThatAFileLacksAreNull() throws ReflectiveOperationException {
    for (DataType type : TypeSamples.TYPES) {
      try (PoolColumnVector vector = new PoolColumnVector(pools, 4, type)) {
        MARK_MISSING.invoke(vector);
        HostColumn sealed = vector.seal(layout(type), 4);
        assertThat(HostValues.of(sealed, 0)).isNull();
        assertThat(HostValues.of(sealed, 3)).isNull();
      }
    }
  }

  @Test
  void stringsOutOfOrderAreGathered() {
    try (PoolColumnVector vector = new PoolColumnVector(pools, 4, DataTypes.StringType)) {
      vector.putByteArray(1, "second".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      vector.putByteArray(0, "first".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      HostColumn sealed = vector.seal(layout(DataTypes.StringType), 2);
      assertThat(HostValues.of(sealed, 0)).isEqualTo("first");
      assertThat(HostValues.of(sealed, 1)).isEqualTo("second");
    }
  }
}

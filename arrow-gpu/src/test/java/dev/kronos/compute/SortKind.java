// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.kernels.twin.Halves;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Lists the types that are sorted: nasty values, random ones, and their order in plain Java. */
enum SortKind {
  BOOLEAN(
      List.of(0, 1),
      random -> random.nextInt(2),
      a -> new BitVector("values", a),
      (v, i, x) -> ((BitVector) v).setSafe(i, (Integer) x)),
  INT8(
      List.of(-128, -1, 0, 1, 127),
      random -> (int) (byte) random.nextInt(),
      a -> new TinyIntVector("values", a),
      (v, i, x) -> ((TinyIntVector) v).setSafe(i, (Integer) x)),
  INT16(
      List.of(-32768, -1, 0, 1, 32767),
      random -> (int) (short) random.nextInt(),
      a -> new SmallIntVector("values", a),
      (v, i, x) -> ((SmallIntVector) v).setSafe(i, (Integer) x)),
  INT32(
      List.of(Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE),
      Random::nextInt,
      a -> new IntVector("values", a),
      (v, i, x) -> ((IntVector) v).setSafe(i, (Integer) x)),
  INT64(
      List.of(Long.MIN_VALUE, -1L, 0L, 1L, 1L << 32, Long.MAX_VALUE),
      Random::nextLong,
      a -> new BigIntVector("values", a),
      (v, i, x) -> ((BigIntVector) v).setSafe(i, (Long) x)),
  FLOAT32(
      List.of(
          0f,
          -0f,
          Float.MIN_VALUE,
          -Float.MIN_VALUE,
          Float.MAX_VALUE,
          Float.POSITIVE_INFINITY,
          Float.NEGATIVE_INFINITY,
          Float.NaN,
          Float.intBitsToFloat(0xFFC0_1234),
          Float.intBitsToFloat(0x7F80_0001)),
      random -> Float.intBitsToFloat(random.nextInt()),
      a -> new Float4Vector("values", a),
      (v, i, x) -> ((Float4Vector) v).setSafe(i, (Float) x)),
  FLOAT64(
      List.of(
          0.0,
          -0.0,
          Double.MIN_VALUE,
          -Double.MIN_VALUE,
          Double.MAX_VALUE,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.NaN,
          Double.longBitsToDouble(0xFFF8_0000_0000_4321L),
          Double.longBitsToDouble(0x7FF0_0000_0000_0001L)),
      random -> Double.longBitsToDouble(random.nextLong()),
      a -> new Float8Vector("values", a),
      (v, i, x) -> ((Float8Vector) v).setSafe(i, (Double) x)),
  DATE(
      List.of(Integer.MIN_VALUE, 0, Integer.MAX_VALUE),
      random -> random.nextInt(40_000),
      a -> new DateDayVector("values", a),
      (v, i, x) -> ((DateDayVector) v).setSafe(i, (Integer) x)),
  TIMESTAMP(
      List.of(Long.MIN_VALUE, 0L, Long.MAX_VALUE),
      random -> random.nextLong() >> 12,
      a -> new TimeStampMicroVector("values", a),
      (v, i, x) -> ((TimeStampMicroVector) v).setSafe(i, (Long) x)),
  NARROW_DECIMAL(
      List.of(new BigDecimal("-9999999999999.99"), new BigDecimal("0.00")),
      random -> BigDecimal.valueOf(random.nextLong() % 1_000_000_000_000_000L, 2),
      a -> new DecimalVector("values", a, 15, 2),
      (v, i, x) -> ((DecimalVector) v).setSafe(i, (BigDecimal) x)),
  WIDE_DECIMAL(
      List.of(
          new BigDecimal(BigInteger.TEN.pow(38).subtract(BigInteger.ONE), 4),
          new BigDecimal(BigInteger.ONE.subtract(BigInteger.TEN.pow(38)), 4),
          new BigDecimal(BigInteger.ONE.shiftLeft(64), 4),
          BigDecimal.valueOf(-1, 4),
          BigDecimal.valueOf(0, 4)),
      random -> new BigDecimal(new BigInteger(random.nextInt(120), random).negate(), 4),
      a -> new DecimalVector("values", a, 38, 4),
      (v, i, x) -> ((DecimalVector) v).setSafe(i, (BigDecimal) x)),
  STRING(
      List.of(
          "", "\0", "a", "a\0", "eightbyt", "eightbyte", "eightbytes and more", "é", "z", "\uFFFD"),
      SortKind::word,
      a -> new VarCharVector("values", a),
      (v, i, x) -> ((VarCharVector) v).setSafe(i, ((String) x).getBytes(StandardCharsets.UTF_8))),
  UINT8(
      List.of(0, 1, 127, 128, 255),
      random -> random.nextInt(256),
      a -> new UInt1Vector("values", a),
      (v, i, x) -> ((UInt1Vector) v).setSafe(i, (Integer) x)),
  UINT16(
      List.of(0, 1, 32767, 32768, 65535),
      random -> random.nextInt(65536),
      a -> new UInt2Vector("values", a),
      (v, i, x) -> ((UInt2Vector) v).setSafe(i, (Integer) x)),
  UINT32(
      List.of(0L, 1L, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL),
      random -> random.nextLong() >>> 32,
      a -> new UInt4Vector("values", a),
      (v, i, x) -> ((UInt4Vector) v).setSafe(i, ((Long) x).intValue())),
  UINT64(
      List.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          BigInteger.ONE.shiftLeft(63),
          BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE)),
      random -> new BigInteger(64, random),
      a -> new UInt8Vector("values", a),
      (v, i, x) -> ((UInt8Vector) v).setSafe(i, ((BigInteger) x).longValue())),
  FLOAT16(
      List.of(
          0f,
          -0f,
          0x1p-24f,
          -0x1p-24f,
          65504f,
          Float.POSITIVE_INFINITY,
          Float.NEGATIVE_INFINITY,
          Float.NaN),
      random -> Halves.toFloat((short) random.nextInt()),
      a -> new Float2Vector("values", a),
      (v, i, x) -> ((Float2Vector) v).setSafe(i, Halves.ofFloat((Float) x))),
  TIME_MILLIS(
      List.of(0, 1, 86_399_999),
      random -> random.nextInt(86_400_000),
      a -> new TimeMilliVector("values", a),
      (v, i, x) -> ((TimeMilliVector) v).setSafe(i, (Integer) x)),
  DURATION(
      List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE),
      random -> random.nextLong() >> 12,
      SortKind::durations,
      (v, i, x) -> ((DurationVector) v).setSafe(i, (Long) x)),
  BINARY(
      List.of("", "\0", "a", "a\0", "eightbyt", "eightbyte", "é", "\uFFFD"),
      SortKind::word,
      a -> new VarBinaryVector("values", a),
      (v, i, x) -> ((VarBinaryVector) v).setSafe(i, ((String) x).getBytes(StandardCharsets.UTF_8)));

  /** Makes a random value. */
  @FunctionalInterface
  private interface Source {
    Object next(Random random);
  }

  /** Makes an empty vector. */
  @FunctionalInterface
  private interface Factory {
    FieldVector empty(BufferAllocator allocator);
  }

  /** Sets a value of a vector. */
  @FunctionalInterface
  private interface Setter {
    void set(FieldVector vector, int i, Object value);
  }

  private final List<Object> nasty;
  private final Source source;
  private final Factory factory;
  private final Setter setter;

  SortKind(List<Object> nasty, Source source, Factory factory, Setter setter) {
    this.nasty = nasty;
    this.source = source;
    this.factory = factory;
    this.setter = setter;
  }

  private static FieldVector durations(BufferAllocator allocator) {
    FieldType type = FieldType.nullable(new ArrowType.Duration(TimeUnit.NANOSECOND));
    return new DurationVector("values", type, allocator);
  }

  private static String word(Random random) {
    String begin = random.nextBoolean() ? "" : "common beginning ";
    return begin + Integer.toString(random.nextInt() >>> random.nextInt(32), 36);
  }

  List<Object> nasty() {
    return nasty;
  }

  Object random(Random random) {
    return random.nextInt(4) == 0 ? nasty.get(random.nextInt(nasty.size())) : source.next(random);
  }

  /** Makes a vector, which the caller closes. */
  FieldVector vector(BufferAllocator allocator, List<Object> values) {
    FieldVector vector = factory.empty(allocator);
    vector.setInitialCapacity(Math.max(1, values.size()));
    vector.allocateNew();
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) == null) {
        vector.setNull(i);
      } else {
        setter.set(vector, i, values.get(i));
      }
    }
    vector.setValueCount(values.size());
    return vector;
  }

  static boolean isNan(Object value) {
    return (value instanceof Float f && f.isNaN()) || (value instanceof Double d && d.isNaN());
  }

  /** Compares values that are neither null nor NaN. */
  Comparator<Object> ascending() {
    return (a, b) ->
        switch (this) {
          case FLOAT16, FLOAT32 -> Double.compare((Float) a + 0.0, (Float) b + 0.0);
          case FLOAT64 -> Double.compare((Double) a + 0.0, (Double) b + 0.0);
          case INT64, TIMESTAMP, DURATION, UINT32 -> Long.compare((Long) a, (Long) b);
          case NARROW_DECIMAL, WIDE_DECIMAL -> ((BigDecimal) a).compareTo((BigDecimal) b);
          case UINT64 -> ((BigInteger) a).compareTo((BigInteger) b);
          case STRING, BINARY -> Arrays.compareUnsigned(bytes(a), bytes(b));
          default -> Integer.compare((Integer) a, (Integer) b);
        };
  }

  private static byte[] bytes(Object value) {
    return ((String) value).getBytes(StandardCharsets.UTF_8);
  }
}

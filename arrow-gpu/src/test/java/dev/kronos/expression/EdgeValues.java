// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lists values at which operations go wrong, and random ones, for every type. */
public final class EdgeValues {
  private EdgeValues() {}

  /** Returns the edges of a type, null first. */
  public static List<Object> of(DataType type) {
    List<Object> values = new ArrayList<>();
    values.add(null);
    values.addAll(
        switch (type.kind()) {
          case BOOLEAN -> List.of(false, true);
          case INT8 -> integers(type, Byte.MIN_VALUE, Byte.MAX_VALUE);
          case INT16 -> integers(type, Short.MIN_VALUE, Short.MAX_VALUE);
          case INT32 -> integers(type, Integer.MIN_VALUE, Integer.MAX_VALUE);
          case INT64 -> integers(type, Long.MIN_VALUE, Long.MAX_VALUE);
          case DATE -> dates();
          case TIMESTAMP, TIMESTAMP_NTZ -> timestamps();
          case FLOAT32 -> floats();
          case FLOAT64 -> doubles();
          case DECIMAL -> decimals(type.precision(), type.scale());
          case STRING -> strings();
          case FLOAT16 -> halves();
          default -> of(type.carrier()).subList(1, of(type.carrier()).size());
        });
    return values;
  }

  private static List<Object> integers(DataType type, long min, long max) {
    List<Object> values = new ArrayList<>();
    long root = (long) Math.sqrt((double) max);
    for (long value :
        new long[] {
          0, 1, -1, 2, -2, 7, -7, 10, root, root + 1, -root, -root - 1, max, max - 1, min, min + 1
        }) {
      values.add(RowArithmetic.box(value, type.kind()));
    }
    return values;
  }

  private static List<Object> dates() {
    return List.of(
        0,
        1,
        -1,
        10_957,
        -25_567,
        106_751_991,
        -106_751_991,
        106_751_992,
        -106_751_992,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE);
  }

  private static List<Object> timestamps() {
    return List.of(
        0L,
        1L,
        -1L,
        999_999L,
        1_000_000L,
        -1_000_000L,
        -1_000_001L,
        86_399_999_999L,
        86_400_000_000L,
        -86_400_000_000L,
        -86_400_000_001L,
        1_700_000_000_123_456L,
        2_147_483_648_000_000L,
        -2_147_483_649_000_001L,
        Long.MAX_VALUE,
        Long.MIN_VALUE);
  }

  private static List<Object> floats() {
    return List.of(
        0f,
        -0f,
        1f,
        -1f,
        0.1f,
        -0.1f,
        0.5f,
        1.5f,
        -2.5f,
        3f,
        127f,
        127.5f,
        128f,
        -128.9f,
        -129f,
        32767.9f,
        32768f,
        2147483520f,
        2147483648f,
        -2147483648f,
        9223371500000000000f,
        9223372036854775808f,
        16777217f,
        1e10f,
        -1e10f,
        3e38f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.MIN_NORMAL,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.intBitsToFloat(0xFFC12345));
  }

  /** Zeros, one, thirds, ends of the normal and the subnormal numbers, infinities, NaNs. */
  private static List<Object> halves() {
    List<Object> values = new ArrayList<>();
    for (int bits :
        new int[] {
          0, 0x3C00, 0x3C01, 0x3BFF, 0x3555, 0x3800, 0x4100, 0x4200, 0x57F8, 0x5BFF, 0x6000,
          0x77FF, 0x7800, 0x7BFE, 0x7BFF, 0x7C00, 0x7E00, 0x7D01, 0x0001, 0x0002, 0x0003, 0x03FF,
          0x0400, 0x0401
        }) {
      values.add((short) bits);
      values.add((short) (bits | 0x8000));
    }
    return values;
  }

  private static List<Object> doubles() {
    return List.of(
        0d,
        -0d,
        1d,
        -1d,
        0.1,
        -0.1,
        0.2,
        0.5,
        1.5,
        -2.5,
        3d,
        7d,
        127.99,
        128d,
        -128.99,
        -129d,
        32767.9,
        32768d,
        2147483647d,
        2147483647.9,
        2147483648d,
        -2147483648.9,
        -2147483649d,
        9007199254740993d,
        9223372036854774784d,
        9223372036854775808d,
        -9223372036854775808d,
        -9223372036854777856d,
        1e18,
        1e300,
        -1e300,
        1e-300,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.MIN_NORMAL,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        16777217d,
        3.4028235677973366e38,
        Double.longBitsToDouble(0xFFF8000000012345L));
  }

  private static List<Object> decimals(int precision, int scale) {
    BigInteger max = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
    BigInteger one = BigInteger.TEN.pow(scale);
    BigInteger half = one.divide(BigInteger.TWO);
    List<BigInteger> sizes =
        List.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            BigInteger.TWO,
            BigInteger.valueOf(5),
            BigInteger.valueOf(9),
            one,
            half,
            half.add(one),
            half.subtract(BigInteger.ONE),
            max,
            max.subtract(BigInteger.ONE),
            max.divide(BigInteger.TWO),
            max.divide(BigInteger.valueOf(3)),
            BigInteger.TEN.pow(precision / 2),
            BigInteger.TEN.pow(precision - 1),
            BigInteger.valueOf(Byte.MAX_VALUE).multiply(one),
            BigInteger.valueOf(128).multiply(one),
            BigInteger.valueOf(Integer.MAX_VALUE).multiply(one),
            BigInteger.valueOf(Long.MAX_VALUE).multiply(one));
    List<Object> values = new ArrayList<>();
    for (BigInteger size : sizes) {
      if (size.signum() >= 0 && size.compareTo(max) <= 0) {
        values.add(size);
        values.add(size.negate());
      }
    }
    return values;
  }

  private static List<Object> strings() {
    return List.of(
        Utf8.of(""),
        Utf8.of("a"),
        Utf8.of("b"),
        Utf8.of("ab"),
        Utf8.of("abcdefg"),
        Utf8.of("abcdefgh"),
        Utf8.of("abcdefghi"),
        Utf8.of("abcdefgi"),
        Utf8.of("\0"),
        Utf8.of("é"),
        Utf8.of("😀"),
        Utf8.of("a\0"),
        Utf8.of("AIR"),
        Utf8.of("REG AIR"),
        Utf8.of(" "),
        Utf8.of("  a b  "),
        Utf8.of("aé€😀z"),
        Utf8.of("100%"),
        malformed(0x80, 'a'),
        malformed('a', 0xC3),
        malformed(0xE2, 0x82),
        malformed(0xED, 0xA0, 0x80, 'b'),
        malformed(0xF0, 0x9F, 0x98, 'c', 0xFF, 0xE0, 0x80, 0xC3, 0xA9),
        Utf8.of("a rather long string that takes more than four words"),
        Utf8.of("a rather long string that takes more than four wordt"));
  }

  private static Utf8 malformed(int... bytes) {
    byte[] text = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      text[i] = (byte) bytes[i];
    }
    return Utf8.of(text);
  }

  /** Returns a random value of a type, small and large magnitudes alike; never null. */
  public static Object random(DataType type, Random random) {
    return switch (type.kind()) {
      case BOOLEAN -> random.nextBoolean();
      case INT8, INT16, INT32, INT64, DATE, TIMESTAMP, TIMESTAMP_NTZ ->
          RowArithmetic.box(random.nextLong() >> random.nextInt(64), type.kind());
      case FLOAT32 -> normal(Float.intBitsToFloat(random.nextInt()), random);
      case FLOAT64 -> normal(Double.longBitsToDouble(random.nextLong()), random);
      case DECIMAL ->
          new BigInteger(bits(type, random), random).mod(limit(type)).multiply(sign(random));
      case STRING -> Utf8.of("abcdefghijkl".substring(random.nextInt(6), 6 + random.nextInt(6)));
      default -> random(type.carrier(), random);
    };
  }

  private static int bits(DataType type, Random random) {
    return 1 + random.nextInt(limit(type).bitLength());
  }

  private static BigInteger limit(DataType type) {
    return BigInteger.TEN.pow(type.precision());
  }

  private static BigInteger sign(Random random) {
    return random.nextBoolean() ? BigInteger.ONE : BigInteger.ONE.negate();
  }

  /** Half of the random numbers are ordinary sizes. */
  private static Object normal(float value, Random random) {
    return random.nextBoolean() ? (float) (random.nextGaussian() * 1e4) : value;
  }

  private static Object normal(double value, Random random) {
    return random.nextBoolean() ? random.nextGaussian() * 1e6 : value;
  }
}

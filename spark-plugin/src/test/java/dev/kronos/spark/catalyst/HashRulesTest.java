// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.expression.Bucket;
import dev.kronos.expression.Literal;
import dev.kronos.expression.RowEvaluator;
import dev.kronos.expression.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BloomFilterMightContain;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Murmur3Hash;
import org.apache.spark.sql.catalyst.expressions.XxHash64;
import org.apache.spark.sql.catalyst.plans.physical.HashPartitioning;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.sketch.BloomFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hashes edge values and random values with Spark's own classes and with the twin. */
class HashRulesTest {
  private static final int RANDOM_ROWS = 2000;

  /**
   * Names a type and how its values are made.
   *
   * @param type the type
   * @param edges values in Spark's form, of which null is always tried as well
   */
  private record Case(DataType type, Object... edges) {
    @Override
    public String toString() {
      return type.sql();
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(DataTypes.BooleanType, true, false),
        new Case(DataTypes.ByteType, Byte.MIN_VALUE, (byte) 0, Byte.MAX_VALUE),
        new Case(DataTypes.ShortType, Short.MIN_VALUE, (short) -1, Short.MAX_VALUE),
        new Case(DataTypes.IntegerType, Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE),
        new Case(DataTypes.DateType, Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE),
        new Case(DataTypes.LongType, Long.MIN_VALUE, -1L, 0L, 1L << 32, Long.MAX_VALUE),
        new Case(DataTypes.TimestampType, Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE),
        new Case(DataTypes.TimestampNTZType, Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE),
        new Case(DataTypes.FloatType, -0f, 0f, Float.NaN, Float.intBitsToFloat(0xFFC00001)),
        new Case(DataTypes.FloatType, Float.MIN_VALUE, Float.NEGATIVE_INFINITY),
        new Case(DataTypes.DoubleType, -0d, 0d, Double.NaN, Double.longBitsToDouble(-1L)),
        new Case(DataTypes.DoubleType, Double.MIN_VALUE, Double.NEGATIVE_INFINITY),
        new Case(DataTypes.createDecimalType(5, 2)),
        new Case(DataTypes.createDecimalType(18, 4)),
        new Case(DataTypes.createDecimalType(19, 0)),
        new Case(DataTypes.createDecimalType(38, 10)),
        new Case(DataTypes.StringType, text(""), text("a"), text("\u00e9\u4e2d"), text("a\0b")),
        new Case(DataTypes.BinaryType, new byte[0], new byte[] {0}, new byte[] {-1, 0, -128}));
  }

  private static UTF8String text(String text) {
    return UTF8String.fromString(text);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsSpark(Case type) {
    List<Object> values = values(type);
    for (int i = 0; i < values.size(); i++) {
      Object other = values.get((i * 7 + 1) % values.size());
      check(type.type(), new Object[] {values.get(i), other});
    }
  }

  private static void check(DataType type, Object[] values) {
    List<Expression> columns =
        List.of(new BoundReference(0, type, true), new BoundReference(1, type, true));
    Murmur3Hash hash = new Murmur3Hash(ScalaCollections.seq(columns), 42);
    dev.kronos.expression.Expression own =
        new ExpressionTranslator(List.of(column(type), column(type))).translate(hash).orThrow();
    Object[] plain = Arrays.stream(values).map(HashRulesTest::plain).toArray();
    InternalRow row = new GenericInternalRow(values);
    assertThat(RowEvaluator.evaluate(own, index -> plain[index]))
        .as(Arrays.toString(values))
        .isEqualTo(hash.eval(row));
    XxHash64 wide = new XxHash64(ScalaCollections.seq(columns), 42L);
    dev.kronos.expression.Expression ownWide =
        new ExpressionTranslator(List.of(column(type), column(type))).translate(wide).orThrow();
    assertThat(RowEvaluator.evaluate(ownWide, index -> plain[index]))
        .as("xxhash64 of " + Arrays.toString(values))
        .isEqualTo(wide.eval(row));
    Expression partition =
        new HashPartitioning(ScalaCollections.seq(columns), 13).partitionIdExpression();
    Bucket bucket = new Bucket(own, new Literal(dev.kronos.column.DataType.INT32, 13));
    assertThat(RowEvaluator.evaluate(bucket, index -> plain[index])).isEqualTo(partition.eval(row));
  }

  /** Asks a filter of Spark's for what it has and for as much that it has not. */
  @Test
  void bloomFiltersAreSparks() throws IOException {
    BloomFilter filter = BloomFilter.create(100, 512);
    Random random = new Random(7);
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      items.add(random.nextLong());
      if (i < 100) {
        filter.putLong((Long) items.get(i));
      }
    }
    items.add(null);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    filter.writeTo(bytes);
    Expression asked =
        new BloomFilterMightContain(
            org.apache.spark.sql.catalyst.expressions.Literal.create(
                bytes.toByteArray(), DataTypes.BinaryType),
            new BoundReference(0, DataTypes.LongType, true));
    dev.kronos.expression.Expression own =
        new ExpressionTranslator(List.of(column(DataTypes.LongType))).translate(asked).orThrow();
    int found = 0;
    for (Object item : items) {
      Object expected = item == null ? null : filter.mightContainLong((Long) item);
      assertThat(RowEvaluator.evaluate(own, index -> item)).isEqualTo(expected);
      found += Boolean.TRUE.equals(expected) ? 1 : 0;
    }
    assertThat(found).isBetween(100, 900);
  }

  private static org.apache.spark.sql.catalyst.expressions.Attribute column(DataType type) {
    return SparkColumns.nullable("c", type);
  }

  private static List<Object> values(Case type) {
    List<Object> values = new ArrayList<>(Arrays.asList(type.edges()));
    values.add(null);
    Random random = new Random(type.toString().hashCode());
    for (int i = 0; i < RANDOM_ROWS; i++) {
      values.add(i % 17 == 0 ? null : random(type.type(), random));
    }
    return values;
  }

  private static Object random(DataType type, Random random) {
    if (type instanceof DecimalType decimal) {
      BigInteger limit = BigInteger.TEN.pow(decimal.precision());
      int bits = 1 + random.nextInt(limit.bitLength() - 1);
      BigInteger unscaled = new BigInteger(bits, random);
      return decimal(random.nextBoolean() ? unscaled : unscaled.negate(), decimal);
    }
    long bits = random.nextLong();
    return switch (type.typeName()) {
      case "boolean" -> (bits & 1) == 0;
      case "byte" -> (byte) bits;
      case "short" -> (short) bits;
      case "integer", "date" -> (int) bits;
      case "float" -> Float.intBitsToFloat((int) bits);
      case "double" -> Double.longBitsToDouble(bits);
      case "string" -> string(random);
      case "binary" -> string(random).getBytes();
      default -> bits;
    };
  }

  private static Decimal decimal(BigInteger unscaled, DecimalType type) {
    return Decimal.apply(
        new java.math.BigDecimal(unscaled, type.scale()), type.precision(), type.scale());
  }

  private static UTF8String string(Random random) {
    byte[] bytes = new byte[random.nextInt(80)];
    random.nextBytes(bytes);
    return UTF8String.fromBytes(bytes);
  }

  private static Object plain(Object value) {
    if (value instanceof Decimal decimal) {
      return decimal.toJavaBigDecimal().unscaledValue();
    }
    if (value instanceof byte[] bytes) {
      return Utf8.of(bytes);
    }
    return value instanceof UTF8String text ? Utf8.of(text.getBytes()) : value;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Makes random values of every supported type, in Spark's internal form. */
final class TypeSamples {
  /** One of each type, and each width of decimals. */
  static final List<DataType> TYPES =
      List.of(
          DataTypes.BooleanType,
          DataTypes.ByteType,
          DataTypes.ShortType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.FloatType,
          DataTypes.DoubleType,
          DataTypes.DateType,
          DataTypes.TimestampType,
          DataTypes.TimestampNTZType,
          new DecimalType(9, 2),
          new DecimalType(18, 4),
          new DecimalType(19, 0),
          new DecimalType(38, 10),
          DataTypes.StringType,
          DataTypes.BinaryType);

  private TypeSamples() {}

  /** Makes a schema of nullable columns {@code c0, c1, …}. */
  static StructType schema(List<DataType> types) {
    StructType schema = new StructType();
    for (int i = 0; i < types.size(); i++) {
      schema = schema.add("c" + i, types.get(i), true);
    }
    return schema;
  }

  /** Makes a value; one in eight is an extreme one. */
  static Object value(DataType type, Random random) {
    boolean extreme = random.nextInt(8) == 0;
    if (type instanceof DecimalType decimal) {
      return decimal(decimal, random, extreme);
    }
    return switch (type.typeName()) {
      case "boolean" -> random.nextBoolean();
      case "byte" -> extreme ? Byte.MIN_VALUE : (byte) random.nextInt();
      case "short" -> extreme ? Short.MIN_VALUE : (short) random.nextInt();
      case "integer" -> extreme ? Integer.MIN_VALUE : random.nextInt();
      case "date" -> random.nextInt(40_000) - 10_000;
      case "long" -> extreme ? Long.MIN_VALUE : random.nextLong();
      case "timestamp", "timestamp_ntz" -> random.nextLong() >> 13;
      case "float" -> extreme ? Float.NaN : random.nextFloat() - 0.5f;
      case "double" -> extreme ? -0.0 : random.nextDouble() - 0.5;
      case "string" -> UTF8String.fromString(extreme ? "" : text(random));
      case "binary" -> bytes(random, extreme);
      default -> throw new AssertionError("no such type: " + type);
    };
  }

  private static String text(Random random) {
    String text = "abc\u00e4\u20ac" + random.nextInt(1000);
    return text.substring(0, random.nextInt(text.length() + 1));
  }

  private static byte[] bytes(Random random, boolean extreme) {
    byte[] bytes = new byte[extreme ? 0 : random.nextInt(20)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Decimal decimal(DecimalType type, Random random, boolean extreme) {
    BigInteger bound = BigInteger.TEN.pow(type.precision());
    BigInteger unscaled =
        extreme ? bound.subtract(BigInteger.ONE) : new BigInteger(140, random).mod(bound);
    BigInteger signed = random.nextBoolean() ? unscaled : unscaled.negate();
    return Decimal.apply(new BigDecimal(signed, type.scale()), type.precision(), type.scale());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/**
 * Translates Spark's data types.
 *
 * <p>A type has a name, which says what Spark takes its values for, and by which catalogues go; and
 * a type that kernels compute with, in which its values lie: bytes are strings there.
 */
public final class TypeTranslator {
  /** Types without parameters. Collated strings are not equal to StringType. */
  private static final Map<org.apache.spark.sql.types.DataType, DataType> SIMPLE =
      Map.ofEntries(
          Map.entry(DataTypes.BooleanType, DataType.BOOLEAN),
          Map.entry(DataTypes.ByteType, DataType.INT8),
          Map.entry(DataTypes.ShortType, DataType.INT16),
          Map.entry(DataTypes.IntegerType, DataType.INT32),
          Map.entry(DataTypes.LongType, DataType.INT64),
          Map.entry(DataTypes.FloatType, DataType.FLOAT32),
          Map.entry(DataTypes.DoubleType, DataType.FLOAT64),
          Map.entry(DataTypes.DateType, DataType.DATE),
          Map.entry(DataTypes.TimestampType, DataType.TIMESTAMP),
          Map.entry(DataTypes.TimestampNTZType, DataType.TIMESTAMP_NTZ),
          Map.entry(DataTypes.StringType, DataType.STRING),
          Map.entry(DataTypes.BinaryType, DataType.BINARY));

  /** A value is of a type that the device does not have. */
  public static final Restriction UNSUPPORTED =
      new Restriction("type is not supported", "a value is of a type that is not listed below");

  private TypeTranslator() {}

  /** Returns the types, one decimal for all of them, in the order in which they are documented. */
  public static List<DataType> types() {
    Stream<DataType> decimal = Stream.of(DataType.decimal(DataType.MAX_PRECISION, 0));
    return Stream.concat(SIMPLE.values().stream(), decimal)
        .sorted(Comparator.comparing(DataType::kind))
        .toList();
  }

  /**
   * Translates a type.
   *
   * @param type Spark's type
   * @return the type that kernels compute with, or nothing when columns of that type stay on the
   *     CPU
   */
  public static Optional<DataType> translate(org.apache.spark.sql.types.DataType type) {
    return name(type).map(DataType::carrier);
  }

  /**
   * Names a type.
   *
   * @param type Spark's type
   * @return what Spark takes its values for, or nothing when columns of that type stay on the CPU
   */
  public static Optional<DataType> name(org.apache.spark.sql.types.DataType type) {
    if (type instanceof DecimalType decimal) {
      // Negative scales exist in legacy mode only.
      return decimal.scale() < 0 || decimal.scale() > decimal.precision()
          ? Optional.empty()
          : Optional.of(DataType.decimal(decimal.precision(), decimal.scale()));
    }
    if (type instanceof YearMonthIntervalType) {
      return Optional.of(DataType.INT32);
    }
    if (type instanceof DayTimeIntervalType) {
      return Optional.of(DataType.INT64);
    }
    return Optional.ofNullable(SIMPLE.get(type));
  }

  /**
   * Tells whether a type is an ANSI interval, which the device has as its number of months or
   * microseconds. Its fields matter to casts alone.
   */
  static boolean isInterval(org.apache.spark.sql.types.DataType type) {
    return type instanceof YearMonthIntervalType || type instanceof DayTimeIntervalType;
  }

  static DataType require(org.apache.spark.sql.types.DataType type) {
    return requireName(type).carrier();
  }

  static DataType requireName(org.apache.spark.sql.types.DataType type) {
    return name(type).orElseThrow(() -> UNSUPPORTED.refusal(type.catalogString()));
  }
}

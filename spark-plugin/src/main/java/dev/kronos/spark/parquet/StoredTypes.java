// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.parquet;

import dev.kronos.column.DataType;
import dev.kronos.operator.parquet.PhysicalType;
import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Tells which columns of files the device decodes, by their types. Stateless. */
final class StoredTypes {
  private StoredTypes() {}

  /** Returns how values of a file become those of a column, or empty where Spark is to decide. */
  static Optional<PhysicalType> of(PrimitiveType stored, DataType wanted) {
    LogicalTypeAnnotation meaning = stored.getLogicalTypeAnnotation();
    PrimitiveTypeName name = stored.getPrimitiveTypeName();
    return switch (wanted.kind()) {
      case BOOLEAN -> when(name == PrimitiveTypeName.BOOLEAN, PhysicalType.BITS);
      case INT8 -> when(isInteger(name, meaning, 8), PhysicalType.littleEndian(4));
      case INT16 -> when(isInteger(name, meaning, 16), PhysicalType.littleEndian(4));
      case INT32 ->
          when(
              isInteger(name, meaning, 32) || (name == PrimitiveTypeName.INT32 && meaning == null),
              PhysicalType.littleEndian(4));
      case INT64 ->
          when(
              name == PrimitiveTypeName.INT64 && (meaning == null || isSigned(meaning, 64)),
              PhysicalType.littleEndian(8));
      case FLOAT32 -> when(name == PrimitiveTypeName.FLOAT, PhysicalType.littleEndian(4));
      case FLOAT64 -> when(name == PrimitiveTypeName.DOUBLE, PhysicalType.littleEndian(8));
      case DATE -> when(meaning instanceof DateLogicalTypeAnnotation, PhysicalType.littleEndian(4));
      case TIMESTAMP -> when(isMicros(name, meaning, true), PhysicalType.littleEndian(8));
      case TIMESTAMP_NTZ -> when(isMicros(name, meaning, false), PhysicalType.littleEndian(8));
      case DECIMAL -> decimal(stored, wanted);
      case STRING ->
          when(
              name == PrimitiveTypeName.BINARY
                  && (meaning == null || meaning instanceof StringLogicalTypeAnnotation),
              PhysicalType.STRING);
      default -> Optional.empty();
    };
  }

  private static Optional<PhysicalType> when(boolean known, PhysicalType type) {
    return known ? Optional.of(type) : Optional.empty();
  }

  private static boolean isInteger(
      PrimitiveTypeName name, LogicalTypeAnnotation meaning, int bits) {
    return name == PrimitiveTypeName.INT32 && isSigned(meaning, bits);
  }

  private static boolean isSigned(LogicalTypeAnnotation meaning, int bits) {
    return meaning instanceof IntLogicalTypeAnnotation integer
        && integer.isSigned()
        && integer.getBitWidth() == bits;
  }

  private static boolean isMicros(
      PrimitiveTypeName name, LogicalTypeAnnotation meaning, boolean adjusted) {
    return name == PrimitiveTypeName.INT64
        && meaning instanceof TimestampLogicalTypeAnnotation time
        && time.getUnit() == TimeUnit.MICROS
        && time.isAdjustedToUTC() == adjusted;
  }

  private static Optional<PhysicalType> decimal(PrimitiveType stored, DataType wanted) {
    if (!(stored.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal)
        || decimal.getScale() != wanted.scale()
        || decimal.getPrecision() != wanted.precision()) {
      return Optional.empty();
    }
    return switch (stored.getPrimitiveTypeName()) {
      case INT32 -> Optional.of(PhysicalType.littleEndian(4));
      case INT64 -> Optional.of(PhysicalType.littleEndian(8));
      case FIXED_LEN_BYTE_ARRAY -> Optional.of(PhysicalType.bigEndian(stored.getTypeLength()));
      default -> Optional.empty();
    };
  }
}

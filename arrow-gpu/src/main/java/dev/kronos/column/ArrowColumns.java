// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import dev.kronos.KronosException;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Maps column types to Arrow's types and vectors and back. */
public final class ArrowColumns {
  private ArrowColumns() {}

  /** Returns the layout that Arrow gives a type: validity bits, booleans as bits, decimal128. */
  public static ColumnLayout layout(DataType type, Nullability nullability) {
    return new ColumnLayout(type, storage(type), Validity.BITS, nullability);
  }

  /** Returns the layouts that Arrow gives columns of the same types and nullability. */
  public static List<ColumnLayout> layouts(List<ColumnLayout> columns) {
    return columns.stream().map(c -> layout(c.type(), c.nullability())).toList();
  }

  /** Returns how Arrow stores a type. */
  public static Storage storage(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> Storage.BITS;
      case DECIMAL -> Storage.INT128;
      default -> Storage.narrowest(type);
    };
  }

  /** Returns Arrow's type; timestamps are in microseconds, TIMESTAMP in UTC. */
  public static ArrowType arrowType(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> ArrowType.Bool.INSTANCE;
      case INT8 -> new ArrowType.Int(8, true);
      case INT16 -> new ArrowType.Int(16, true);
      case INT32 -> new ArrowType.Int(32, true);
      case INT64 -> new ArrowType.Int(64, true);
      case FLOAT32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
      case TIMESTAMP_NTZ -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      case DECIMAL -> new ArrowType.Decimal(type.precision(), type.scale(), 128);
      case STRING -> ArrowType.Utf8.INSTANCE;
      case UINT8 -> new ArrowType.Int(8, false);
      case UINT16 -> new ArrowType.Int(16, false);
      case UINT32 -> new ArrowType.Int(32, false);
      case UINT64 -> new ArrowType.Int(64, false);
      case FLOAT16 -> new ArrowType.FloatingPoint(FloatingPointPrecision.HALF);
      case TIME32 -> new ArrowType.Time(unit(type), Integer.SIZE);
      case TIME64 -> new ArrowType.Time(unit(type), Long.SIZE);
      case DURATION -> new ArrowType.Duration(unit(type));
      case BINARY -> ArrowType.Binary.INSTANCE;
    };
  }

  private static TimeUnit unit(DataType type) {
    return TimeUnit.values()[type.scale() / 3];
  }

  /**
   * Returns the column type of an Arrow type.
   *
   * @throws KronosException.Unsupported when there is none
   */
  public static DataType dataType(ArrowType type) {
    return findDataType(type)
        .orElseThrow(
            () ->
                new KronosException.Unsupported(
                    KronosException.message("no column type for Arrow type", "type", type)));
  }

  /** Returns the column type of an Arrow type, or nothing when there is none. */
  public static Optional<DataType> findDataType(ArrowType type) {
    for (DataType simple : SIMPLE_TYPES) {
      if (arrowType(simple).equals(type)) {
        return Optional.of(simple);
      }
    }
    if (type instanceof ArrowType.LargeUtf8 || type instanceof ArrowType.LargeBinary) {
      boolean text = type instanceof ArrowType.LargeUtf8;
      return Optional.of(text ? DataType.STRING : DataType.BINARY);
    }
    if (type instanceof ArrowType.Decimal decimal && decimal.getBitWidth() == 128) {
      return Optional.of(DataType.decimal(decimal.getPrecision(), decimal.getScale()));
    }
    boolean microseconds =
        type instanceof ArrowType.Timestamp time && time.getUnit() == TimeUnit.MICROSECOND;
    return microseconds ? Optional.of(DataType.TIMESTAMP) : Optional.empty();
  }

  private static final DataType[] SIMPLE_TYPES = {
    DataType.BOOLEAN,
    DataType.INT8,
    DataType.INT16,
    DataType.INT32,
    DataType.INT64,
    DataType.FLOAT32,
    DataType.FLOAT64,
    DataType.DATE,
    DataType.TIMESTAMP,
    DataType.TIMESTAMP_NTZ,
    DataType.STRING,
    DataType.UINT8,
    DataType.UINT16,
    DataType.UINT32,
    DataType.UINT64,
    DataType.FLOAT16,
    DataType.TIME_SECONDS,
    DataType.TIME_MILLIS,
    DataType.TIME_MICROS,
    DataType.TIME_NANOS,
    DataType.duration(0),
    DataType.duration(3),
    DataType.duration(6),
    DataType.duration(9),
    DataType.BINARY
  };

  /** Makes an empty vector for a type in memory of {@code allocator}; the caller closes it. */
  public static FieldVector vector(String name, DataType type, BufferAllocator allocator) {
    return new Field(name, FieldType.nullable(arrowType(type)), null).createVector(allocator);
  }

  /**
   * Describes the first {@code rows} values of a vector in place, as kernels see them: values of a
   * type that is {@linkplain DataType#isCarried carried} as those of its carrier.
   *
   * @throws KronosException.Unsupported for a vector type that has no column type
   */
  public static HostColumn describe(FieldVector vector, int rows) {
    return describe(vector, dataType(vector.getField().getType()).carrier(), rows);
  }

  /**
   * Describes the first {@code rows} values of a vector in place, as if they were of a type that
   * lies in memory as theirs does.
   *
   * @param vector the vector; stays the caller's
   * @param type what its values are read as: of the same width, or STRING for offsets
   * @param rows how many values, 0 or more
   * @throws KronosException.Unsupported for a vector that is neither of fixed nor of variable width
   */
  public static HostColumn describe(FieldVector vector, DataType type, int rows) {
    ColumnLayout layout = layout(type, Nullability.NULLABLE);
    if (rows == 0) {
      return new HostColumn(layout, null, null, null, null, 0, Integer.BYTES);
    }
    HostBuffer validity =
        vector.getNullCount() == 0
            ? null
            : range(vector.getValidityBuffer(), layout.validity().sizeBytes(rows));
    if (vector instanceof BaseVariableWidthVector strings) {
      return describeStrings(strings, layout, validity, rows);
    }
    if (vector instanceof BaseLargeVariableWidthVector strings) {
      return describeLargeStrings(strings, layout, validity, rows);
    }
    if (vector instanceof BaseFixedWidthVector) {
      HostBuffer values = range(vector.getDataBuffer(), layout.storage().sizeBytes(rows));
      return HostColumn.fixed(layout, validity, values);
    }
    throw new KronosException.Unsupported(
        KronosException.message("no column for vector", "class", vector.getClass().getName()));
  }

  private static HostColumn describeStrings(
      BaseVariableWidthVector vector, ColumnLayout layout, HostBuffer validity, int rows) {
    ArrowBuf offsets = vector.getOffsetBuffer();
    long characters = offsets.getInt((long) rows * Integer.BYTES);
    return HostColumn.strings(
        layout,
        validity,
        range(offsets, (rows + 1L) * Integer.BYTES),
        range(vector.getDataBuffer(), characters));
  }

  private static HostColumn describeLargeStrings(
      BaseLargeVariableWidthVector vector, ColumnLayout layout, HostBuffer validity, int rows) {
    ArrowBuf offsets = vector.getOffsetBuffer();
    long first = offsets.getLong(0);
    long sizeBytes = offsets.getLong((long) rows * Long.BYTES) - first;
    if (sizeBytes > Integer.MAX_VALUE) {
      throw new KronosException.Exhausted(
          KronosException.message(
              "strings above 2 GiB", "vector", vector.getField(), "sizeBytes", sizeBytes));
    }
    return HostColumn.largeStrings(
        layout,
        validity,
        range(offsets, (rows + 1L) * Long.BYTES),
        new HostBuffer(vector.getDataBuffer().memoryAddress() + first, sizeBytes));
  }

  private static HostBuffer range(ArrowBuf buffer, long sizeBytes) {
    return new HostBuffer(buffer.memoryAddress(), sizeBytes);
  }
}

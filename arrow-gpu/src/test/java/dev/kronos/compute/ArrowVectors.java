// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import dev.kronos.expression.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.util.TransferPair;

/** Makes vectors of Java values, as expressions know them, and reads them back. */
final class ArrowVectors {
  private ArrowVectors() {}

  /** Makes a vector; the caller closes it. */
  static FieldVector of(String name, DataType type, List<?> values, BufferAllocator allocator) {
    FieldVector vector = ArrowColumns.vector(name, type, allocator);
    vector.setInitialCapacity(values.size());
    vector.allocateNew();
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) == null) {
        vector.setNull(i);
      } else {
        set(vector, i, values.get(i));
      }
    }
    vector.setValueCount(values.size());
    return vector;
  }

  /** Makes a vector that is a slice from an offset on of a larger one. */
  static FieldVector slice(int offset, DataType type, List<?> values, BufferAllocator allocator) {
    List<Object> longer = new ArrayList<>(Collections.nCopies(offset, null));
    if (offset > 0 && !values.isEmpty()) {
      longer.set(0, values.get(values.size() - 1));
    }
    longer.addAll(values);
    longer.addAll(Collections.nCopies(offset, null));
    try (FieldVector whole = of("v", type, longer, allocator)) {
      TransferPair pair = whole.getTransferPair(allocator);
      pair.splitAndTransfer(offset, values.size());
      return (FieldVector) pair.getTo();
    }
  }

  private static void set(FieldVector vector, int i, Object value) {
    if (vector instanceof BitVector bits) {
      bits.setSafe(i, (Boolean) value ? 1 : 0);
    } else if (vector instanceof TinyIntVector integers) {
      integers.setSafe(i, (Byte) value);
    } else if (vector instanceof SmallIntVector integers) {
      integers.setSafe(i, (Short) value);
    } else if (vector instanceof IntVector integers) {
      integers.setSafe(i, (Integer) value);
    } else if (vector instanceof BigIntVector integers) {
      integers.setSafe(i, (Long) value);
    } else if (vector instanceof DateDayVector days) {
      days.setSafe(i, (Integer) value);
    } else if (vector instanceof TimeStampVector times) {
      times.setSafe(i, (Long) value);
    } else if (vector instanceof Float4Vector numbers) {
      numbers.setSafe(i, (Float) value);
    } else if (vector instanceof Float8Vector numbers) {
      numbers.setSafe(i, (Double) value);
    } else if (vector instanceof DecimalVector decimals) {
      decimals.setSafe(i, new BigDecimal((BigInteger) value, decimals.getScale()));
    } else if (vector instanceof VarCharVector strings) {
      strings.setSafe(i, ((Utf8) value).bytes());
    } else {
      setCarried(vector, i, value);
    }
  }

  private static void setCarried(FieldVector vector, int i, Object value) {
    if (vector instanceof VarBinaryVector bytes) {
      bytes.setSafe(i, ((Utf8) value).bytes());
      return;
    }
    int width = ((BaseFixedWidthVector) vector).getTypeWidth();
    long bits = ((Number) value).longValue();
    for (int at = 0; at < width; at++) {
      vector.getDataBuffer().setByte((long) i * width + at, (byte) (bits >> (Byte.SIZE * at)));
    }
    BitVectorHelper.setBit(vector.getValidityBuffer(), i);
  }

  /** Reads all values; null is null. */
  static List<Object> read(FieldVector vector) {
    List<Object> values = new ArrayList<>(vector.getValueCount());
    for (int i = 0; i < vector.getValueCount(); i++) {
      values.add(RowValues.read(vector, i));
    }
    return values;
  }

  /** Returns the bytes of a vector of any type, a list a value, or null. */
  static List<List<Byte>> bytes(FieldVector vector) {
    List<List<Byte>> values = new ArrayList<>();
    for (int i = 0; i < vector.getValueCount(); i++) {
      values.add(vector.isNull(i) ? null : bytes(vector, i));
    }
    return values;
  }

  private static List<Byte> bytes(FieldVector vector, int i) {
    if (vector instanceof BitVector bits) {
      return List.of((byte) bits.get(i));
    }
    long begin = (long) i * width(vector);
    long end = begin + width(vector);
    if (vector instanceof BaseLargeVariableWidthVector) {
      begin = vector.getOffsetBuffer().getLong(8L * i);
      end = vector.getOffsetBuffer().getLong(8L * i + 8);
    } else if (width(vector) == 0) {
      begin = vector.getOffsetBuffer().getInt(4L * i);
      end = vector.getOffsetBuffer().getInt(4L * i + 4);
    }
    List<Byte> value = new ArrayList<>();
    for (long at = begin; at < end; at++) {
      value.add(vector.getDataBuffer().getByte(at));
    }
    return value;
  }

  private static int width(FieldVector vector) {
    return vector instanceof BaseFixedWidthVector fixed ? fixed.getTypeWidth() : 0;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import dev.kronos.expression.RowEvaluator;
import dev.kronos.expression.Utf8;
import dev.kronos.kernels.twin.Halves;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.arrow.vector.FieldVector;

/** Reads single values of Arrow vectors. */
final class ScalarReader {
  private ScalarReader() {}

  /** Returns the value at an index, from 0 to below the vector's count. */
  static Scalar read(FieldVector vector, int index) {
    DataType type = ArrowColumns.dataType(vector.getField().getType());
    return of(type, RowValues.read(vector, index));
  }

  /** Makes a scalar of a value as expressions know it. */
  static Scalar of(DataType type, Object value) {
    return new Scalar(type, widened(type, value));
  }

  /** Returns the value of an expression over no columns. */
  static Scalar evaluate(Expression expression) {
    Object value =
        RowEvaluator.evaluate(
            expression,
            column -> {
              throw new IllegalStateException("no such column: column=" + column);
            });
    return of(expression.type(), value);
  }

  private static Object widened(DataType type, Object value) {
    if (value != null && type.isUnsigned()) {
      return unsigned(type, (Number) value);
    } else if (value != null && type.equals(DataType.FLOAT16)) {
      return (double) Halves.toFloat((Short) value);
    } else if (value instanceof Utf8 bytes && type.equals(DataType.BINARY)) {
      return ByteBuffer.wrap(bytes.bytes()).asReadOnlyBuffer();
    } else if (value instanceof BigInteger unscaled) {
      return new BigDecimal(unscaled, type.scale());
    } else if (value instanceof Float number) {
      return number.doubleValue();
    } else if (value instanceof Utf8 text) {
      return text.toString();
    } else if (value instanceof Number integer && !type.isFloating()) {
      return integer.longValue();
    }
    return value;
  }

  private static Object unsigned(DataType type, Number bits) {
    return switch (type.kind()) {
      case UINT8 -> Byte.toUnsignedLong(bits.byteValue());
      case UINT16 -> Short.toUnsignedLong(bits.shortValue());
      case UINT32 -> Integer.toUnsignedLong(bits.intValue());
      default -> new BigInteger(Long.toUnsignedString(bits.longValue()));
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Utf8;
import dev.kronos.kernels.twin.Halves;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;

/** Turns scalars into constants of expressions. */
final class ScalarLiteral {
  private ScalarLiteral() {}

  static Literal of(Scalar scalar) {
    try {
      return new Literal(scalar.type(), scalar.isNull() ? null : value(scalar));
    } catch (IllegalArgumentException | ArithmeticException | ClassCastException e) {
      throw new KronosException.InvalidArgument(
          message("value is not one of its type", "scalar", scalar), e);
    }
  }

  private static Object value(Scalar scalar) {
    DataType type = scalar.type();
    return switch (type.kind()) {
      case INT8 -> (byte) integer(scalar, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case INT16 -> (short) integer(scalar, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT32, DATE -> (int) integer(scalar, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case FLOAT32 -> ((Double) scalar.value()).floatValue();
      case DECIMAL -> unscaled((BigDecimal) scalar.value(), type);
      case STRING -> Utf8.of((String) scalar.value());
      case BINARY -> Utf8.of(bytes((ByteBuffer) scalar.value()));
      case FLOAT16 -> Halves.ofDouble((Double) scalar.value());
      case UINT8 -> (byte) integer(scalar, 0, 0xFF);
      case UINT16 -> (short) integer(scalar, 0, 0xFFFF);
      case UINT32 -> (int) integer(scalar, 0, 0xFFFF_FFFFL);
      case UINT64 -> unsignedLong((BigInteger) scalar.value());
      case TIME32 -> (int) integer(scalar, Integer.MIN_VALUE, Integer.MAX_VALUE);
      default -> scalar.value();
    };
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static long unsignedLong(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
      throw new ArithmeticException("out of range");
    }
    return value.longValue();
  }

  private static long integer(Scalar scalar, long least, long greatest) {
    long value = (Long) scalar.value();
    if (value < least || value > greatest) {
      throw new ArithmeticException("out of range");
    }
    return value;
  }

  private static BigInteger unscaled(BigDecimal value, DataType type) {
    return value.setScale(type.scale(), RoundingMode.UNNECESSARY).unscaledValue();
  }
}

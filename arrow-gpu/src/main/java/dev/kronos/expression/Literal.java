// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;

/**
 * A constant. Generated code holds the place of a constant, not its value, except that a null is
 * part of the code.
 *
 * <p>Values, here and wherever rows are evaluated in Java: {@link Boolean}; {@link Byte}, {@link
 * Short}, {@link Integer}, {@link Long} for INT8 to INT64; {@link Float}; {@link Double}; Integer
 * for DATE; Long for TIMESTAMP and TIMESTAMP_NTZ; {@link BigInteger}, the unscaled value, for every
 * DECIMAL; {@link Utf8} for STRING. Values of types that are {@linkplain DataType#isCarried
 * carried} are those of their carriers.
 *
 * @param type type of the constant
 * @param value the value, or null
 */
public record Literal(DataType type, Object value) implements Expression {
  /** Longest string that is written out: those beyond are tables that kernels search. */
  private static final int SHOWN_BYTES = 1000;

  /** Checks that the value is of the class that the type asks for and fits the type. */
  public Literal {
    Objects.requireNonNull(type, "type");
    if (value != null && !valueClass(type).isInstance(value)) {
      throw new IllegalArgumentException(
          "literal of wrong class: type=" + type + " class=" + value.getClass().getName());
    }
    if (value instanceof BigInteger unscaled && !Decimals.fits(unscaled, type.precision())) {
      throw new IllegalArgumentException(
          "literal does not fit its type: type=" + type + " unscaled=" + unscaled);
    }
  }

  /** Makes the null of a type. */
  public static Literal ofNull(DataType type) {
    return new Literal(type, null);
  }

  /** Returns the class of the Java objects that stand for non-null values of {@code type}. */
  public static Class<?> valueClass(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> Boolean.class;
      case INT8 -> Byte.class;
      case INT16 -> Short.class;
      case INT32, DATE -> Integer.class;
      case INT64, TIMESTAMP, TIMESTAMP_NTZ -> Long.class;
      case FLOAT32 -> Float.class;
      case FLOAT64 -> Double.class;
      case DECIMAL -> BigInteger.class;
      case STRING -> Utf8.class;
      default -> valueClass(type.carrier());
    };
  }

  @Override
  public boolean nullable() {
    return value == null;
  }

  @Override
  public List<Expression> children() {
    return List.of();
  }

  private static String shown(Utf8 text) {
    return text.sizeBytes() > SHOWN_BYTES
        ? "string of " + text.sizeBytes() + " bytes"
        : "'" + text + "'";
  }

  @Override
  public String toString() {
    if (value == null) {
      return "null";
    }
    return switch (type.kind()) {
      case STRING -> shown((Utf8) value);
      case DECIMAL -> Decimals.scaled((BigInteger) value, type).toPlainString();
      case DATE, TIMESTAMP, TIMESTAMP_NTZ -> type + " " + value;
      default -> type.isCarried() ? type + " " + value : value.toString();
    };
  }
}

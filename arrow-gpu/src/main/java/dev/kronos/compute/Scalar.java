// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Literal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Holds one value with its type. Immutable.
 *
 * @param type the type of the value; not null
 * @param value a Boolean for booleans, a Long for integers, dates (days), timestamps
 *     (microseconds), times and durations (their units), a BigInteger for UINT64, a Double for
 *     floating point numbers, a BigDecimal for decimals, a String for strings, a ByteBuffer for
 *     bytes; null for null
 */
public record Scalar(DataType type, Object value) {

  /** Checks that there is a type. */
  public Scalar {
    Objects.requireNonNull(type, "type");
  }

  /** Makes an INT32. */
  public static Scalar of(int value) {
    return new Scalar(DataType.INT32, (long) value);
  }

  /** Makes an INT64. */
  public static Scalar of(long value) {
    return new Scalar(DataType.INT64, value);
  }

  /** Makes a FLOAT32. */
  public static Scalar of(float value) {
    return new Scalar(DataType.FLOAT32, (double) value);
  }

  /** Makes a FLOAT64. */
  public static Scalar of(double value) {
    return new Scalar(DataType.FLOAT64, value);
  }

  /** Makes bytes, of which it takes a copy. */
  public static Scalar of(byte[] value) {
    return new Scalar(DataType.BINARY, ByteBuffer.wrap(value.clone()).asReadOnlyBuffer());
  }

  /** Makes a BOOLEAN. */
  public static Scalar of(boolean value) {
    return new Scalar(DataType.BOOLEAN, value);
  }

  /** Makes a STRING. */
  public static Scalar of(String value) {
    return new Scalar(DataType.STRING, value);
  }

  /**
   * Returns the value as a constant of expressions.
   *
   * @throws KronosException.InvalidArgument when the value is not one of the type
   */
  public Literal literal() {
    return ScalarLiteral.of(this);
  }

  /** Returns whether the value is null. */
  public boolean isNull() {
    return value == null;
  }

  /**
   * Returns an integer, a date in days, a timestamp in microseconds, or a time or duration in its
   * unit.
   *
   * @throws KronosException.InvalidArgument when the value is null, of another kind, or a UINT64
   *     above the greatest long
   */
  public long asLong() {
    boolean fits = value instanceof BigInteger unsigned && unsigned.bitLength() < Long.SIZE;
    return fits ? ((BigInteger) value).longValue() : as(Long.class);
  }

  /**
   * Returns an integer of any type.
   *
   * @throws KronosException.InvalidArgument when the value is null or of another kind
   */
  public BigInteger asBigInteger() {
    return value instanceof Long integer ? BigInteger.valueOf(integer) : as(BigInteger.class);
  }

  /**
   * Returns a copy of bytes.
   *
   * @throws KronosException.InvalidArgument when the value is null or of another kind
   */
  public byte[] asBytes() {
    ByteBuffer buffer = as(ByteBuffer.class).duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /**
   * Returns a floating point number.
   *
   * @throws KronosException.InvalidArgument when the value is null or of another kind
   */
  public double asDouble() {
    return as(Double.class);
  }

  /**
   * Returns a decimal.
   *
   * @throws KronosException.InvalidArgument when the value is null or of another kind
   */
  public BigDecimal asDecimal() {
    return as(BigDecimal.class);
  }

  /**
   * Returns a boolean.
   *
   * @throws KronosException.InvalidArgument when the value is null or of another kind
   */
  public boolean asBoolean() {
    return as(Boolean.class);
  }

  /**
   * Returns a string.
   *
   * @throws KronosException.InvalidArgument when the value is null or of another kind
   */
  public String asString() {
    return as(String.class);
  }

  private <T> T as(Class<T> kind) {
    if (!kind.isInstance(value)) {
      throw new KronosException.InvalidArgument(
          message("scalar is something else", "wanted", kind.getSimpleName(), "scalar", this));
    }
    return kind.cast(value);
  }

  @Override
  public String toString() {
    return type + ":" + value;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import dev.kronos.expression.RowError;
import dev.kronos.expression.RowErrorException;
import dev.kronos.expression.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Says in plain Java what casts give for a value that is not null. */
final class CastOracle {
  private static final long DAY_MICROS = 86_400_000_000L;

  private CastOracle() {}

  static Object cast(DataType from, DataType to, Object value, boolean checked) {
    boolean count = isCount(from) || isCount(to) || isStored(from, to) || isStored(to, from);
    if (from.equals(to) || count || to.kind() == Kind.BINARY) {
      return value;
    }
    if (to.kind() == Kind.STRING) {
      return Utf8.of(OracleTypes.meaning(from, value).toString());
    }
    if (from.kind() == Kind.DATE) {
      BigInteger micros = big((Integer) value).multiply(big(DAY_MICROS));
      return fits(micros, 63) ? micros.longValue() : fail();
    }
    if (isTime(from)) {
      long micros = (Long) value;
      return to.kind() == Kind.DATE ? (Object) (int) Math.floorDiv(micros, DAY_MICROS) : value;
    }
    Object meaning = OracleTypes.meaning(from, value);
    return OracleTypes.isFloating(from)
        ? ofFloating(to, ((Number) meaning).doubleValue(), checked)
        : ofExact(to, exact(from, meaning), checked);
  }

  private static boolean isStored(DataType time, DataType integer) {
    return time.kind() == Kind.DATE
        ? integer.kind() == Kind.INT32
        : isTime(time) && integer.kind() == Kind.INT64;
  }

  private static boolean isCount(DataType type) {
    return type.kind() == Kind.TIME32 || type.kind() == Kind.TIME64 || type.kind() == Kind.DURATION;
  }

  private static boolean isTime(DataType type) {
    return type.kind() == Kind.TIMESTAMP || type.kind() == Kind.TIMESTAMP_NTZ;
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  private static boolean fits(BigInteger value, int bits) {
    return value.bitLength() <= bits;
  }

  private static Object fail() {
    throw new RowErrorException(RowError.CAST);
  }

  private static BigDecimal exact(DataType from, Object value) {
    if (value instanceof Boolean flag) {
      return flag ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    return from.isDecimal()
        ? new BigDecimal((BigInteger) value, from.scale())
        : new BigDecimal(OracleNumbers.big(value));
  }

  private static Object ofExact(DataType to, BigDecimal value, boolean checked) {
    return switch (to.kind()) {
      case BOOLEAN -> value.signum() != 0;
      case FLOAT32 ->
          value.scale() == 0 && fits(value.unscaledValue(), 63)
              ? (float) value.longValue()
              : value.floatValue();
      case FLOAT64 -> value.doubleValue();
      case FLOAT16 -> OracleTypes.stored(to, value.doubleValue());
      case DECIMAL -> decimal(to, value, checked);
      default -> integer(to, value.toBigInteger(), checked);
    };
  }

  private static Object decimal(DataType to, BigDecimal value, boolean checked) {
    BigInteger unscaled = value.setScale(to.scale(), RoundingMode.HALF_UP).unscaledValue();
    if (unscaled.abs().compareTo(BigInteger.TEN.pow(to.precision())) < 0) {
      return unscaled;
    }
    return checked ? fail() : null;
  }

  private static Object integer(DataType to, BigInteger value, boolean checked) {
    return checked && !OracleTypes.fits(to, value)
        ? fail()
        : ArrowOracle.box(to, value.longValue());
  }

  private static Object ofFloating(DataType to, double value, boolean checked) {
    return switch (to.kind()) {
      case BOOLEAN -> value != 0;
      case FLOAT32 -> (float) value;
      case FLOAT64 -> value;
      case FLOAT16 -> OracleTypes.stored(to, value);
      default -> checked ? truncated(to, value) : saturated(to, value);
    };
  }

  private static Object truncated(DataType to, double value) {
    if (!Double.isFinite(value)) {
      return fail();
    }
    return integer(to, new BigDecimal(value).toBigInteger(), true);
  }

  private static Object saturated(DataType to, double value) {
    boolean wide = to.kind() == Kind.INT64 || to.isUnsigned();
    return ArrowOracle.box(to, wide ? (long) value : (int) value);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.Cast;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Literal;
import dev.kronos.expression.RowError;
import dev.kronos.expression.RowErrorException;
import dev.kronos.expression.RowEvaluator;
import dev.kronos.expression.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Says what casts by text give. Of strings that are mostly none it asks the twin what they are;
 * {@link TextCastsTest} has those that are.
 */
final class OracleCasts {
  private static final DateTimeFormatter CLOCK =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern(" HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  private OracleCasts() {}

  static Object text(DataType type, Object value) {
    if (type.equals(DataType.DATE)) {
      return Utf8.of(OracleTimes.date(value).toString());
    }
    if (type.equals(DataType.TIMESTAMP_NTZ)) {
      LocalDateTime clock = OracleTimes.clock(value);
      return Utf8.of(CLOCK.format(clock));
    }
    return Utf8.of(
        type.isDecimal()
            ? new BigDecimal((BigInteger) value, type.scale()).toPlainString()
            : value.toString());
  }

  private static Object parsed(DataType to, Object text, ErrorMode mode) {
    Literal literal = new Literal(DataType.STRING, text);
    return RowEvaluator.evaluate(new Cast(literal, to, mode), column -> null);
  }

  private static Object decimal(DataType to, Object number) {
    double value = ((Number) number).doubleValue();
    if (!Double.isFinite(value)) {
      throw new RowErrorException(RowError.CAST);
    }
    BigInteger unscaled =
        BigDecimal.valueOf(value).setScale(to.scale(), RoundingMode.HALF_UP).unscaledValue();
    if (unscaled.abs().compareTo(BigInteger.TEN.pow(to.precision())) >= 0) {
      throw new RowErrorException(RowError.CAST);
    }
    return unscaled;
  }

  static List<ParameterCase> cases() {
    List<ParameterCase> cases = new ArrayList<>();
    for (DataType to :
        List.of(
            DataType.BOOLEAN,
            DataType.INT8,
            DataType.INT64,
            DataType.FLOAT64,
            DataType.decimal(9, 2),
            DataType.DATE)) {
      cases.add(
          ParameterCase.of(
              "" + to, TextCasts.parse(to), (t, v) -> parsed(to, v.get(0), ErrorMode.ANSI)));
      cases.add(
          ParameterCase.of(
              "" + to, TextCasts.parseOrNull(to), (t, v) -> parsed(to, v.get(0), ErrorMode.NULL)));
    }
    for (DataType to : List.of(DataType.decimal(9, 2), DataType.decimal(38, 18))) {
      cases.add(
          ParameterCase.of("" + to, TextCasts.decimalWritten(to), (t, v) -> decimal(to, v.get(0))));
    }
    return cases;
  }
}

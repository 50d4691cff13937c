// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;
import java.util.function.Function;

/**
 * Lists readings of times that are written as Spark's casts take them: a year of four to six digits
 * after a sign or none, perhaps a month, a day, and behind a space or T an hour, minutes, seconds,
 * a fraction of which six digits count, and a zone. Behind T, or with minutes, the hour may come
 * first; it is one of today. White space and control characters at the ends do not count.
 */
public enum TimeTextFunction implements ScalarFunction {
  /**
   * The instant of a text. Further operands: the instant that tells today; the {@link ZoneTable} of
   * the zone of texts that name none; the {@link ZoneDirectory} of those that are named.
   */
  INSTANT(
      Signature.of(
          DataType.TIMESTAMP,
          DataType.STRING,
          DataType.TIMESTAMP,
          DataType.STRING,
          DataType.STRING),
      RowTimeTexts::instant),
  /**
   * The wall clock of a text, which must have a date; a zone is left out. Further operand: the
   * {@link ZoneDirectory} that such a zone must be in.
   */
  CLOCK(
      Signature.of(DataType.TIMESTAMP_NTZ, DataType.STRING, DataType.STRING), RowTimeTexts::clock);

  private final Definition definition;

  TimeTextFunction(Signature signature, Function<List<Object>, Object> java) {
    definition = new Definition(signature, Failure.BY_MODE, java);
  }

  @Override
  public Definition definition() {
    return definition;
  }

  @Override
  public String family() {
    return "time_text";
  }
}

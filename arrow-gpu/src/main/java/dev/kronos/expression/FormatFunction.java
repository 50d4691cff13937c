// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static dev.kronos.column.DataType.STRING;
import static dev.kronos.column.DataType.TIMESTAMP_NTZ;

import dev.kronos.column.DataType;
import java.util.List;
import java.util.function.Function;

/** Lists functions between wall clocks, their parts, and strings by a {@link TimePattern}. */
public enum FormatFunction implements ScalarFunction {
  /** A wall clock by the pattern that is given second, as java.time writes it. */
  WRITE(Failure.NEVER, RowFormats::write, STRING, TIMESTAMP_NTZ, STRING),
  /**
   * The wall clock of a string, all of it, by the pattern that is given second, as java.time reads
   * it when it is strict; fails where it is none. Parts that the pattern lacks are those of the
   * start of 1970.
   */
  READ(Failure.BY_MODE, RowFormats::read, TIMESTAMP_NTZ, STRING, STRING),
  /**
   * The wall clock of a year, a month, a day, an hour, a minute and seconds with microseconds;
   * fails where it is none. Of seconds 60 alone is that of the next minute.
   */
  MAKE_CLOCK(
      Failure.BY_MODE,
      RowFormats::make,
      TIMESTAMP_NTZ,
      DataType.INT32,
      DataType.INT32,
      DataType.INT32,
      DataType.INT32,
      DataType.INT32,
      DataType.decimal(16, 6)),
  /** Whole months from the first wall clock to the second, INT64, towards zero. */
  MONTHS(Failure.NEVER, RowFormats::months, DataType.INT64, TIMESTAMP_NTZ, TIMESTAMP_NTZ);

  private final Definition definition;

  FormatFunction(
      Failure failure, Function<List<Object>, Object> java, DataType type, DataType... operands) {
    definition = new Definition(Signature.of(type, operands), failure, java);
  }

  @Override
  public Definition definition() {
    return definition;
  }

  @Override
  public boolean makesText() {
    return this == WRITE;
  }

  @Override
  public String family() {
    return "format";
  }
}

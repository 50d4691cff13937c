// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Utf8;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads texts that are values, or nearly so, and what is written back. */
class TextCastsTest {
  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  static Stream<DataType> writtenTypes() {
    return NastyRows.TYPES.stream().filter(TypeGroup.WRITTEN::contains);
  }

  private static FieldVector vector(DataType type, List<Object> values) {
    return ArrowVectors.of("v", type, values, open.kronos().allocator());
  }

  /** The bits come back, of NaN those of the canonical one. */
  @ParameterizedTest
  @MethodSource("writtenTypes")
  void textsAreReadAsWhatWasWritten(DataType type) {
    Conversions conversions = new Conversions(open.kronos());
    List<Object> values = NastyRows.columns(List.of(type), 2500, NastyRows.Nulls.SOME, 7).get(0);
    try (FieldVector vector = vector(type, values);
        FieldVector texts = conversions.toText(vector);
        FieldVector read = conversions.parse(texts, type)) {
      assertThat(ArrowVectors.read(read)).isEqualTo(values.stream().map(this::canonical).toList());
    }
  }

  private Object canonical(Object value) {
    if (value instanceof Float number) {
      return Float.intBitsToFloat(Float.floatToIntBits(number));
    }
    return value instanceof Double number
        ? (Object) Double.longBitsToDouble(Double.doubleToLongBits(number))
        : value;
  }

  static Stream<Arguments> texts() {
    BigInteger cents = BigInteger.valueOf(-1235);
    return Stream.of(
        Arguments.of(DataType.INT8, " +127\t", (byte) 127, List.of("128", "1.0", "", "-", "0x1")),
        Arguments.of(DataType.INT64, "-9223372036854775808", Long.MIN_VALUE, List.of("1e3", "é")),
        Arguments.of(DataType.UINT8, " +255", (byte) 255, List.of("256", "-1", "1.0", "")),
        Arguments.of(DataType.UINT16, "65535", (short) -1, List.of("65536", "-32768", "x")),
        Arguments.of(
            DataType.UINT32,
            "4294967295",
            -1,
            List.of("4294967296", "-1", "-9223372036854775808", "9223372036854775808")),
        Arguments.of(
            DataType.UINT64,
            " +018446744073709551615 ",
            -1L,
            List.of("18446744073709551616", "-1", "1.0", "1e3", "1E0", ".", "", "+", "é", "inf")),
        Arguments.of(DataType.UINT64, "-0", 0L, List.of("9".repeat(40), "1 2", "0x1")),
        Arguments.of(DataType.FLOAT16, "65519", (short) 0x7BFF, List.of("1e", "", "é")),
        Arguments.of(DataType.FLOAT16, "-inf", (short) 0xFC00, List.of("--1")),
        Arguments.of(DataType.BOOLEAN, "YeS", true, List.of("tru", "2", "")),
        Arguments.of(DataType.decimal(9, 2), "-12.345", cents, List.of("12345678.00", "x", "inf")),
        Arguments.of(DataType.FLOAT64, "-1e-3", -0.001, List.of("1e", "", "0x")),
        Arguments.of(DataType.FLOAT32, " inf ", Float.POSITIVE_INFINITY, List.of("in", "--1")),
        Arguments.of(DataType.DATE, "1970-1-2 x", 1, List.of("1970-02-30", "70-01-01", "1970-")),
        Arguments.of(
            DataType.TIMESTAMP,
            "1970-01-01T00:00:01.5+05:00",
            1_500_000L - TimeUnit.HOURS.toMicros(5),
            List.of("00:00:01", "T00:00:01", "1970-01-01 25:00:00", "1970-01-01 00:00:00 CET", "")),
        Arguments.of(
            DataType.TIMESTAMP, " 1970-01-02", TimeUnit.DAYS.toMicros(1), List.of("1970-13", "é")),
        Arguments.of(
            DataType.TIMESTAMP,
            "-290308-12-21 19:59:05.224192Z",
            Long.MIN_VALUE,
            List.of("-290308-12-21 19:59:05.224191Z", "294247-01-10 04:00:54.775808")),
        Arguments.of(
            DataType.TIMESTAMP_NTZ,
            "1970-01-01T00:00:01.5+05:00",
            1_500_000L,
            List.of("00:00:01", "1970-01-01 25:00:00", "1970-01-01 00:00:00 Mars/Phobos")));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void textsAreValuesOrNot(DataType type, String text, Object value, List<String> others) {
    Conversions conversions = new Conversions(open.kronos());
    List<Object> rows = new ArrayList<>(Arrays.asList(Utf8.of(text), null));
    others.forEach(other -> rows.add(Utf8.of(other)));
    List<Object> expected = new ArrayList<>(Arrays.asList(value, null));
    others.forEach(other -> expected.add(null));
    try (FieldVector texts = vector(DataType.STRING, rows);
        FieldVector read = conversions.parseOrNull(texts, type)) {
      assertThat(ArrowVectors.read(read)).isEqualTo(expected);
      assertThatThrownBy(() -> conversions.parse(texts, type).close())
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("row has no result: function=parse, row=2, error=");
    }
  }

  @Test
  void otherTypesAreRefused() {
    for (DataType type : List.of(DataType.BINARY, DataType.STRING)) {
      assertThatThrownBy(() -> TextCasts.parse(type))
          .isInstanceOf(KronosException.Unsupported.class)
          .hasMessageStartingWith("text is not read as this type: ");
    }
    assertThatThrownBy(() -> TextCasts.decimalWritten(DataType.INT32))
        .isInstanceOf(KronosException.Unsupported.class);
  }
}

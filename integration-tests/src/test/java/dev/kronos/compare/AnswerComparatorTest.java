// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes one cell of each type and expects the comparator to see it. */
class AnswerComparatorTest {
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "bo BOOLEAN, by TINYINT, sh SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE,"
              + " m DECIMAL(20,2), s STRING, da DATE, ts TIMESTAMP, tn TIMESTAMP_NTZ");

  private static final List<Object> ROW =
      List.of(
          true,
          (byte) 1,
          (short) 2,
          3,
          4L,
          1.5f,
          2.5,
          new BigDecimal("1.20"),
          "x",
          Date.valueOf("2026-11-22"),
          Timestamp.valueOf("2026-11-22 01:02:03.000004"),
          LocalDateTime.parse("2026-11-22T01:02:03.000004"));

  private static final List<Object> OTHER =
      List.of(
          false,
          (byte) 2,
          (short) 3,
          4,
          5L,
          1.6f,
          2.6,
          new BigDecimal("1.21"),
          "y",
          Date.valueOf("2026-11-23"),
          Timestamp.valueOf("2026-11-22 01:02:03.000005"),
          LocalDateTime.parse("2026-11-22T01:02:03.000005"));

  static IntStream columns() {
    return IntStream.range(0, ROW.size());
  }

  @Test
  void equalAnswersHaveNoDifference() {
    assertThat(AnswerComparator.difference(answer(ROW, OTHER), answer(ROW, OTHER))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("columns")
  void oneChangedCellIsSeen(int column) {
    assertThat(AnswerComparator.difference(answer(ROW), answer(with(column, OTHER.get(column)))))
        .hasValueSatisfying(text -> assertThat(text).contains(SCHEMA.fields()[column].name()));
  }

  @ParameterizedTest
  @MethodSource("columns")
  void aNullCellIsSeen(int column) {
    assertThat(AnswerComparator.difference(answer(ROW), answer(with(column, null)))).isPresent();
    assertThat(AnswerComparator.difference(answer(with(column, null)), answer(ROW))).isPresent();
  }

  @Test
  void scaleOfADecimalMatters() {
    Answer rescaled = answer(with(7, new BigDecimal("1.200")));
    assertThat(AnswerComparator.difference(answer(ROW), rescaled)).isPresent();
  }

  @Test
  void specialFloatsAreTold() {
    Answer nan = answer(with(6, Double.NaN));
    assertThat(AnswerComparator.difference(nan, nan)).isEmpty();
    assertThat(AnswerComparator.difference(nan, answer(with(6, Double.POSITIVE_INFINITY))))
        .isPresent();
    assertThat(AnswerComparator.difference(answer(with(6, 1.0)), answer(with(6, 1.0 + 1e-7))))
        .isPresent();
    assertThat(AnswerComparator.difference(answer(with(6, 1.0)), answer(with(6, 1.0 + 1e-12))))
        .isEmpty();
  }

  @Test
  void rowsMissingOrSwappedAreSeen() {
    assertThat(AnswerComparator.difference(answer(ROW, OTHER), answer(ROW))).isPresent();
    assertThat(AnswerComparator.difference(answer(ROW, OTHER), answer(OTHER, ROW))).isPresent();
    assertThat(AnswerComparator.differenceInAnyOrder(answer(ROW, OTHER), answer(OTHER, ROW)))
        .isEmpty();
  }

  @Test
  void typesMatter() {
    Answer other = new Answer(SCHEMA.add("more", "int"), List.of());
    assertThat(AnswerComparator.difference(new Answer(SCHEMA, List.of()), other)).isPresent();
  }

  @Test
  void jsonKeepsEveryCell() {
    Answer answer = answer(ROW, with(6, Double.NaN), with(7, null), OTHER);
    Answer read = AnswerFile.fromJson(AnswerFile.toJson(answer));
    assertThat(AnswerComparator.difference(answer, read)).isEmpty();
  }

  private static List<Object> with(int column, Object value) {
    List<Object> row = new ArrayList<>(ROW);
    row.set(column, value);
    return row;
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Answer answer(List<Object>... rows) {
    return new Answer(SCHEMA, Arrays.asList(rows));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.spark.catalyst.TypeTranslator;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes one cell of each type and expects the comparator to see it. */
class AnswerComparatorTest {
  /** Lists the supported types, decimals in each width, with two values as close as can be. */
  private static final List<Column> COLUMNS =
      List.of(
          new Column("BOOLEAN", true, false),
          new Column("TINYINT", (byte) 127, (byte) 126),
          new Column("SMALLINT", (short) 32767, (short) 32766),
          new Column("INT", 2147483647, 2147483646),
          new Column("BIGINT", 9223372036854775807L, 9223372036854775806L),
          new Column("FLOAT", 1.5f, 1.50001f),
          new Column("DOUBLE", 2.5, 2.50000001),
          new Column("DECIMAL(9,2)", decimal("1.20"), decimal("1.21")),
          new Column(
              "DECIMAL(18,2)", decimal("9999999999999999.98"), decimal("9999999999999999.99")),
          new Column(
              "DECIMAL(38,10)",
              decimal("9999999999999999999999999999.9999999998"),
              decimal("9999999999999999999999999999.9999999999")),
          new Column("STRING", "x", "x "),
          new Column("BINARY", new byte[] {1, -1}, new byte[] {1, -2}),
          new Column("DATE", Date.valueOf("2026-11-22"), Date.valueOf("2026-11-23")),
          new Column(
              "TIMESTAMP",
              Timestamp.valueOf("2026-11-22 01:02:03.000004"),
              Timestamp.valueOf("2026-11-22 01:02:03.000005")),
          new Column(
              "TIMESTAMP_NTZ",
              LocalDateTime.parse("2026-11-22T01:02:03.000004"),
              LocalDateTime.parse("2026-11-22T01:02:03.000005")));

  private static final StructType SCHEMA = schema();
  private static final List<Object> ROW = COLUMNS.stream().map(Column::value).toList();
  private static final List<Object> OTHER = COLUMNS.stream().map(Column::other).toList();
  private static final int DOUBLE = SCHEMA.fieldIndex("double");
  private static final int DECIMAL = SCHEMA.fieldIndex("decimal(9,2)");

  /** Holds a type and two different values of it. */
  private record Column(String type, Object value, Object other) {}

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  private static StructType schema() {
    StructType schema = new StructType();
    for (Column column : COLUMNS) {
      schema = schema.add(column.type().toLowerCase(Locale.ROOT), column.type());
    }
    return schema;
  }

  static IntStream columns() {
    return IntStream.range(0, ROW.size());
  }

  @Test
  void equalAnswersHaveNoDifference() {
    assertThat(AnswerComparator.difference(answer(ROW, OTHER), answer(ROW, OTHER))).isEmpty();
  }

  /** A type that the plugin takes up fails here until it has its column. */
  @Test
  void everySupportedTypeHasItsColumn() {
    List<DataType> here = Arrays.stream(SCHEMA.fields()).map(StructField::dataType).toList();
    assertThat(simpleTypes().filter(type -> TypeTranslator.translate(type).isPresent()))
        .isNotEmpty()
        .isSubsetOf(here);
    assertThat(here).allMatch(type -> TypeTranslator.translate(type).isPresent());
  }

  /** Returns Spark's types without parameters. */
  private static Stream<DataType> simpleTypes() {
    return Arrays.stream(DataTypes.class.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .map(AnswerComparatorTest::value)
        .filter(DataType.class::isInstance)
        .map(DataType.class::cast);
  }

  private static Object value(Field constant) {
    try {
      return constant.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("columns")
  void oneChangedCellIsSeen(int column) {
    Answer changed = answer(with(column, OTHER.get(column)));
    assertThat(AnswerComparator.difference(answer(ROW), changed))
        .hasValueSatisfying(text -> assertThat(text).contains(SCHEMA.fields()[column].name()));
    assertThat(AnswerComparator.differenceInAnyOrder(answer(ROW), changed)).isPresent();
  }

  @Test
  void arraysOfTheSameBytesAreEqual() {
    StructType schema = StructType.fromDDL("b BINARY");
    Answer bytes = new Answer(schema, List.of(List.of(new byte[] {1, 2})));
    Answer same = new Answer(schema, List.of(List.of(new byte[] {1, 2})));
    assertThat(AnswerComparator.difference(bytes, same)).isEmpty();
    assertThat(AnswerComparator.differenceInAnyOrder(bytes, same)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("columns")
  void aNullCellIsSeen(int column) {
    assertThat(AnswerComparator.difference(answer(ROW), answer(with(column, null)))).isPresent();
    assertThat(AnswerComparator.difference(answer(with(column, null)), answer(ROW))).isPresent();
  }

  @Test
  void scaleOfADecimalMatters() {
    Answer rescaled = answer(with(DECIMAL, new BigDecimal("1.200")));
    assertThat(AnswerComparator.difference(answer(ROW), rescaled)).isPresent();
  }

  @Test
  void specialFloatsAreTold() {
    Answer nan = answer(with(DOUBLE, Double.NaN));
    assertThat(AnswerComparator.difference(nan, nan)).isEmpty();
    assertThat(AnswerComparator.difference(nan, answer(with(DOUBLE, Double.POSITIVE_INFINITY))))
        .isPresent();
    assertThat(
            AnswerComparator.difference(
                answer(with(DOUBLE, 1.0)), answer(with(DOUBLE, 1.0 + 1e-7))))
        .isPresent();
    assertThat(
            AnswerComparator.difference(
                answer(with(DOUBLE, 1.0)), answer(with(DOUBLE, 1.0 + 1e-12))))
        .isEmpty();
  }

  @Test
  void signsOfZerosAreTold() {
    for (String type : List.of("double", "float")) {
      int column = SCHEMA.fieldIndex(type);
      boolean wide = column == DOUBLE;
      Answer zero = answer(with(column, wide ? (Object) 0.0 : (Object) 0.0f));
      Answer minusZero = answer(with(column, wide ? (Object) (-0.0) : (Object) (-0.0f)));
      assertThat(AnswerComparator.difference(zero, zero)).isEmpty();
      assertThat(AnswerComparator.difference(minusZero, minusZero)).isEmpty();
      assertThat(AnswerComparator.difference(zero, minusZero)).isPresent();
      assertThat(AnswerComparator.differenceInAnyOrder(minusZero, zero)).isPresent();
    }
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
    Answer answer = answer(ROW, with(DOUBLE, Double.NaN), with(DECIMAL, null), OTHER);
    Answer read = AnswerFile.fromJson(AnswerFile.toJson(answer));
    assertThat(AnswerComparator.difference(answer, read)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("columns")
  void digestsTellOneCellApart(int column) {
    String digest = AnswerFile.sha256(answer(ROW, OTHER));
    assertThat(AnswerFile.sha256(answer(new ArrayList<>(ROW), OTHER))).isEqualTo(digest);
    assertThat(AnswerFile.sha256(answer(with(column, OTHER.get(column)), OTHER)))
        .isNotEqualTo(digest);
    assertThat(AnswerFile.sha256(answer(with(column, null), OTHER))).isNotEqualTo(digest);
    assertThat(AnswerFile.sha256(answer(OTHER, ROW))).isNotEqualTo(digest);
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

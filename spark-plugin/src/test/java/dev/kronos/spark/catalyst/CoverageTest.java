// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.column.DataType;
import dev.kronos.operator.aggregate.HashAggregate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.Option;

/** Holds the coverage that catalogues state, and the documentation shows, against translation. */
class CoverageTest {
  private static final List<AttributeReference> COLUMNS =
      List.of(
          SparkColumns.BOOL,
          SparkColumns.BYTE,
          SparkColumns.nullable("short", DataTypes.ShortType),
          SparkColumns.INT,
          SparkColumns.LONG,
          SparkColumns.nullable("float", DataTypes.FloatType),
          SparkColumns.DOUBLE,
          SparkColumns.DATE,
          SparkColumns.TIMESTAMP,
          SparkColumns.nullable("ntz", DataTypes.TimestampNTZType),
          SparkColumns.MONEY,
          SparkColumns.WIDE,
          SparkColumns.STRING,
          SparkColumns.BINARY);

  static Stream<AttributeReference> columns() {
    return COLUMNS.stream();
  }

  static Stream<CatalogLine> expressions() {
    return ExpressionCatalog.standard().lines().stream();
  }

  static Stream<CatalogLine> aggregates() {
    return AggregateCatalog.lines().stream();
  }

  @Test
  void columnsAreOfEveryType() {
    assertThat(columns().map(c -> type(c).kind()).distinct())
        .containsExactlyInAnyOrderElementsOf(
            TypeTranslator.types().stream().map(DataType::kind).toList());
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void expressionsTranslateForTheStatedTypesOnly(CatalogLine line) {
    for (AttributeReference column : COLUMNS) {
      ExpressionTranslator translator =
          new ExpressionTranslator(List.of(column, SparkColumns.BOOL));
      Expression sample = CatalogSamples.EXPRESSIONS.get(line.name()).apply(column);
      Optional<String> obstacle = translator.translate(sample).obstacle();
      assertStated(line, column, obstacle);
    }
  }

  @ParameterizedTest
  @MethodSource("aggregates")
  void functionsTranslateForTheStatedTypesOnly(CatalogLine line) {
    for (AttributeReference column : COLUMNS) {
      AggregateFunction function = CatalogSamples.AGGREGATES.get(line.name()).apply(column);
      Translation<TranslatedAggregate> translation =
          SparkAggregates.translation(
              SparkAggregates.partial(List.of(column), function), List.of(column));
      Optional<String> obstacle =
          translation.obstacle().or(() -> HashAggregate.unsupported(translation.orThrow().spec()));
      assertStated(line, column, obstacle);
    }
  }

  private static void assertStated(
      CatalogLine line, AttributeReference column, Optional<String> obstacle) {
    String subject = line.name() + " of " + type(column);
    boolean byProcessor =
        line.coverage().restrictions().contains(PowerRules.PROCESSOR)
            && Runtime.version().feature() >= PowerRules.PROCESSORS_JAVA;
    if (line.coverage().types().contains(type(column)) && !byProcessor) {
      assertThat(obstacle).as(subject).isEmpty();
    } else {
      List<String> reasons =
          Stream.concat(line.coverage().restrictions().stream(), Stream.of(Coverage.OPERAND_TYPE))
              .map(Restriction::reason)
              .toList();
      assertThat(obstacle).as(subject).isPresent();
      assertThat(reasons).as(subject).anyMatch(obstacle.orElseThrow()::startsWith);
    }
  }

  @ParameterizedTest
  @MethodSource("columns")
  void castsTranslateAsTheTableSays(AttributeReference from) {
    for (AttributeReference to : COLUMNS) {
      boolean supported = ExpressionCatalog.standard().casts(type(from), type(to));
      assertThat(castIn("UTC", from, to).isEmpty())
          .as("%s to %s in UTC", type(from), type(to))
          .isEqualTo(supported);
      assertThat(castIn("Europe/Paris", from, to).isEmpty())
          .as("%s to %s elsewhere", type(from), type(to))
          .isEqualTo(supported);
    }
  }

  @Test
  void everyLineHasASample() {
    assertThat(CatalogSamples.EXPRESSIONS.keySet())
        .containsExactlyInAnyOrderElementsOf(expressions().map(CatalogLine::name).toList());
    assertThat(CatalogSamples.AGGREGATES.keySet())
        .containsExactlyInAnyOrderElementsOf(aggregates().map(CatalogLine::name).toList());
  }

  private static Optional<String> castIn(
      String zone, AttributeReference from, AttributeReference to) {
    return new ExpressionTranslator(List.of(from))
        .translate(new Cast(from, to.dataType(), Option.apply(zone), EvalMode.ANSI()))
        .obstacle();
  }

  private static DataType type(AttributeReference column) {
    return TypeTranslator.requireName(column.dataType());
  }
}

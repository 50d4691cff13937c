// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.column.DataType;
import dev.kronos.operator.aggregate.AggregateCall;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkArithmeticException;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateMode;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.BloomFilterAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.Complete$;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.Final$;
import org.apache.spark.sql.catalyst.expressions.aggregate.First;
import org.apache.spark.sql.catalyst.expressions.aggregate.Last;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Partial$;
import org.apache.spark.sql.catalyst.expressions.aggregate.PartialMerge$;
import org.apache.spark.sql.catalyst.expressions.aggregate.Product;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class AggregateTranslatorTest {

  @Test
  void countsInOneCallWithoutProjection() {
    TranslatedAggregate translated = translate(partial(new Count(seq(SparkColumns.COUNT))));

    assertThat(calls(translated)).containsExactly("COUNT(null)");
    assertThat(translated.toOutput()).isEmpty();
  }

  @Test
  void countsRowsWithoutNulls() {
    TranslatedAggregate translated =
        translate(partial(new Count(seq(SparkColumns.INT, SparkColumns.LONG))));

    assertThat(calls(translated))
        .containsExactly(
            "COUNT(case when ((#2 is not null) and (#3 is not null)) then true else null end)");
  }

  @Test
  void decimalSumsGiveSparksBuffer() {
    TranslatedAggregate translated = translate(partial(new Sum(SparkColumns.MONEY)));

    assertThat(calls(translated)).containsExactly("SUM(#8)", "SEEN(#8)");
    assertThat(translated.buffers().expressions())
        .extracting(dev.kronos.expression.Expression::type)
        .containsExactly(DataType.decimal(25, 2), DataType.BOOLEAN);
    assertThat(translated.toOutput()).isPresent();
  }

  @Test
  void averagesShareTheirCallsWithSums() {
    TranslatedAggregate translated =
        translate(
            partial(
                new Sum(SparkColumns.MONEY),
                new Average(SparkColumns.MONEY),
                new Count(seq(SparkColumns.MONEY))));

    assertThat(calls(translated).stream().filter("SUM(#8)"::equals)).hasSize(1);
    assertThat(translated.functionOfCall()).startsWith(0, 0, 1);
  }

  @Test
  void bufferTypesAreSparks() {
    AggregateShape shape =
        partial(
            new Sum(SparkColumns.INT),
            new Average(SparkColumns.LONG),
            new Average(SparkColumns.MONEY),
            new Max(SparkColumns.DATE));

    assertThat(translate(shape).buffers().expressions())
        .extracting(dev.kronos.expression.Expression::type)
        .containsExactlyElementsOf(
            shape.bufferAttributes().stream()
                .map(a -> TypeTranslator.require(a.dataType()))
                .toList());
  }

  @Test
  void filtersAreConditionsOfTheCalls() {
    AggregateShape shape =
        SparkAggregates.filtered(
            SparkColumns.ALL,
            new GreaterThan(SparkColumns.INT, Literal.create(5, DataTypes.IntegerType)),
            new Count(seq(Literal.create(1, DataTypes.IntegerType))),
            new Sum(SparkColumns.LONG));

    assertThat(translate(shape).spec().calls())
        .extracting(call -> text(call) + " where " + call.condition())
        .containsExactly("COUNT(null) where (#2 > 5)", "SUM(#3) where (#2 > 5)");
  }

  @Test
  void firstLooksAtValuesWhereNullsAreIgnored() {
    AggregateShape shape =
        partial(new First(SparkColumns.INT, false), new Last(SparkColumns.INT, true));

    assertThat(translate(shape).spec().calls())
        .extracting(call -> text(call) + " where " + call.condition())
        .containsExactly(
            "FIRST(#2) where null",
            "SEEN(true) where null",
            "LAST(#2) where (#2 is not null)",
            "SEEN(case when (#2 is not null) then true else null end) where null");
  }

  @Test
  void eachFunctionHasAModeOfItsOwn() {
    Sum merged = new Sum(SparkColumns.LONG);
    List<Attribute> input = new ArrayList<>(List.of(SparkColumns.INT));
    input.addAll(ScalaCollections.<Attribute>list(merged.inputAggBufferAttributes()));
    AggregateShape shape =
        SparkAggregates.mixed(
            input,
            List.of(PartialMerge$.MODULE$, Partial$.MODULE$),
            merged,
            new Count(seq(SparkColumns.INT)));

    assertThat(calls(translate(shape, input)))
        .containsExactly("SUM(#1)", "COUNT(case when (#0 is not null) then true else null end)");
    assertThat(shape.isPartial()).isTrue();
  }

  @Test
  void buffersAndResultsDoNotLeaveTogether() {
    Sum last = new Sum(SparkColumns.LONG);
    List<Attribute> input = new ArrayList<>(List.of(SparkColumns.INT));
    input.addAll(ScalaCollections.<Attribute>list(last.inputAggBufferAttributes()));
    AggregateShape shape =
        SparkAggregates.mixed(
            input,
            List.of(Final$.MODULE$, Partial$.MODULE$),
            last,
            new Count(seq(SparkColumns.INT)));

    assertThat(SparkAggregates.translation(shape, input).obstacle())
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .startsWith("aggregation gives partial and final results at once"));
  }

  @Test
  void finalModeEvaluatesResults() {
    Sum sum = new Sum(SparkColumns.MONEY);
    List<Attribute> input = ScalaCollections.list(sum.inputAggBufferAttributes());

    TranslatedAggregate translated =
        translate(SparkAggregates.shape(input, Final$.MODULE$, sum), input);

    assertThat(translated.results()).hasSize(2);
    assertThat(translated.toOutput().orElseThrow().outputTypes())
        .containsExactly(DataType.decimal(25, 2));
  }

  /** Opaque functions name their buffers anew where they are read from bytes. */
  @Test
  void bloomFiltersAreKnownOnExecutorsToo() throws IOException, ClassNotFoundException {
    BloomFilterAggregate filter = new BloomFilterAggregate(SparkColumns.LONG, 100);
    List<Attribute> input = ScalaCollections.list(filter.inputAggBufferAttributes());
    for (AggregateMode mode : List.of(PartialMerge$.MODULE$, Final$.MODULE$)) {
      AggregateShape shape = copied(SparkAggregates.shape(input, mode, filter));
      TranslatedAggregate translated = translate(shape, input);
      assertThat(calls(translated)).containsExactly("BLOOM_UNION(#0)");
      assertThat(translated.toOutput().isPresent()).isEqualTo(mode == Final$.MODULE$);
    }
    AggregateShape partial = copied(partial(filter));
    assertThat(calls(translate(partial))).containsExactly("BLOOM_FILTER(#3)");
    assertThat(translate(partial).toOutput()).isEmpty();
  }

  private static AggregateShape copied(AggregateShape shape)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(shape);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (AggregateShape) in.readObject();
    }
  }

  @Test
  void saysWhyAFunctionStaysOnTheCpu() {
    AggregateShape shape = partial(new Product(SparkColumns.DOUBLE));

    assertThat(SparkAggregates.translation(shape, SparkColumns.ALL).obstacle())
        .contains("aggregate function is not supported: Product");
  }

  @Test
  void overflowIsSparksOwn() {
    AggregateShape shape =
        SparkAggregates.shape(SparkColumns.ALL, Complete$.MODULE$, new Sum(SparkColumns.LONG));

    assertThatThrownBy(() -> new AggregateReplay(shape).overflow(0))
        .isInstanceOf(SparkArithmeticException.class)
        .hasMessageContaining("ARITHMETIC_OVERFLOW");
  }

  private static TranslatedAggregate translate(AggregateShape shape) {
    return translate(shape, SparkColumns.ALL);
  }

  private static TranslatedAggregate translate(AggregateShape shape, List<Attribute> source) {
    return SparkAggregates.translation(shape, source).orThrow();
  }

  private static List<String> calls(TranslatedAggregate translated) {
    return translated.spec().calls().stream().map(AggregateTranslatorTest::text).toList();
  }

  private static String text(AggregateCall call) {
    return call.function() + "(" + call.argument() + ")";
  }

  private static AggregateShape partial(AggregateFunction... functions) {
    return SparkAggregates.partial(SparkColumns.ALL, functions);
  }

  private static scala.collection.immutable.Seq<Expression> seq(Expression... expressions) {
    return ScalaCollections.seq(List.of(expressions));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.column.DataType;
import dev.kronos.expression.Call;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.RowEvaluator;
import dev.kronos.expression.SketchFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.aggregate.Final$;
import org.apache.spark.sql.catalyst.expressions.aggregate.HyperLogLogPlusPlus;
import org.apache.spark.sql.catalyst.expressions.aggregate.Partial$;
import org.apache.spark.sql.catalyst.expressions.aggregate.PartialMerge$;
import org.apache.spark.sql.catalyst.util.HyperLogLogPlusPlusHelper;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds estimates of distinct values against Spark's own, whose words both read. */
class DistinctRuleTest {
  private static final long SEED = 79;
  private static final int WORD_REGISTERS = 10;

  /** Makes the words of so many random values. */
  private static Object[] words(HyperLogLogPlusPlusHelper spark, int values, Random random) {
    Object[] words = new Object[spark.numWords()];
    Arrays.fill(words, 0L);
    GenericInternalRow row = new GenericInternalRow(words);
    for (int i = 0; i < values; i++) {
      spark.update(row, 0, random.nextLong(), DataTypes.LongType);
    }
    return words;
  }

  private static long estimate(int precision, Object[] words) {
    long zeros = 0;
    double inverse = 0;
    for (int i = 0; i < 1 << precision; i++) {
      long register = ((Long) words[i / WORD_REGISTERS] >>> (i % WORD_REGISTERS * 6)) & 63;
      zeros += register == 0 ? 1 : 0;
      inverse += Math.scalb(1.0, (int) -register);
    }
    Expression estimate =
        Call.of(
            SketchFunction.DISTINCT_ESTIMATE,
            new Literal(DataType.INT64, zeros),
            new Literal(DataType.FLOAT64, inverse),
            new Literal(DataType.STRING, DistinctRule.correction(precision)));
    return (Long) RowEvaluator.evaluate(estimate, index -> null);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 18, 19})
  void estimatesAreSparks(int precision) {
    HyperLogLogPlusPlusHelper spark =
        new HyperLogLogPlusPlusHelper(1.106 / Math.pow(2, (precision - 0.5) / 2));
    assertThat(spark.numWords()).isEqualTo((1 << precision) / WORD_REGISTERS + 1);
    Random random = new Random(SEED);
    int registers = 1 << precision;
    for (double share : new double[] {0, 0.01, 0.2, 0.5, 0.9, 1.4, 2, 2.3, 2.6, 3.3, 4.7, 5.5, 9}) {
      Object[] words = words(spark, (int) (share * registers), random);
      assertThat(estimate(precision, words))
          .as("share of values %s", share)
          .isEqualTo(spark.query(new GenericInternalRow(words), 0));
    }
  }

  @Test
  void eitherSideHasSparksColumns() {
    HyperLogLogPlusPlus function = new HyperLogLogPlusPlus(SparkColumns.INT);
    List<Attribute> input = ScalaCollections.list(function.inputAggBufferAttributes());
    TranslatedAggregate partial =
        SparkAggregates.translation(
                SparkAggregates.shape(SparkColumns.ALL, Partial$.MODULE$, function),
                SparkColumns.ALL)
            .orThrow();
    assertThat(partial.toOutput()).isEmpty();
    assertThat(partial.spec().calls()).hasSize(52);
    TranslatedAggregate merged =
        SparkAggregates.translation(
                SparkAggregates.shape(input, PartialMerge$.MODULE$, function), input)
            .orThrow();
    assertThat(merged.toOutput()).isEmpty();
    assertThat(merged.spec().calls()).hasSize(52);
    List<DataType> types = new ArrayList<>();
    SparkAggregates.translation(SparkAggregates.shape(input, Final$.MODULE$, function), input)
        .orThrow()
        .toOutput()
        .ifPresent(output -> types.addAll(output.outputTypes()));
    assertThat(types).containsExactly(DataType.INT64);
  }
}

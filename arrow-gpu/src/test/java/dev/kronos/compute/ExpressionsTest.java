// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.dispatch.Counters;
import dev.kronos.expression.Expression;
import dev.kronos.expression.RowErrorException;
import dev.kronos.expression.RowEvaluator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares fused expressions and reductions with plain Java. */
class ExpressionsTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static List<List<Object>> columns(int rows, long seed) {
    return NastyRows.columns(RandomExpression.TYPES, rows, NastyRows.Nulls.SOME, seed);
  }

  private static FieldVector[] vectors(List<List<Object>> columns) {
    FieldVector[] vectors = new FieldVector[columns.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] =
          ArrowVectors.of(
              "c" + i, RandomExpression.TYPES.get(i), columns.get(i), open.kronos().allocator());
    }
    return vectors;
  }

  private static void close(FieldVector[] vectors) {
    for (FieldVector vector : vectors) {
      vector.close();
    }
  }

  private static List<Object> java(
      List<List<Object>> columns, Expression condition, Expression value) {
    List<Object> kept = new ArrayList<>();
    for (int row = 0; row < columns.get(0).size(); row++) {
      int at = row;
      if (Boolean.TRUE.equals(RowEvaluator.evaluate(condition, c -> columns.get(c).get(at)))) {
        kept.add(RowEvaluator.evaluate(value, c -> columns.get(c).get(at)));
      }
    }
    return kept;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 256, 1025, 5000})
  void sumOfProductsWhereAnotherIsPositive(int rows) {
    List<List<Object>> columns = columns(rows, rows);
    FieldVector[] vectors = vectors(columns);
    Expressions over = Expressions.over(open.kronos(), vectors);
    Expression product = Functions.MULTIPLY.of(over.column("c0"), over.column("c1"));
    Expression positive = Functions.GREATER.of(over.column("c2"), Scalar.of(0.0).literal());
    List<Object> products =
        java(columns, positive, product).stream().filter(Objects::nonNull).toList();
    long expected = products.stream().mapToLong(value -> (Long) value).sum();
    Expressions kept = over.where(positive);
    assertThat(kept.count(product)).isEqualTo(products.size());
    Scalar sum = kept.sum(product);
    assertThat(sum.isNull() ? null : sum.asLong()).isEqualTo(products.isEmpty() ? null : expected);
    if (!products.isEmpty()) {
      assertThat(kept.max(product).asLong())
          .isEqualTo(products.stream().mapToLong(v -> (Long) v).max().orElseThrow());
      assertThat(kept.min(product).asLong())
          .isEqualTo(products.stream().mapToLong(v -> (Long) v).min().orElseThrow());
      BigDecimal exact =
          products.stream()
              .map(v -> BigDecimal.valueOf((Long) v))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(kept.mean(product).asDouble()).isEqualTo(exact.doubleValue() / products.size());
    }
    close(vectors);
  }

  /** Random trees of functions: what is fused is what each function says, also where rows fail. */
  @Test
  void randomExpressionsAgree() {
    Random random = new Random(SEED);
    List<List<Object>> columns = columns(3000, random.nextLong());
    FieldVector[] vectors = vectors(columns);
    try {
      Expressions over = Expressions.over(open.kronos(), vectors);
      for (int i = 0; i < 40; i++) {
        RandomExpression trees = new RandomExpression(over::column, random);
        check(over, columns, trees.next(DataType.BOOLEAN, 2), trees.next(trees.type(), 4));
      }
    } catch (AssertionError e) {
      throw new AssertionError("repeat with -Dkronos.test.seed=" + SEED, e);
    } finally {
      close(vectors);
    }
  }

  private static void check(
      Expressions over, List<List<Object>> columns, Expression condition, Expression value) {
    List<Object> expected;
    try {
      expected = java(columns, condition, value);
    } catch (RowErrorException e) {
      assertThatThrownBy(() -> over.where(condition).evaluate("x", value).close())
          .as("%s where %s", value, condition)
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining("error=" + e.error());
      return;
    }
    try (FieldVector device = over.where(condition).evaluate("x", value)) {
      assertThat(ArrowVectors.read(device)).as("%s where %s", value, condition).isEqualTo(expected);
    }
  }

  /**
   * Several results, none of them alone, take one dispatch, in one submission with their copies.
   */
  @Test
  void severalResultsAreOneKernel() {
    FieldVector[] vectors = vectors(columns(1000, 1));
    Expressions over = Expressions.over(open.kronos(), vectors);
    Expression sum = Functions.ADD.of(over.column(0), over.column(1));
    Expression root = Functions.SQRT.of(over.column(2));
    Expression chosen = Functions.IF_ELSE.of(over.column(3), sum, over.column(0));
    Counters before = open.kronos().counters();
    List<FieldVector> results =
        over.evaluate(List.of("sum", "root", "chosen"), List.of(sum, root, chosen));
    Counters after = open.kronos().counters();
    assertThat(after.dispatches() - before.dispatches()).isEqualTo(1);
    assertThat(after.submits() - before.submits()).isEqualTo(1);
    assertThat(results).extracting(FieldVector::getName).containsExactly("sum", "root", "chosen");
    results.forEach(FieldVector::close);
    close(vectors);
  }

  @Test
  void wrongUsesAreNamed() {
    FieldVector[] vectors = vectors(columns(10, 1));
    Expressions over = Expressions.over(open.kronos(), vectors);
    Expression number = over.column("c0");
    assertThatThrownBy(() -> over.column("nothing"))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessage("name does not tell a column: name=nothing, columns=0");
    assertThatThrownBy(() -> over.column(9))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessage("no such column: index=9, columns=4");
    assertThatThrownBy(() -> over.where(number))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessage("condition is not boolean: function=where, type=bigint");
    assertThatThrownBy(() -> over.evaluate(List.of("a", "b"), List.of(number)))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageStartingWith("not a name an expression: names=[a, b]");
    try (FieldVector other =
        ArrowVectors.of("o", DataType.STRING, List.of(), open.kronos().allocator())) {
      Expressions others = Expressions.over(open.kronos(), other);
      assertThatThrownBy(() -> others.count(number))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("expression is over other columns: expression=#0");
    }
    Expression checked = Functions.DIVIDE.of(number, Scalar.of(0L).literal());
    assertThatThrownBy(() -> over.sum(checked))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageStartingWith("row has no result: function=reduction, row=")
        .hasMessageEndingWith("error=DIVIDE_BY_ZERO");
    close(vectors);
  }
}

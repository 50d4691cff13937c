// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.And;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Comparison.Operator;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.IsNull;
import dev.kronos.expression.Not;
import dev.kronos.expression.Or;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.InSet;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;

/** Translates comparisons, tests and Boolean logic. */
final class PredicateRules {
  static final List<ExpressionRule<?>> RULES =
      List.of(
          comparison(EqualTo.class, Operator.EQ),
          comparison(EqualNullSafe.class, Operator.NULL_SAFE_EQ),
          comparison(LessThan.class, Operator.LT),
          comparison(LessThanOrEqual.class, Operator.LE),
          comparison(GreaterThan.class, Operator.GT),
          comparison(GreaterThanOrEqual.class, Operator.GE),
          new ExpressionRule<>(
              org.apache.spark.sql.catalyst.expressions.And.class,
              Coverage.of("a AND b", TypeSet.BOOLEAN),
              (e, t) -> new And(t.require(e.left()), t.require(e.right()))),
          new ExpressionRule<>(
              org.apache.spark.sql.catalyst.expressions.Or.class,
              Coverage.of("a OR b", TypeSet.BOOLEAN),
              (e, t) -> new Or(t.require(e.left()), t.require(e.right()))),
          new ExpressionRule<>(
              org.apache.spark.sql.catalyst.expressions.Not.class,
              Coverage.of("NOT a", TypeSet.BOOLEAN),
              (e, t) -> new Not(t.require(e.child()))),
          new ExpressionRule<>(
              org.apache.spark.sql.catalyst.expressions.IsNull.class,
              Coverage.of("a IS NULL", TypeSet.ALL),
              (e, t) -> new IsNull(t.require(e.child()))),
          new ExpressionRule<>(
              org.apache.spark.sql.catalyst.expressions.IsNotNull.class,
              Coverage.of("a IS NOT NULL", TypeSet.ALL),
              (e, t) -> new IsNotNull(t.require(e.child()))),
          new ExpressionRule<>(
              In.class, Coverage.of("a IN (1, 2, b)", TypeSet.ALL), PredicateRules::in),
          new ExpressionRule<>(
              InSet.class, Coverage.of("a IN (1, 2, 3, …)", TypeSet.ALL), PredicateRules::inSet));

  private PredicateRules() {}

  private static <E extends BinaryComparison> ExpressionRule<E> comparison(
      Class<E> sparkClass, Operator operator) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of("a " + operator.symbol() + " b", TypeSet.ALL),
        (e, t) ->
            new Comparison(
                operator, t.require(e.children().apply(0)), t.require(e.children().apply(1))));
  }

  private static dev.kronos.expression.Expression in(In in, ExpressionTranslator translator) {
    List<Expression> elements = ScalaCollections.list(in.list());
    if (!elements.stream().allMatch(Literal.class::isInstance)) {
      return anyEqual(translator.require(in.value()), translator.requireAll(elements));
    }
    DataType type = TypeTranslator.require(in.value().dataType());
    return new dev.kronos.expression.In(
        translator.require(in.value()),
        elements.stream().map(e -> LeafRules.literal(type, ((Literal) e).value())).toList());
  }

  /** Elements that are not constant are compared one by one, until one is equal, as Spark does. */
  private static dev.kronos.expression.Expression anyEqual(
      dev.kronos.expression.Expression value, List<dev.kronos.expression.Expression> elements) {
    return elements.stream()
        .<dev.kronos.expression.Expression>map(e -> new Comparison(Operator.EQ, value, e))
        .reduce(dev.kronos.expression.Or::new)
        .orElseThrow(() -> new UntranslatableException("In of no elements"));
  }

  private static dev.kronos.expression.Expression inSet(InSet in, ExpressionTranslator translator) {
    DataType type = TypeTranslator.require(in.child().dataType());
    List<dev.kronos.expression.Literal> constants = new ArrayList<>();
    for (Object value : ScalaCollections.set(in.hset())) {
      constants.add(LeafRules.literal(type, value));
    }
    return new dev.kronos.expression.In(translator.require(in.child()), constants);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.CaseWhen.Branch;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Extreme;
import dev.kronos.expression.Literal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNaN;
import org.apache.spark.sql.catalyst.expressions.KnownFloatingPointNormalized;
import org.apache.spark.sql.catalyst.expressions.KnownNotNull;
import org.apache.spark.sql.catalyst.expressions.KnownNullable;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.NaNvl;
import scala.Tuple2;

/** Translates choices, and the marks that Spark's planner puts around expressions. */
final class ConditionalRules {
  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              org.apache.spark.sql.catalyst.expressions.CaseWhen.class,
              Coverage.of("CASE WHEN a THEN b ELSE c END", TypeSet.ALL),
              ConditionalRules::caseWhen),
          new ExpressionRule<>(
              If.class, Coverage.of("if(a, b, c)", TypeSet.ALL), ConditionalRules::ifElse),
          new ExpressionRule<>(
              org.apache.spark.sql.catalyst.expressions.Coalesce.class,
              Coverage.of("coalesce(a, b, …)", TypeSet.ALL),
              (e, t) -> new Coalesce(t.requireAll(ScalaCollections.list(e.children())))),
          extreme(Greatest.class, "greatest(a, b, …)", Extreme.End.GREATEST),
          extreme(Least.class, "least(a, b, …)", Extreme.End.LEAST),
          new ExpressionRule<>(
              NaNvl.class, Coverage.of("nanvl(a, b)", TypeSet.FLOATS), ConditionalRules::nanvl),
          new ExpressionRule<>(
              IsNaN.class,
              Coverage.of("isnan(a)", TypeSet.FLOATS),
              (e, t) -> isNaN(Comparison.Operator.NULL_SAFE_EQ, t.require(e.child()))),
          ExpressionRule.transparent(KnownNotNull.class),
          ExpressionRule.transparent(KnownNullable.class),
          ExpressionRule.transparent(KnownFloatingPointNormalized.class));

  private ConditionalRules() {}

  private static dev.kronos.expression.Expression caseWhen(
      org.apache.spark.sql.catalyst.expressions.CaseWhen e, ExpressionTranslator t) {
    List<Branch> branches = new ArrayList<>();
    for (Tuple2<Expression, Expression> branch :
        ScalaCollections.<Tuple2<Expression, Expression>>list(e.branches())) {
      branches.add(new Branch(t.require(branch._1()), t.require(branch._2())));
    }
    return new CaseWhen(
        branches,
        ScalaCollections.optional(e.elseValue())
            .map(t::require)
            .orElseGet(() -> Literal.ofNull(TypeTranslator.require(e.dataType()))));
  }

  private static <E extends Expression> ExpressionRule<E> extreme(
      Class<E> sparkClass, String sql, Extreme.End end) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.ALL),
        (e, t) -> new Extreme(end, t.requireAll(ScalaCollections.list(e.children()))));
  }

  private static dev.kronos.expression.Expression isNaN(
      Comparison.Operator operator, dev.kronos.expression.Expression number) {
    Object value = number.type().equals(DataType.FLOAT32) ? (Object) Float.NaN : Double.NaN;
    return new Comparison(operator, number, new Literal(number.type(), value));
  }

  private static dev.kronos.expression.Expression nanvl(NaNvl e, ExpressionTranslator t) {
    dev.kronos.expression.Expression number = t.require(e.left());
    Branch branch = new Branch(isNaN(Comparison.Operator.EQ, number), t.require(e.right()));
    return new CaseWhen(List.of(branch), number);
  }

  private static dev.kronos.expression.Expression ifElse(If e, ExpressionTranslator t) {
    Branch branch = new Branch(t.require(e.predicate()), t.require(e.trueValue()));
    return new CaseWhen(List.of(branch), t.require(e.falseValue()));
  }
}

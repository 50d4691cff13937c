// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.CaseWhen.Branch;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.Literal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.KnownFloatingPointNormalized;
import org.apache.spark.sql.catalyst.expressions.KnownNotNull;
import org.apache.spark.sql.catalyst.expressions.KnownNullable;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import scala.Tuple2;

/** Translates choices, and the marks that Spark's planner puts around expressions. */
final class ConditionalRules {
  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              org.apache.spark.sql.catalyst.expressions.CaseWhen.class, ConditionalRules::caseWhen),
          new ExpressionRule<>(If.class, ConditionalRules::ifElse),
          new ExpressionRule<>(
              org.apache.spark.sql.catalyst.expressions.Coalesce.class,
              (e, t) -> new Coalesce(t.requireAll(ScalaCollections.list(e.children())))),
          new ExpressionRule<>(KnownNotNull.class, (e, t) -> t.require(e.child())),
          new ExpressionRule<>(KnownNullable.class, (e, t) -> t.require(e.child())),
          new ExpressionRule<>(KnownFloatingPointNormalized.class, (e, t) -> t.require(e.child())),
          ExpressionRule.unsupported(
              TryEval.class, "TryEval is not supported: it catches errors of a whole expression"));

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

  private static dev.kronos.expression.Expression ifElse(If e, ExpressionTranslator t) {
    Branch branch = new Branch(t.require(e.predicate()), t.require(e.trueValue()));
    return new CaseWhen(List.of(branch), t.require(e.falseValue()));
  }
}

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
              org.apache.spark.sql.catalyst.expressions.CaseWhen.class,
              Coverage.of("CASE WHEN a THEN b ELSE c END", TypeSet.ALL),
              ConditionalRules::caseWhen),
          new ExpressionRule<>(
              If.class, Coverage.of("if(a, b, c)", TypeSet.ALL), ConditionalRules::ifElse),
          new ExpressionRule<>(
              org.apache.spark.sql.catalyst.expressions.Coalesce.class,
              Coverage.of("coalesce(a, b, …)", TypeSet.ALL),
              (e, t) -> new Coalesce(t.requireAll(ScalaCollections.list(e.children())))),
          ExpressionRule.transparent(KnownNotNull.class),
          ExpressionRule.transparent(KnownNullable.class),
          ExpressionRule.transparent(KnownFloatingPointNormalized.class),
          ExpressionRule.unsupported(
              TryEval.class,
              new Restriction(
                  "TryEval is not supported", "it catches errors of a whole expression")));

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

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.expression.And;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Not;
import dev.kronos.expression.Or;
import java.util.List;

/** Writes Arrow's logic and choices as expressions. */
final class LogicRules {
  private LogicRules() {}

  /** Gives null where another expression is null. */
  static Expression nullWhere(Expression nullable, Expression value) {
    CaseWhen.Branch isNull =
        new CaseWhen.Branch(new IsNull(nullable), Literal.ofNull(value.type()));
    return new CaseWhen(List.of(isNull), value);
  }

  static Expression xor(Expression a, Expression b) {
    return new Comparison(Comparison.Operator.NE, a, b);
  }

  static Expression and(Expression a, Expression b) {
    return nullWhere(xor(a, b), new And(a, b));
  }

  static Expression or(Expression a, Expression b) {
    return nullWhere(xor(a, b), new Or(a, b));
  }

  static Expression andNot(Expression a, Expression b) {
    return and(a, new Not(b));
  }

  /** A condition that is null gives null. */
  static Expression ifElse(Expression condition, Expression then, Expression otherwise) {
    return new CaseWhen(
        List.of(
            new CaseWhen.Branch(condition, then),
            new CaseWhen.Branch(new Not(condition), otherwise)),
        Literal.ofNull(then.type()));
  }

  static Expression coalesce(List<Expression> operands) {
    return new Coalesce(operands);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.expression.Arithmetic.Operator;
import java.util.List;
import java.util.stream.Stream;

/** Lists three-valued logic, and expressions whose errors must be hidden by lazy evaluation. */
final class LogicCases {
  private LogicCases() {}

  static ExpressionGroup logic() {
    Expression a = ExpressionCases.column(0, DataType.BOOLEAN);
    Expression b = ExpressionCases.column(1, DataType.BOOLEAN);
    Expression c = new ColumnReference(2, DataType.BOOLEAN, false);
    List<ColumnLayout> inputs =
        List.of(
            ExpressionCases.layout(DataType.BOOLEAN),
            ExpressionCases.layout(DataType.BOOLEAN),
            ColumnLayout.of(DataType.BOOLEAN, Nullability.NON_NULL));
    return new ExpressionGroup(
        "logic",
        inputs,
        List.of(
            new And(a, b),
            new Or(a, b),
            new And(a, c),
            new And(c, a),
            new Or(c, b),
            new Or(a, c),
            new And(c, c),
            new Or(c, c),
            new Not(a),
            new Not(c),
            new IsNull(a),
            new IsNull(c),
            new IsNotNull(a),
            new IsNotNull(c),
            new And(a, Literal.ofNull(DataType.BOOLEAN)),
            new Or(Literal.ofNull(DataType.BOOLEAN), b),
            new And(new Or(a, b), new Not(new And(a, new Or(b, c))))));
  }

  /** Operations on widened integers: drivers have been seen to lose the sign of those. */
  static List<ExpressionGroup> widened() {
    return ExpressionCases.INTEGERS.stream()
        .filter(type -> !type.equals(DataType.INT64))
        .map(LogicCases::widened)
        .toList();
  }

  private static ExpressionGroup widened(DataType type) {
    DataType wide = DataType.decimal(25, 0);
    Expression a = ExpressionCases.column(0, type);
    Expression required = new ColumnReference(1, type, false);
    Expression number = new Cast(a, DataType.INT64, ErrorMode.ANSI);
    Expression decimal = new Cast(a, wide, ErrorMode.ANSI);
    Expression zero = new Literal(DataType.INT64, 0L);
    return new ExpressionGroup(
        "widened " + type,
        List.of(ExpressionCases.layout(type), ColumnLayout.of(type, Nullability.NON_NULL)),
        List.of(
            new Absolute(required, ErrorMode.ANSI),
            new Absolute(required, ErrorMode.WRAP),
            new Negate(required, ErrorMode.NULL),
            new Cast(required, DataType.BOOLEAN, ErrorMode.ANSI),
            new Cast(required, DataType.INT8, ErrorMode.NULL),
            new Cast(required, DataType.INT16, ErrorMode.NULL),
            new Cast(required, DataType.INT64, ErrorMode.NULL),
            new Cast(required, DataType.FLOAT32, ErrorMode.NULL),
            new Cast(required, DataType.decimal(2, 0), ErrorMode.NULL),
            new Arithmetic(Operator.ADD, required, required, type, ErrorMode.NULL),
            new Arithmetic(Operator.MULTIPLY, required, required, type, ErrorMode.NULL),
            new Arithmetic(Operator.REMAINDER, required, a, type, ErrorMode.NULL),
            new Absolute(number, ErrorMode.ANSI),
            new Absolute(number, ErrorMode.WRAP),
            new Negate(number, ErrorMode.ANSI),
            new Comparison(Comparison.Operator.LT, number, zero),
            new Cast(number, DataType.FLOAT32, ErrorMode.ANSI),
            new Cast(number, DataType.FLOAT64, ErrorMode.ANSI),
            new Cast(number, DataType.TIMESTAMP, ErrorMode.ANSI),
            new Cast(
                new Cast(number, DataType.TIMESTAMP, ErrorMode.ANSI),
                DataType.DATE,
                ErrorMode.ANSI),
            new Cast(number, DataType.BOOLEAN, ErrorMode.ANSI),
            new Cast(number, type, ErrorMode.ANSI),
            new Absolute(decimal, ErrorMode.ANSI),
            new Cast(decimal, DataType.FLOAT64, ErrorMode.ANSI),
            new Cast(decimal, type, ErrorMode.ANSI)));
  }

  static List<ExpressionGroup> laziness() {
    return Stream.of(DataType.INT64, DataType.FLOAT64, DataType.decimal(15, 2))
        .map(LogicCases::laziness)
        .toList();
  }

  private static ExpressionGroup laziness(DataType type) {
    Expression a = ExpressionCases.column(0, type);
    Expression b = ExpressionCases.column(1, type);
    Expression flag = ExpressionCases.column(2, DataType.BOOLEAN);
    Expression quotient = remainder(a, b, type, ErrorMode.ANSI);
    Expression tried = remainder(quotient, b, type, ErrorMode.NULL);
    Expression zero = new Cast(new Literal(DataType.INT64, 0L), type, ErrorMode.WRAP);
    Expression nonZero = new Comparison(Comparison.Operator.NE, b, zero);
    Expression large = new Comparison(Comparison.Operator.GT, quotient, zero);
    List<ColumnLayout> inputs =
        List.of(
            ExpressionCases.layout(type),
            ExpressionCases.layout(type),
            ExpressionCases.layout(DataType.BOOLEAN));
    return new ExpressionGroup(
        "laziness over " + type,
        inputs,
        List.of(
            new And(nonZero, large),
            new And(large, nonZero),
            new Or(new Not(nonZero), large),
            new And(flag, large),
            new Or(flag, large),
            new CaseWhen(List.of(new CaseWhen.Branch(nonZero, quotient)), zero),
            new CaseWhen(List.of(new CaseWhen.Branch(flag, zero)), quotient),
            new CaseWhen(
                List.of(
                    new CaseWhen.Branch(flag, zero),
                    new CaseWhen.Branch(large, a),
                    new CaseWhen.Branch(nonZero, quotient)),
                b),
            new Coalesce(List.of(a, quotient)),
            new Coalesce(List.of(zero, quotient)),
            new Coalesce(List.of(a, b, quotient)),
            tried,
            new Comparison(Comparison.Operator.LT, a, quotient),
            new Comparison(Comparison.Operator.NULL_SAFE_EQ, a, quotient),
            new IsNull(quotient),
            new In(quotient, List.of(Literal.ofNull(type))),
            add(a, quotient, type),
            add(quotient, quotient, type),
            add(new CaseWhen(List.of(new CaseWhen.Branch(flag, quotient)), a), quotient, type)));
  }

  private static Expression remainder(Expression a, Expression b, DataType type, ErrorMode mode) {
    return new Arithmetic(Operator.REMAINDER, a, b, type, mode);
  }

  private static Expression add(Expression a, Expression b, DataType type) {
    return new Arithmetic(Operator.ADD, a, b, type, ErrorMode.ANSI);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Bitwise;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.DatePart;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.FloatMath;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Shift;
import dev.kronos.expression.StringMatch;
import dev.kronos.expression.StringSize;
import dev.kronos.expression.Utf8;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Makes the functions that {@link Functions} lists, family by family. */
final class FunctionForms {
  private FunctionForms() {}

  static ArrowFunction unary(String name, TypeGroup types, UnaryOperator<Expression> rule) {
    return new ArrowFunction(name, Shape.UNARY, types, e -> rule.apply(e.get(0)));
  }

  static ArrowFunction binary(String name, TypeGroup types, BinaryOperator<Expression> rule) {
    return new ArrowFunction(name, Shape.BINARY, types, e -> rule.apply(e.get(0), e.get(1)));
  }

  static Literal text(String value) {
    return new Literal(DataType.STRING, Utf8.of(value));
  }

  static Literal number(int value) {
    return new Literal(DataType.INT32, value);
  }

  static ArrowFunction exact(String name, Arithmetic.Operator operator, ErrorMode mode) {
    return binary(name, TypeGroup.NUMBERS, (a, b) -> NumberRules.exact(operator, a, b, mode));
  }

  static ArrowFunction math(String name, FloatMath.Function function) {
    return unary(
        name, TypeGroup.FLOATS, a -> NumberRules.floating(a, x -> new FloatMath(function, x)));
  }

  static ArrowFunction comparison(String name, Comparison.Operator operator) {
    return binary(name, TypeGroup.ALL, (a, b) -> ComparisonRules.compare(operator, a, b));
  }

  static ArrowFunction bits(String name, Bitwise.Operator operator) {
    return binary(
        name,
        TypeGroup.INTEGERS,
        (a, b) ->
            CarriedRules.as(
                new Bitwise(operator, CarriedRules.bits(a), CarriedRules.bits(b)), a.type()));
  }

  static ArrowFunction match(String name, StringMatch.Place place) {
    return binary(
        name,
        TypeGroup.BYTES,
        (a, b) -> new StringMatch(place, CarriedRules.bits(a), CarriedRules.bits(b)));
  }

  static ArrowFunction size(String name, TypeGroup types, StringSize.Unit unit) {
    return unary(name, types, a -> new StringSize(unit, CarriedRules.bits(a)));
  }

  static ArrowFunction part(String name, DatePart.Field field) {
    return unary(
        name,
        TypeGroup.DATES_AND_CLOCKS,
        a -> TimeRules.wide(new DatePart(field, TimeRules.date(a))));
  }

  static ArrowFunction shift(String name, Shift.Direction direction, ErrorMode mode) {
    return binary(
        name,
        TypeGroup.INTEGERS,
        (a, b) ->
            a.type().isUnsigned()
                ? UnsignedRules.shift(direction, a, b, mode)
                : new Shift(direction, a, b, mode));
  }
}

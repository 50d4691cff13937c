// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;

/**
 * Evaluates expressions in plain Java: the definition that generated code is tested against.
 * Stateless and thread-safe; slow, one row at a time.
 */
public final class RowEvaluator {
  private static final Map<Class<? extends Expression>, BiFunction<Expression, RowAccess, Object>>
      RULES =
          Map.ofEntries(
              rule(ColumnReference.class, (e, row) -> row.value(e.index())),
              rule(Literal.class, (e, row) -> e.value()),
              rule(Arithmetic.class, RowEvaluator::arithmetic),
              rule(Negate.class, (e, row) -> unary(e.child(), row, v -> RowSign.negate(e, v))),
              rule(Absolute.class, (e, row) -> unary(e.child(), row, v -> RowSign.absolute(e, v))),
              rule(
                  Bitwise.class,
                  (e, row) -> binary(e.left(), e.right(), row, (a, b) -> RowMath.combine(e, a, b))),
              rule(BitwiseNot.class, (e, row) -> unary(e.child(), row, v -> RowMath.not(e, v))),
              rule(
                  Shift.class,
                  (e, row) -> binary(e.left(), e.right(), row, (a, b) -> RowMath.shift(e, a, b))),
              rule(
                  FloatDivide.class, (e, row) -> binary(e.left(), e.right(), row, RowMath::divide)),
              rule(FloatMath.class, (e, row) -> unary(e.child(), row, v -> RowMath.apply(e, v))),
              rule(Comparison.class, RowEvaluator::comparison),
              rule(And.class, RowEvaluator::and),
              rule(Or.class, RowEvaluator::or),
              rule(Not.class, (e, row) -> unary(e.child(), row, v -> !(Boolean) v)),
              rule(IsNull.class, (e, row) -> evaluate(e.child(), row) == null),
              rule(IsNotNull.class, (e, row) -> evaluate(e.child(), row) != null),
              rule(Cast.class, (e, row) -> unary(e.child(), row, v -> RowCast.apply(e, v))),
              rule(CaseWhen.class, RowEvaluator::caseWhen),
              rule(Coalesce.class, RowEvaluator::coalesce),
              rule(In.class, RowEvaluator::in),
              rule(
                  StringMatch.class,
                  (e, row) -> binary(e.text(), e.part(), row, (a, b) -> RowStrings.match(e, a, b))),
              rule(Like.class, (e, row) -> unary(e.child(), row, v -> RowStrings.like(e, v))),
              rule(StringSize.class, (e, row) -> unary(e.child(), row, v -> RowStrings.size(e, v))),
              rule(Substring.class, RowEvaluator::substring),
              rule(Trim.class, (e, row) -> unary(e.child(), row, v -> RowStrings.trim(e, v))),
              rule(TextCall.class, RowEvaluator::textCall),
              rule(Concat.class, RowEvaluator::concat),
              rule(DatePart.class, (e, row) -> unary(e.child(), row, v -> RowDates.part(e, v))),
              rule(
                  DateShift.class,
                  (e, row) -> binary(e.left(), e.right(), row, (a, b) -> RowDates.shift(e, a, b))),
              rule(DateRound.class, (e, row) -> unary(e.child(), row, v -> RowDates.round(e, v))),
              rule(UnscaledValue.class, (e, row) -> unary(e.child(), row, RowCast::unscaled)),
              rule(MakeDecimal.class, (e, row) -> unary(e.child(), row, v -> RowCast.make(e, v))),
              rule(Murmur3.class, RowEvaluator::hash),
              rule(XxHash64.class, RowEvaluator::hash),
              rule(Call.class, RowEvaluator::call),
              rule(Extreme.class, RowEvaluator::extreme),
              rule(TableLookup.class, RowTables::lookup),
              rule(TableColumn.class, RowTables::column),
              rule(
                  RoundNumber.class,
                  (e, row) -> unary(e.child(), row, v -> RowRounding.round(e, v))),
              rule(
                  Bucket.class,
                  (e, row) ->
                      binary(
                          e.hash(),
                          e.buckets(),
                          row,
                          (hash, buckets) -> Math.floorMod((Integer) hash, (Integer) buckets))),
              rule(NormalizeFloat.class, (e, row) -> unary(e.child(), row, RowSign::normalize)));

  private RowEvaluator() {}

  /** Computes a value from the non-null value of an operand. */
  @FunctionalInterface
  private interface ValueFunction {
    Object apply(Object value);
  }

  private static <T extends Expression>
      Map.Entry<Class<? extends Expression>, BiFunction<Expression, RowAccess, Object>> rule(
          Class<T> node, BiFunction<T, RowAccess, Object> function) {
    return Map.entry(node, (e, row) -> function.apply(node.cast(e), row));
  }

  /**
   * Evaluates an expression for a row.
   *
   * @param expression what to evaluate
   * @param row values of the columns
   * @return the value as {@link Literal} describes, or null
   * @throws RowErrorException when the row is in error
   */
  public static Object evaluate(Expression expression, RowAccess row) {
    return RULES.get(expression.getClass()).apply(expression, row);
  }

  private static Object unary(Expression child, RowAccess row, ValueFunction function) {
    Object value = evaluate(child, row);
    return value == null ? null : function.apply(value);
  }

  private static Object binary(
      Expression first, Expression second, RowAccess row, BinaryOperator<Object> function) {
    Object left = evaluate(first, row);
    Object right = left == null ? null : evaluate(second, row);
    return right == null ? null : function.apply(left, right);
  }

  private static Object substring(Substring e, RowAccess row) {
    Object text = evaluate(e.text(), row);
    return text == null
        ? null
        : binary(e.position(), e.length(), row, (a, b) -> RowStrings.substring(text, a, b));
  }

  private static Object textCall(TextCall e, RowAccess row) {
    List<Object> values = values(e.operands(), row, true);
    return values == null ? null : RowText.call(e.function(), values);
  }

  private static Object concat(Concat e, RowAccess row) {
    if (e.kind() == Concat.Kind.PLAIN) {
      List<Object> parts = values(e.operands(), row, true);
      return parts == null ? null : RowText.join(Utf8.of(""), parts);
    }
    Object separator = evaluate(e.operands().get(0), row);
    return separator == null
        ? null
        : RowText.join(
            (Utf8) separator, values(e.operands().subList(1, e.operands().size()), row, false));
  }

  /** Evaluates operands in order; gives null for a null one if that decides, and stops there. */
  private static List<Object> values(List<Expression> operands, RowAccess row, boolean strict) {
    List<Object> values = new ArrayList<>();
    for (Expression operand : operands) {
      Object value = evaluate(operand, row);
      if (value == null && strict) {
        return null;
      }
      values.add(value);
    }
    return values;
  }

  private static Object arithmetic(Arithmetic e, RowAccess row) {
    if (e.operator().isDivision()) {
      return division(e, row);
    }
    return binary(e.left(), e.right(), row, (a, b) -> RowArithmetic.apply(e, a, b));
  }

  /** The divisor comes first: a null or zero one decides before the dividend is looked at. */
  private static Object division(Arithmetic e, RowAccess row) {
    Object right = evaluate(e.right(), row);
    boolean fails = e.mode() == ErrorMode.ANSI;
    if (right == null || (!fails && Values.isZero(right))) {
      return null;
    }
    Object left = evaluate(e.left(), row);
    if (left == null) {
      return null;
    }
    if (Values.isZero(right)) {
      throw new RowErrorException(RowError.DIVIDE_BY_ZERO);
    }
    return RowArithmetic.apply(e, left, right);
  }

  private static Object comparison(Comparison e, RowAccess row) {
    Object left = evaluate(e.left(), row);
    if (e.operator() == Comparison.Operator.NULL_SAFE_EQ) {
      Object right = evaluate(e.right(), row);
      boolean oneNull = left == null || right == null;
      return oneNull ? left == right : Values.compare(left, right) == 0;
    }
    Object right = left == null ? null : evaluate(e.right(), row);
    return right == null ? null : e.operator().holds(Values.compare(left, right));
  }

  private static Object and(And e, RowAccess row) {
    Object left = evaluate(e.left(), row);
    if (Boolean.FALSE.equals(left)) {
      return false;
    }
    Object right = evaluate(e.right(), row);
    if (Boolean.FALSE.equals(right)) {
      return false;
    }
    return (left == null || right == null) ? null : true;
  }

  private static Object or(Or e, RowAccess row) {
    Object left = evaluate(e.left(), row);
    if (Boolean.TRUE.equals(left)) {
      return true;
    }
    Object right = evaluate(e.right(), row);
    if (Boolean.TRUE.equals(right)) {
      return true;
    }
    return (left == null || right == null) ? null : false;
  }

  private static Object caseWhen(CaseWhen e, RowAccess row) {
    for (CaseWhen.Branch branch : e.branches()) {
      if (Boolean.TRUE.equals(evaluate(branch.condition(), row))) {
        return evaluate(branch.value(), row);
      }
    }
    return evaluate(e.otherwise(), row);
  }

  private static Object coalesce(Coalesce e, RowAccess row) {
    for (Expression child : e.children()) {
      Object value = evaluate(child, row);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static Object hash(Murmur3 e, RowAccess row) {
    int hash = e.seed();
    for (Expression child : e.children()) {
      Object value = evaluate(child, row);
      hash = value == null ? hash : RowHash.murmur3(hash, value, child.type());
    }
    return hash;
  }

  private static Object hash(XxHash64 e, RowAccess row) {
    long hash = e.seed();
    for (Expression child : e.children()) {
      Object value = evaluate(child, row);
      hash = value == null ? hash : RowHash.xxhash64(hash, value, child.type());
    }
    return hash;
  }

  private static Object call(Call e, RowAccess row) {
    List<Object> values = new ArrayList<>();
    for (Expression child : e.children()) {
      Object value = evaluate(child, row);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    try {
      return e.function().apply(values);
    } catch (RowErrorException error) {
      return RowArithmetic.fail(e.effectiveMode(), RowError.OVERFLOW);
    }
  }

  private static Object extreme(Extreme e, RowAccess row) {
    int sign = e.end() == Extreme.End.GREATEST ? 1 : -1;
    Object best = null;
    for (Expression child : e.children()) {
      Object value = evaluate(child, row);
      boolean better = best == null || (value != null && sign * Values.compare(value, best) > 0);
      best = better ? value : best;
    }
    return best;
  }

  private static Object in(In e, RowAccess row) {
    Object value = evaluate(e.value(), row);
    if (value == null) {
      return null;
    }
    for (Literal literal : e.list()) {
      if (literal.value() != null && Values.compare(value, literal.value()) == 0) {
        return true;
      }
    }
    return e.hasNull() ? null : false;
  }
}

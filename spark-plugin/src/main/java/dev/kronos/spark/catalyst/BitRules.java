// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.BitFunction;
import dev.kronos.expression.Bitwise;
import dev.kronos.expression.Call;
import dev.kronos.expression.Literal;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.BinaryArithmetic;
import org.apache.spark.sql.catalyst.expressions.BinaryExpression;
import org.apache.spark.sql.catalyst.expressions.BitwiseAnd;
import org.apache.spark.sql.catalyst.expressions.BitwiseCount;
import org.apache.spark.sql.catalyst.expressions.BitwiseGet;
import org.apache.spark.sql.catalyst.expressions.BitwiseNot;
import org.apache.spark.sql.catalyst.expressions.BitwiseOr;
import org.apache.spark.sql.catalyst.expressions.BitwiseXor;
import org.apache.spark.sql.catalyst.expressions.ShiftLeft;
import org.apache.spark.sql.catalyst.expressions.ShiftRight;
import org.apache.spark.sql.catalyst.expressions.ShiftRightUnsigned;

/** Translates functions of the bits of integers. */
final class BitRules {
  static final List<ExpressionRule<?>> RULES =
      List.of(
          combination(BitwiseAnd.class, Bitwise.Operator.AND),
          combination(BitwiseOr.class, Bitwise.Operator.OR),
          combination(BitwiseXor.class, Bitwise.Operator.XOR),
          new ExpressionRule<>(
              BitwiseNot.class,
              Coverage.of("~a", TypeSet.INTEGERS),
              (e, t) -> new dev.kronos.expression.BitwiseNot(t.require(e.child()))),
          shift(ShiftLeft.class, "a << b", BitFunction.SHIFT_LEFT),
          shift(ShiftRight.class, "a >> b", BitFunction.SHIFT_RIGHT),
          shift(ShiftRightUnsigned.class, "a >>> b", BitFunction.SHIFT_RIGHT_UNSIGNED),
          new ExpressionRule<>(
              BitwiseCount.class,
              Coverage.of("bit_count(a)", TypeSet.INTEGERS_AND_BOOLEAN),
              (e, t) -> Call.of(BitFunction.COUNT, t.require(e.child()))),
          new ExpressionRule<>(
              BitwiseGet.class, Coverage.of("getbit(a, b)", TypeSet.INTEGERS), BitRules::bit));

  private BitRules() {}

  private static <E extends BinaryArithmetic> ExpressionRule<E> combination(
      Class<E> sparkClass, Bitwise.Operator operator) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of("a " + operator.symbol() + " b", TypeSet.INTEGERS),
        (e, t) ->
            new Bitwise(
                operator, t.require(e.children().apply(0)), t.require(e.children().apply(1))));
  }

  private static <E extends BinaryExpression> ExpressionRule<E> shift(
      Class<E> sparkClass, String sql, BitFunction function) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.INT_AND_BIGINT),
        (e, t) ->
            Call.of(function, t.require(e.children().apply(0)), t.require(e.children().apply(1))));
  }

  private static dev.kronos.expression.Expression bit(BitwiseGet e, ExpressionTranslator t) {
    int bits = e.left().dataType().defaultSize() * Byte.SIZE;
    return Call.of(
        BitFunction.GET,
        t.require(e.left()),
        t.require(e.right()),
        new Literal(DataType.INT32, bits));
  }
}

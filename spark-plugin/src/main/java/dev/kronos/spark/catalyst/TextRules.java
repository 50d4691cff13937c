// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Concat;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.StringSize;
import dev.kronos.expression.Substring;
import dev.kronos.expression.TextCall;
import dev.kronos.expression.TextFunction;
import dev.kronos.expression.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Ascii;
import org.apache.spark.sql.catalyst.expressions.BitLength;
import org.apache.spark.sql.catalyst.expressions.Chr;
import org.apache.spark.sql.catalyst.expressions.ConcatWs;
import org.apache.spark.sql.catalyst.expressions.Lower;
import org.apache.spark.sql.catalyst.expressions.Overlay;
import org.apache.spark.sql.catalyst.expressions.Reverse;
import org.apache.spark.sql.catalyst.expressions.StringInstr;
import org.apache.spark.sql.catalyst.expressions.StringLPad;
import org.apache.spark.sql.catalyst.expressions.StringLocate;
import org.apache.spark.sql.catalyst.expressions.StringRPad;
import org.apache.spark.sql.catalyst.expressions.StringRepeat;
import org.apache.spark.sql.catalyst.expressions.StringReplace;
import org.apache.spark.sql.catalyst.expressions.StringSpace;
import org.apache.spark.sql.catalyst.expressions.StringTranslate;
import org.apache.spark.sql.catalyst.expressions.SubstringIndex;
import org.apache.spark.sql.catalyst.expressions.Upper;

/** Translates functions that make strings, or look for places in them. */
final class TextRules {
  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              Upper.class,
              Coverage.of("upper(a)", TypeSet.STRINGS, LetterTables.LANGUAGE),
              (e, t) -> LetterTables.upper().map(t.require(e.child()))),
          new ExpressionRule<>(
              Lower.class,
              Coverage.of("lower(a)", TypeSet.STRINGS, LetterTables.LANGUAGE),
              (e, t) -> LetterTables.lower().map(t.require(e.child()))),
          call(StringTranslate.class, "translate(a, b, c)", TextFunction.TRANSLATE),
          new ExpressionRule<>(
              org.apache.spark.sql.catalyst.expressions.Concat.class,
              Coverage.of("a || b", TypeSet.BYTES),
              (e, t) -> new Concat(Concat.Kind.PLAIN, operands(e, t))),
          new ExpressionRule<>(
              ConcatWs.class,
              Coverage.of("concat_ws(a, b, c)", TypeSet.STRINGS),
              (e, t) -> new Concat(Concat.Kind.SEPARATED, operands(e, t))),
          call(StringRepeat.class, "repeat(a, b)", TextFunction.REPEAT),
          call(Reverse.class, "reverse(a)", TextFunction.REVERSE),
          call(StringReplace.class, "replace(a, b, c)", TextFunction.REPLACE),
          call(StringLPad.class, "lpad(a, b, c)", TextFunction.PAD_LEFT),
          call(StringRPad.class, "rpad(a, b, c)", TextFunction.PAD_RIGHT),
          new ExpressionRule<>(
              Chr.class,
              Coverage.of("chr(a)", TypeSet.BIGINT),
              (e, t) -> new TextCall(TextFunction.CHARACTER, operands(e, t))),
          new ExpressionRule<>(
              StringSpace.class, Coverage.of("space(a)", TypeSet.INT), TextRules::space),
          new ExpressionRule<>(
              Overlay.class,
              Coverage.of("overlay(a, b, c, d)", TypeSet.STRINGS),
              TextRules::overlay),
          call(SubstringIndex.class, "substring_index(a, b, c)", TextFunction.BEFORE),
          new ExpressionRule<>(
              StringInstr.class, Coverage.of("instr(a, b)", TypeSet.STRINGS), TextRules::instr),
          new ExpressionRule<>(
              StringLocate.class,
              Coverage.of("locate(a, b, c)", TypeSet.STRINGS),
              TextRules::locate),
          call(Ascii.class, "ascii(a)", TextFunction.FIRST_CODE),
          new ExpressionRule<>(
              BitLength.class, Coverage.of("bit_length(a)", TypeSet.BYTES), TextRules::bits));

  private TextRules() {}

  private static List<Expression> operands(
      org.apache.spark.sql.catalyst.expressions.Expression e, ExpressionTranslator t) {
    return t.requireAll(
        ScalaCollections.<org.apache.spark.sql.catalyst.expressions.Expression>list(e.children()));
  }

  private static <E extends org.apache.spark.sql.catalyst.expressions.Expression>
      ExpressionRule<E> call(Class<E> sparkClass, String sql, TextFunction function) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.STRINGS),
        (e, t) -> new TextCall(function, operands(e, t)));
  }

  private static Literal number(int value) {
    return new Literal(DataType.INT32, value);
  }

  private static Expression arithmetic(
      Arithmetic.Operator operator, Expression left, Expression right) {
    return new Arithmetic(operator, left, right, DataType.INT32, ErrorMode.WRAP);
  }

  private static Expression space(StringSpace e, ExpressionTranslator t) {
    Literal blank = new Literal(DataType.STRING, Utf8.of(" "));
    return TextCall.of(TextFunction.REPEAT, blank, t.require(e.child()));
  }

  /** A negative length is that of the replacement. */
  private static Expression overlay(Overlay e, ExpressionTranslator t) {
    List<Expression> all = operands(e, t);
    Expression text = all.get(0);
    Expression by = all.get(1);
    Expression position = all.get(2);
    Expression given = all.get(3);
    Expression length =
        new CaseWhen(
            List.of(
                new CaseWhen.Branch(
                    new Comparison(Comparison.Operator.GE, given, number(0)), given),
                new CaseWhen.Branch(new IsNull(given), given)),
            new StringSize(StringSize.Unit.CHARACTERS, by));
    Expression before = arithmetic(Arithmetic.Operator.SUBTRACT, position, number(1));
    Expression behind = arithmetic(Arithmetic.Operator.ADD, position, length);
    return new Concat(
        Concat.Kind.PLAIN,
        List.of(
            new Substring(text, number(1), before),
            by,
            new Substring(text, behind, number(Integer.MAX_VALUE))));
  }

  private static Expression instr(StringInstr e, ExpressionTranslator t) {
    List<Expression> all = operands(e, t);
    return TextCall.of(TextFunction.LOCATE, all.get(1), all.get(0), number(1));
  }

  /** Without a place to start from there is nothing to find: that is 0, not null. */
  private static Expression locate(StringLocate e, ExpressionTranslator t) {
    List<Expression> all = new ArrayList<>(operands(e, t));
    Expression found = new TextCall(TextFunction.LOCATE, all);
    Expression start = all.get(2);
    return start.nullable()
        ? new CaseWhen(List.of(new CaseWhen.Branch(new IsNull(start), number(0))), found)
        : found;
  }

  private static Expression bits(BitLength e, ExpressionTranslator t) {
    Expression bytes = new StringSize(StringSize.Unit.BYTES, t.require(e.child()));
    return arithmetic(Arithmetic.Operator.MULTIPLY, bytes, number(Byte.SIZE));
  }
}

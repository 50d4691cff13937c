// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.And;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.CodeFunction;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Or;
import dev.kronos.expression.StringSize;
import dev.kronos.expression.TextCall;
import dev.kronos.expression.TextFunction;
import dev.kronos.expression.Trim;
import dev.kronos.expression.Utf8;
import dev.kronos.expression.WordFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Conv;
import org.apache.spark.sql.catalyst.expressions.Elt;
import org.apache.spark.sql.catalyst.expressions.Factorial;
import org.apache.spark.sql.catalyst.expressions.FormatNumber;
import org.apache.spark.sql.catalyst.expressions.FormatString;
import org.apache.spark.sql.catalyst.expressions.Mask;
import org.apache.spark.sql.catalyst.expressions.UnBase64;
import org.apache.spark.sql.catalyst.expressions.Unhex;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;

/** Translates functions that write and read numbers and bytes in other ways, and choose strings. */
final class CodeRules {
  static final Restriction METHOD =
      new Restriction(
          "method is not supported",
          "it is not that of base64, of url_encode, of columns of char(n), of lpad and rpad of binary"
              + " to a constant length, or of encode and decode in UTF-8 or US-ASCII");
  static final Restriction ENCODING =
      new Restriction("reading of bytes is not supported", "it is that of to_binary");

  private static final int LEAST_BASE = 2;
  private static final int GREATEST_BASE = 36;

  /** Digits of a line of MIME, as Spark breaks base 64. */
  private static final int LINE = 76;

  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              Conv.class, Coverage.of("conv(a, 10, 16)", TypeSet.STRINGS), CodeRules::conv),
          new ExpressionRule<>(
              StaticInvoke.class,
              Coverage.of(
                  "base64(a), encode(a, 'utf-8'), decode(a, 'utf-8')", TypeSet.BYTES, METHOD),
              CodeRules::method),
          new ExpressionRule<>(
              UnBase64.class,
              Coverage.of("unbase64(a)", TypeSet.STRINGS, ENCODING),
              (e, t) -> {
                requireSilent(e.failOnError());
                return Call.of(CodeFunction.UNBASE64, t.require(e.child()));
              }),
          new ExpressionRule<>(
              Unhex.class,
              Coverage.of("unhex(a)", TypeSet.STRINGS, ENCODING),
              (e, t) -> {
                requireSilent(e.failOnError());
                return orNull(CodeFunction.UNHEX, t.require(e.child()));
              }),
          new ExpressionRule<>(
              Factorial.class,
              Coverage.of("factorial(a)", TypeSet.INT),
              (e, t) -> orNull(CodeFunction.FACTORIAL, t.require(e.child()))),
          new ExpressionRule<>(
              FormatNumber.class,
              Coverage.of("format_number(a, 2)", TypeSet.EXACT, NumberFormats.PLACES),
              NumberFormats::number),
          new ExpressionRule<>(
              FormatString.class,
              Coverage.of(
                  "format_string('%s %d', a, b)", TypeSet.TEXT_OR_INTEGERS, NumberFormats.FORMAT),
              NumberFormats::text,
              1),
          new ExpressionRule<>(
              Mask.class,
              Coverage.of("mask(a, 'X', 'x', 'n')", TypeSet.STRINGS, LetterTables.MASK),
              (e, t) -> LetterTables.mask(e).map(t.require(e.input()))),
          new ExpressionRule<>(
              Elt.class, Coverage.of("elt(n, a, b, …)", TypeSet.STRINGS), CodeRules::chosen, 1));

  private CodeRules() {}

  private static void requireSilent(boolean failOnError) {
    if (failOnError) {
      throw ENCODING.refusal("fails for what is malformed");
    }
  }

  private static Expression orNull(CodeFunction function, Expression value) {
    return new Call(function, List.of(value), ErrorMode.NULL);
  }

  private static Literal number(int value) {
    return new Literal(DataType.INT32, value);
  }

  /** Null without a digit to look at, and in bases that there are not. */
  private static Expression conv(Conv e, ExpressionTranslator t) {
    Expression text = new Trim(Trim.Ends.BOTH, t.require(e.numExpr()));
    Expression from = t.require(e.fromBaseExpr());
    Expression to = t.require(e.toBaseExpr());
    CodeFunction function = e.ansiEnabled() ? CodeFunction.CONV_EXACT : CodeFunction.CONV;
    Expression size = new StringSize(StringSize.Unit.BYTES, text);
    Expression some = new Comparison(Comparison.Operator.GT, size, number(0));
    Expression signed = between(to, -GREATEST_BASE, -LEAST_BASE);
    Expression bases = new And(isBase(from), new Or(isBase(to), signed));
    return CaseWhen.orNull(new And(some, bases), Call.of(function, text, from, to));
  }

  private static Expression isBase(Expression number) {
    return between(number, LEAST_BASE, GREATEST_BASE);
  }

  private static Expression between(Expression number, int least, int greatest) {
    return new And(
        new Comparison(Comparison.Operator.GE, number, number(least)),
        new Comparison(Comparison.Operator.LE, number, number(greatest)));
  }

  /** Translates a method of Spark's that it calls by name, with a constant second argument. */
  private static Expression method(StaticInvoke e, ExpressionTranslator t) {
    String name = e.staticObject().getSimpleName().replace("$", "") + "." + e.functionName();
    List<org.apache.spark.sql.catalyst.expressions.Expression> arguments =
        ScalaCollections.list(e.arguments());
    Object constant =
        arguments.size() == 2
                && arguments.get(1)
                    instanceof org.apache.spark.sql.catalyst.expressions.Literal literal
            ? literal.value()
            : null;
    if (name.equals("Base64.encode") && constant instanceof Boolean inLines) {
      Expression bytes = t.require(arguments.get(0));
      return Call.of(CodeFunction.BASE64, bytes, number(inLines ? LINE : 0));
    }
    if (name.equals("CharVarcharCodegenUtils.readSidePadding")
        && constant instanceof Integer length) {
      return filledUp(t.require(arguments.get(0)), length);
    }
    if (name.equals("UrlCodec.encode")) {
      Expression text = NumberFormats.decoded(t.require(arguments.get(0)));
      return Call.of(CodeFunction.URL_ENCODE, text);
    }
    return BytesRules.method(name, arguments, t)
        .orElseThrow(() -> METHOD.refusal("method=" + name));
  }

  /** Fills a string up with spaces; one that is longer stays as it is. */
  private static Expression filledUp(Expression text, int length) {
    Expression size = new StringSize(StringSize.Unit.CHARACTERS, text);
    Expression isShort = new Comparison(Comparison.Operator.LT, size, number(length));
    Literal space = new Literal(DataType.STRING, Utf8.of(" "));
    Expression filled = TextCall.of(TextFunction.PAD_RIGHT, text, number(length), space);
    return new CaseWhen(List.of(new CaseWhen.Branch(isShort, filled)), text);
  }

  /** A number that no operand has fails, or gives null. */
  private static Expression chosen(Elt e, ExpressionTranslator t) {
    List<Expression> all =
        ScalaCollections.<org.apache.spark.sql.catalyst.expressions.Expression>list(e.children())
            .stream()
            .map(t::require)
            .toList();
    Expression wanted = all.get(0);
    List<CaseWhen.Branch> branches = new ArrayList<>();
    for (int i = 1; i < all.size(); i++) {
      Expression isIt = new Comparison(Comparison.Operator.EQ, wanted, number(i));
      branches.add(new CaseWhen.Branch(isIt, all.get(i)));
    }
    Literal none = Literal.ofNull(DataType.STRING);
    if (!e.failOnError()) {
      return new CaseWhen(branches, none);
    }
    if (wanted.nullable()) {
      CaseWhen.Branch missing = new CaseWhen.Branch(new dev.kronos.expression.IsNull(wanted), none);
      branches = Stream.concat(Stream.of(missing), branches.stream()).toList();
    }
    return new CaseWhen(branches, failure());
  }

  /** Fails wherever it is evaluated: no string has such a part. */
  static Expression failure() {
    Literal nothing = new Literal(DataType.STRING, Utf8.of(""));
    return Call.of(WordFunction.SPLIT_ITEM, nothing, nothing, number(-1));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.column.DataType.Kind;
import dev.kronos.expression.Absolute;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.CodeFunction;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Concat;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.RoundNumber;
import dev.kronos.expression.TextCall;
import dev.kronos.expression.TextFunction;
import dev.kronos.expression.Utf8;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.FormatNumber;
import org.apache.spark.sql.catalyst.expressions.FormatString;

/** Translates numbers with commas between thousands, and texts with values in them. */
final class NumberFormats {
  static final Restriction PLACES =
      new Restriction(
          "places of a formatted number are not supported",
          "they are not a constant, or make more than 38 digits");
  static final Restriction FORMAT =
      new Restriction("format is not supported", "it is not a constant of %s, %d and %%");

  private static final int LONG_DIGITS = 19;
  private static final int MOST_DIGITS = 38;

  private NumberFormats() {}

  private static Literal text(String value) {
    return new Literal(DataType.STRING, Utf8.of(value));
  }

  /** Rounds halves to the even neighbour, as Java's formats do; what becomes 0 keeps its sign. */
  static Expression number(FormatNumber e, ExpressionTranslator t) {
    Expression value = t.require(e.x());
    if (!(e.d() instanceof org.apache.spark.sql.catalyst.expressions.Literal literal)
        || !(literal.value() instanceof Integer places)
        || places < 0) {
      throw PLACES.refusal("places=" + e.d());
    }
    Expression exact =
        value.type().isDecimal()
            ? value
            : new Cast(value, DataType.decimal(LONG_DIGITS, 0), ErrorMode.ANSI);
    int whole = exact.type().precision() - exact.type().scale() + 1;
    if (whole + places > MOST_DIGITS) {
      throw PLACES.refusal("places=" + places + " type=" + value.type());
    }
    DataType type = DataType.decimal(whole + places, places);
    Expression rounded =
        exact.type().scale() > places
            ? new RoundNumber(exact, type, places, RoundNumber.Direction.HALF_EVEN, ErrorMode.ANSI)
            : new Cast(exact, type, ErrorMode.ANSI);
    Expression digits =
        new Cast(new Absolute(rounded, ErrorMode.ANSI), DataType.STRING, ErrorMode.ANSI);
    return new Concat(
        Concat.Kind.PLAIN, List.of(sign(exact), Call.of(CodeFunction.THOUSANDS, digits)));
  }

  private static Expression sign(Expression exact) {
    Expression below =
        new Comparison(Comparison.Operator.LT, exact, new Literal(exact.type(), BigInteger.ZERO));
    return new CaseWhen(List.of(new CaseWhen.Branch(below, text("-"))), text(""));
  }

  /** Takes a format apart: values in the places of %s and %d, in order. */
  static Expression text(FormatString e, ExpressionTranslator t) {
    List<org.apache.spark.sql.catalyst.expressions.Expression> children =
        ScalaCollections.list(e.children());
    if (!(children.get(0) instanceof org.apache.spark.sql.catalyst.expressions.Literal literal)
        || literal.value() == null) {
      throw FORMAT.refusal("format=" + children.get(0));
    }
    String format = literal.value().toString();
    List<Expression> parts = new ArrayList<>();
    int next = 1;
    int from = 0;
    for (int at = format.indexOf('%'); at >= 0; at = format.indexOf('%', from)) {
      char sign = at + 1 < format.length() ? format.charAt(at + 1) : ' ';
      parts.add(text(format.substring(from, at)));
      if (sign == '%') {
        parts.add(text("%"));
      } else if ((sign == 's' || sign == 'd') && next < children.size()) {
        parts.add(value(t.require(children.get(next++)), sign));
      } else {
        throw FORMAT.refusal("format=" + format);
      }
      from = at + 2;
    }
    if (next < children.size()) {
      throw FORMAT.refusal("format=" + format + " values=" + (children.size() - 1));
    }
    parts.add(text(format.substring(from)));
    return new Concat(Concat.Kind.PLAIN, parts);
  }

  /** Decodes a string as Java does: what is malformed becomes U+FFFD, as in a translation. */
  static Expression decoded(Expression value) {
    return TextCall.of(TextFunction.TRANSLATE, value, text(""), text(""));
  }

  private static Expression value(Expression value, char sign) {
    DataType type = value.type();
    boolean isText = type.kind() == Kind.STRING;
    if (!(type.isIntegral() || (sign == 's' && isText))) {
      throw FORMAT.refusal("sign=%" + sign + " type=" + type);
    }
    Expression text = isText ? decoded(value) : new Cast(value, DataType.STRING, ErrorMode.ANSI);
    return value.nullable() ? new Coalesce(List.of(text, text("null"))) : text;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.LikePattern;
import dev.kronos.expression.StringMatch;
import dev.kronos.expression.StringMatch.Place;
import dev.kronos.expression.StringSize;
import dev.kronos.expression.StringSize.Unit;
import dev.kronos.expression.Trim;
import dev.kronos.expression.Trim.Ends;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Contains;
import org.apache.spark.sql.catalyst.expressions.EndsWith;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Length;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.OctetLength;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.expressions.StartsWith;
import org.apache.spark.sql.catalyst.expressions.StringPredicate;
import org.apache.spark.sql.catalyst.expressions.StringTrim;
import org.apache.spark.sql.catalyst.expressions.StringTrimLeft;
import org.apache.spark.sql.catalyst.expressions.StringTrimRight;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.catalyst.expressions.UnaryExpression;

/** Translates functions of strings. */
final class StringRules {
  static final Restriction PATTERN =
      new Restriction(
          "pattern is not supported",
          "it is not constant, its escapes are wrong, or it has a replacement character");
  static final Restriction TRIMMED =
      new Restriction("only spaces are trimmed on the device", "the characters to trim are given");
  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              Like.class, Coverage.of("a LIKE 'b%_'", TypeSet.STRINGS, PATTERN), StringRules::like),
          ExpressionRule.unsupported(
              RLike.class,
              new Restriction("RLike is not supported", "regular expressions are Java's")),
          match(StartsWith.class, "startswith(a, b)", Place.START),
          match(EndsWith.class, "endswith(a, b)", Place.END),
          match(Contains.class, "contains(a, b)", Place.ANYWHERE),
          new ExpressionRule<>(
              Substring.class,
              Coverage.of("substring(a, b, c)", TypeSet.STRINGS),
              (e, t) ->
                  new dev.kronos.expression.Substring(
                      t.require(e.str()), t.require(e.pos()), t.require(e.len()))),
          size(Length.class, "length(a)", Unit.CHARACTERS),
          size(OctetLength.class, "octet_length(a)", Unit.BYTES),
          trim(StringTrim.class, "trim(a)", Ends.BOTH),
          trim(StringTrimLeft.class, "ltrim(a)", Ends.START),
          trim(StringTrimRight.class, "rtrim(a)", Ends.END));

  private StringRules() {}

  private static dev.kronos.expression.Expression like(Like e, ExpressionTranslator t) {
    dev.kronos.expression.Expression text = t.require(e.left());
    if (!(e.right() instanceof Literal pattern)) {
      throw PATTERN.refusal("pattern=" + e.right());
    }
    if (pattern.value() == null) {
      return dev.kronos.expression.Literal.ofNull(DataType.BOOLEAN);
    }
    try {
      LikePattern compiled = LikePattern.compile(pattern.value().toString(), e.escapeChar());
      return new dev.kronos.expression.Like(text, compiled);
    } catch (IllegalArgumentException wrong) {
      throw PATTERN.refusal("pattern=" + pattern.value());
    }
  }

  private static <E extends StringPredicate> ExpressionRule<E> match(
      Class<E> sparkClass, String sql, Place place) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.STRINGS),
        (e, t) -> new StringMatch(place, t.require(operand(e, 0)), t.require(operand(e, 1))));
  }

  private static <E extends UnaryExpression> ExpressionRule<E> size(
      Class<E> sparkClass, String sql, Unit unit) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.STRINGS),
        (e, t) -> new StringSize(unit, t.require(e.child())));
  }

  private static <E extends Expression> ExpressionRule<E> trim(
      Class<E> sparkClass, String sql, Ends ends) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.STRINGS, TRIMMED),
        (e, t) -> {
          if (e.children().size() > 1) {
            throw TRIMMED.refusal("characters=" + operand(e, 1));
          }
          return new Trim(ends, t.require(operand(e, 0)));
        });
  }

  private static Expression operand(Expression e, int index) {
    return e.children().apply(index);
  }
}

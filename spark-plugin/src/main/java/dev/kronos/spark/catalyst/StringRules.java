// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.And;
import dev.kronos.expression.LikePattern;
import dev.kronos.expression.Not;
import dev.kronos.expression.Or;
import dev.kronos.expression.StringMatch;
import dev.kronos.expression.StringMatch.Place;
import dev.kronos.expression.StringSize;
import dev.kronos.expression.StringSize.Unit;
import dev.kronos.expression.TextCall;
import dev.kronos.expression.TextFunction;
import dev.kronos.expression.Trim;
import dev.kronos.expression.Trim.Ends;
import dev.kronos.expression.Utf8;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Contains;
import org.apache.spark.sql.catalyst.expressions.EndsWith;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Length;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.LikeAll;
import org.apache.spark.sql.catalyst.expressions.LikeAny;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.MultiLikeBase;
import org.apache.spark.sql.catalyst.expressions.NotLikeAll;
import org.apache.spark.sql.catalyst.expressions.NotLikeAny;
import org.apache.spark.sql.catalyst.expressions.OctetLength;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.expressions.StartsWith;
import org.apache.spark.sql.catalyst.expressions.StringPredicate;
import org.apache.spark.sql.catalyst.expressions.StringTrim;
import org.apache.spark.sql.catalyst.expressions.StringTrimLeft;
import org.apache.spark.sql.catalyst.expressions.StringTrimRight;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.catalyst.expressions.UnaryExpression;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;

/** Translates functions of strings. */
final class StringRules {
  private static final char ESCAPE = '\\';

  static final Restriction PATTERN =
      new Restriction(
          "pattern is not supported",
          "it is not constant, its escapes are wrong, or it has a replacement character");
  static final Restriction REGULAR_EXPRESSION =
      new Restriction(
          "regular expression is not supported", "it is not a constant text, perhaps after ^");

  /** What means more than itself in regular expressions, and what malformed input decodes to. */
  private static final String OPERATORS = "\\^$.|?*+()[]{}\uFFFD";

  private static final String ANYTHING = ".*";

  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              Like.class, Coverage.of("a LIKE 'b%_'", TypeSet.STRINGS, PATTERN), StringRules::like),
          likes(LikeAll.class, "a LIKE ALL ('%b%c', …)", Match.ALL),
          likes(NotLikeAll.class, "a NOT LIKE ALL ('%b%c', …)", Match.NONE),
          likes(LikeAny.class, "a LIKE ANY ('%b%c', …)", Match.ANY),
          likes(NotLikeAny.class, "a NOT LIKE ANY ('%b%c', …)", Match.NOT_ALL),
          new ExpressionRule<>(
              RLike.class,
              Coverage.of("a RLIKE '^b'", TypeSet.STRINGS, REGULAR_EXPRESSION),
              StringRules::rlike),
          match(StartsWith.class, "startswith(a, b)", Place.START),
          match(EndsWith.class, "endswith(a, b)", Place.END),
          match(Contains.class, "contains(a, b)", Place.ANYWHERE),
          new ExpressionRule<>(
              Substring.class,
              Coverage.of("substring(a, b, c)", TypeSet.BYTES),
              StringRules::substring),
          size(Length.class, "length(a)", Unit.CHARACTERS),
          size(OctetLength.class, "octet_length(a)", Unit.BYTES),
          trim(StringTrim.class, "trim(a)", Ends.BOTH),
          trim(StringTrimLeft.class, "ltrim(a)", Ends.START),
          trim(StringTrimRight.class, "rtrim(a)", Ends.END));

  private StringRules() {}

  /** Returns the text that is all that a regular expression finds, signs escaped or not. */
  static Optional<String> literal(String regularExpression) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < regularExpression.length(); i++) {
      char c = regularExpression.charAt(i);
      boolean escapes = c == '\\' && i + 1 < regularExpression.length();
      char next = escapes ? regularExpression.charAt(++i) : c;
      boolean known = escapes ? OPERATORS.indexOf(next) >= 0 : OPERATORS.indexOf(c) < 0;
      if (!known || next == '\uFFFD') {
        return Optional.empty();
      }
      text.append(next);
    }
    return Optional.of(text.toString());
  }

  /** Of bytes it counts bytes. */
  private static dev.kronos.expression.Expression substring(Substring e, ExpressionTranslator t) {
    dev.kronos.expression.Expression text = t.require(e.str());
    dev.kronos.expression.Expression position = t.require(e.pos());
    dev.kronos.expression.Expression length = t.require(e.len());
    return isBinary(e.str())
        ? TextCall.of(TextFunction.SLICE, text, position, length)
        : new dev.kronos.expression.Substring(text, position, length);
  }

  private static boolean isBinary(Expression operand) {
    return operand.dataType().equals(DataTypes.BinaryType);
  }

  private static dev.kronos.expression.Expression like(Like e, ExpressionTranslator t) {
    if (!(e.right() instanceof Literal pattern)) {
      throw PATTERN.refusal("pattern=" + e.right());
    }
    return like(t.require(e.left()), pattern.value(), e.escapeChar());
  }

  private static dev.kronos.expression.Expression like(
      dev.kronos.expression.Expression text, Object pattern, char escape) {
    if (pattern == null) {
      return dev.kronos.expression.Literal.ofNull(DataType.BOOLEAN);
    }
    try {
      LikePattern compiled = LikePattern.compile(pattern.toString(), escape);
      return new dev.kronos.expression.Like(text, compiled);
    } catch (IllegalArgumentException wrong) {
      throw PATTERN.refusal("pattern=" + pattern);
    }
  }

  /** Says which of several patterns a string has to be like. */
  private enum Match {
    ALL(false, true),
    NONE(true, true),
    ANY(false, false),
    NOT_ALL(true, false);

    private final boolean negates;
    private final boolean wantsAll;

    Match(boolean negates, boolean wantsAll) {
      this.negates = negates;
      this.wantsAll = wantsAll;
    }

    private dev.kronos.expression.Expression each(dev.kronos.expression.Expression like) {
      return negates ? new Not(like) : like;
    }

    private dev.kronos.expression.Expression both(
        dev.kronos.expression.Expression a, dev.kronos.expression.Expression b) {
      return wantsAll ? new And(a, b) : new Or(a, b);
    }
  }

  private static <E extends MultiLikeBase> ExpressionRule<E> likes(
      Class<E> sparkClass, String sql, Match match) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.STRINGS, PATTERN),
        (e, t) -> {
          dev.kronos.expression.Expression text = t.require(operand(e, 0));
          return CollectionConverters.asJava(e.patterns()).stream()
              .map(pattern -> match.each(like(text, pattern, ESCAPE)))
              .reduce(match::both)
              .orElseThrow(() -> PATTERN.refusal("patterns=0"));
        });
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
        Coverage.of(sql, TypeSet.BYTES),
        (e, t) -> new StringSize(isBinary(e.child()) ? Unit.BYTES : unit, t.require(e.child())));
  }

  private static <E extends Expression> ExpressionRule<E> trim(
      Class<E> sparkClass, String sql, Ends ends) {
    return new ExpressionRule<>(
        sparkClass,
        Coverage.of(sql, TypeSet.STRINGS),
        (e, t) -> {
          dev.kronos.expression.Expression text = t.require(operand(e, 0));
          return e.children().size() > 1
              ? trimOf(ends, text, t.require(operand(e, 1)))
              : new Trim(ends, text);
        });
  }

  private static dev.kronos.expression.Expression trimOf(
      Ends ends,
      dev.kronos.expression.Expression text,
      dev.kronos.expression.Expression characters) {
    dev.kronos.expression.Expression trimmed = text;
    if (ends != Ends.END) {
      trimmed = TextCall.of(TextFunction.TRIM_START_OF, trimmed, characters);
    }
    return ends == Ends.START
        ? trimmed
        : TextCall.of(TextFunction.TRIM_END_OF, trimmed, characters);
  }

  /**
   * Translates a regular expression that is a text, perhaps at the start: whatever may stand before
   * and behind it does not matter to a search.
   */
  private static dev.kronos.expression.Expression rlike(RLike e, ExpressionTranslator t) {
    dev.kronos.expression.Expression text = t.require(e.left());
    if (!(e.right() instanceof Literal pattern) || pattern.value() == null) {
      throw REGULAR_EXPRESSION.refusal("pattern=" + e.right());
    }
    String part = pattern.value().toString();
    boolean anchored = part.startsWith("^");
    part = anchored ? part.substring(1) : without(part, ANYTHING, true);
    part = without(part, ANYTHING, false);
    if (part.chars().anyMatch(c -> OPERATORS.indexOf(c) >= 0)) {
      throw REGULAR_EXPRESSION.refusal("pattern=" + pattern.value());
    }
    return new StringMatch(
        anchored ? Place.START : Place.ANYWHERE,
        text,
        new dev.kronos.expression.Literal(DataType.STRING, Utf8.of(part)));
  }

  private static String without(String pattern, String part, boolean first) {
    if (first ? !pattern.startsWith(part) : !pattern.endsWith(part)) {
      return pattern;
    }
    return first
        ? pattern.substring(part.length())
        : pattern.substring(0, pattern.length() - part.length());
  }

  private static Expression operand(Expression e, int index) {
    return e.children().apply(index);
  }
}

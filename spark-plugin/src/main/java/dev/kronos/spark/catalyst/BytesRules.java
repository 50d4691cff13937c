// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.CodeFunction;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.StringSize;
import dev.kronos.expression.TextCall;
import dev.kronos.expression.TextFunction;
import dev.kronos.expression.WordFunction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Translates methods of Spark's that pad bytes, and that turn strings into bytes and back. */
final class BytesRules {
  /** Places of the arguments of encode and decode. */
  private static final int CHARSET = 1;

  private static final int REPLACES = 3;

  private BytesRules() {}

  /**
   * Translates a call.
   *
   * @param name the simple name of the class, a point and the name of the method
   * @return nothing where it is none of these methods, or has arguments that it does not take here
   */
  static Optional<Expression> method(
      String name,
      List<org.apache.spark.sql.catalyst.expressions.Expression> arguments,
      ExpressionTranslator t) {
    return switch (name) {
      case "ByteArray.lpad" -> padded(TextFunction.PAD_LEFT, arguments, t);
      case "ByteArray.rpad" -> padded(TextFunction.PAD_RIGHT, arguments, t);
      case "Encode.encode" -> encoded(arguments, t);
      case "StringDecode.decode" -> decoded(arguments, t);
      default -> Optional.empty();
    };
  }

  /** Pads the digits of bytes, two of each. A negative length fails in Spark, and stays with it. */
  private static Optional<Expression> padded(
      TextFunction pad,
      List<org.apache.spark.sql.catalyst.expressions.Expression> arguments,
      ExpressionTranslator t) {
    if (!(constant(arguments.get(1)) instanceof Integer bytes)
        || bytes < 0
        || bytes > Integer.MAX_VALUE / 2) {
      return Optional.empty();
    }
    Expression digits = Call.of(WordFunction.HEX_BYTES, t.require(arguments.get(0)));
    Expression filling = Call.of(WordFunction.HEX_BYTES, t.require(arguments.get(2)));
    Expression filled = TextCall.of(pad, digits, new Literal(DataType.INT32, 2 * bytes), filling);
    return Optional.of(new Call(CodeFunction.UNHEX, List.of(filled), ErrorMode.NULL));
  }

  /** What is malformed in a string reads as U+FFFD, also in Spark. */
  private static Optional<Expression> encoded(
      List<org.apache.spark.sql.catalyst.expressions.Expression> arguments,
      ExpressionTranslator t) {
    return switch (charset(arguments)) {
      case "utf-8" -> Optional.of(NumberFormats.decoded(t.require(arguments.get(0))));
      case "us-ascii" -> ascii(arguments, t);
      default -> Optional.empty();
    };
  }

  private static Optional<Expression> decoded(
      List<org.apache.spark.sql.catalyst.expressions.Expression> arguments,
      ExpressionTranslator t) {
    return switch (charset(arguments)) {
      case "utf-8" -> utf8(arguments, t);
      case "us-ascii" -> ascii(arguments, t);
      default -> Optional.empty();
    };
  }

  private static Optional<Expression> utf8(
      List<org.apache.spark.sql.catalyst.expressions.Expression> arguments,
      ExpressionTranslator t) {
    Expression bytes = t.require(arguments.get(0));
    Expression text = NumberFormats.decoded(bytes);
    if (Boolean.TRUE.equals(constant(arguments.get(REPLACES)))) {
      return Optional.of(text);
    }
    return Optional.of(orFail(new Comparison(Comparison.Operator.NE, bytes, text), text));
  }

  /** All characters must have one byte. */
  private static Optional<Expression> ascii(
      List<org.apache.spark.sql.catalyst.expressions.Expression> arguments,
      ExpressionTranslator t) {
    if (!Boolean.FALSE.equals(constant(arguments.get(REPLACES)))) {
      return Optional.empty();
    }
    Expression text = NumberFormats.decoded(t.require(arguments.get(0)));
    Expression isLong =
        new Comparison(
            Comparison.Operator.GT,
            new StringSize(StringSize.Unit.BYTES, text),
            new StringSize(StringSize.Unit.CHARACTERS, text));
    return Optional.of(orFail(isLong, text));
  }

  private static Expression orFail(Expression condition, Expression text) {
    return new CaseWhen(List.of(new CaseWhen.Branch(condition, CodeRules.failure())), text);
  }

  private static String charset(
      List<org.apache.spark.sql.catalyst.expressions.Expression> arguments) {
    return String.valueOf(constant(arguments.get(CHARSET))).toLowerCase(Locale.ROOT);
  }

  /** Returns the value of a literal, null for others. */
  private static Object constant(org.apache.spark.sql.catalyst.expressions.Expression expression) {
    return expression instanceof org.apache.spark.sql.catalyst.expressions.Literal literal
        ? literal.value()
        : null;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.Collection;

/**
 * Tells which expressions make strings, rather than views of their operands. A kernel that makes
 * strings needs room for them.
 */
public final class MadeText {
  /** What declares the functions that make strings. */
  public static final String INCLUDE = "make_text.glsl";

  private MadeText() {}

  /** Tells whether an expression, or something inside it, makes strings. */
  public static boolean in(Expression e) {
    return makes(e) || in(e.children());
  }

  /** Tells whether one of some expressions makes strings. */
  public static boolean in(Collection<? extends Expression> expressions) {
    return expressions.stream().anyMatch(MadeText::in);
  }

  private static boolean makes(Expression e) {
    if (e instanceof TextCall call) {
      return call.function().makesText();
    }
    if (e instanceof Call call) {
      return call.function().makesText();
    }
    return e instanceof Concat
        || (e instanceof Cast cast
            && cast.type().equals(DataType.STRING)
            && !Cast.keepsBits(cast.child().type(), DataType.STRING));
  }
}

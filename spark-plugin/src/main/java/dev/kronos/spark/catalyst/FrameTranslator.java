// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.operator.window.WindowFrame;
import dev.kronos.operator.window.WindowFrame.Bound;
import dev.kronos.operator.window.WindowFrame.Kind;
import org.apache.spark.sql.catalyst.expressions.CurrentRow$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RowFrame$;
import org.apache.spark.sql.catalyst.expressions.SpecialFrameBoundary;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.UnboundedFollowing$;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;

/** Translates frames. */
final class FrameTranslator {
  static final Restriction BOUNDS =
      Restriction.of("bound of a frame is not a constant number of rows");

  private FrameTranslator() {}

  /** Returns the frame of a function. */
  static WindowFrame frame(WindowExpression window, WindowBuilder builder) {
    if (!(window.windowSpec().frameSpecification() instanceof SpecifiedWindowFrame frame)) {
      throw BOUNDS.refusal(window.windowSpec().frameSpecification().toString());
    }
    if (frame.frameType() == RowFrame$.MODULE$) {
      return new WindowFrame(rows(frame.lower()), rows(frame.upper()));
    }
    if (isBorder(frame.lower()) && isBorder(frame.upper())) {
      return new WindowFrame(border(frame.lower(), Kind.PEERS), border(frame.upper(), Kind.PEERS));
    }
    RangeBounds range = RangeBounds.of(window.windowSpec(), builder);
    return new WindowFrame(
        values(frame.lower(), range), values(frame.upper(), range), range.range());
  }

  private static boolean isBorder(Expression bound) {
    return bound instanceof SpecialFrameBoundary;
  }

  private static Bound border(Expression bound, Kind current) {
    if (bound == UnboundedPreceding$.MODULE$) {
      return Bound.of(Kind.START);
    }
    if (bound == UnboundedFollowing$.MODULE$) {
      return Bound.of(Kind.END);
    }
    if (bound == CurrentRow$.MODULE$) {
      return Bound.of(current);
    }
    throw BOUNDS.refusal(bound.sql());
  }

  private static Bound values(Expression bound, RangeBounds range) {
    return isBorder(bound) ? border(bound, Kind.PEERS) : Bound.of(range.away(bound));
  }

  private static Bound rows(Expression bound) {
    if (isBorder(bound)) {
      return border(bound, Kind.ROW);
    }
    if (!(bound.foldable() && bound.eval(null) instanceof Integer rows)) {
      throw BOUNDS.refusal(bound.sql());
    }
    // No partition has as many rows as the largest distance.
    return rows < 0
        ? new Bound(Kind.BEFORE, rows == Integer.MIN_VALUE ? Integer.MAX_VALUE : -rows)
        : new Bound(Kind.BEHIND, rows);
  }
}

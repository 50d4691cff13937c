// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.operator.window.WindowFrame;
import dev.kronos.operator.window.WindowFrame.Bound;
import dev.kronos.operator.window.WindowFrame.Kind;
import org.apache.spark.sql.catalyst.expressions.CurrentRow$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RowFrame$;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.UnboundedFollowing$;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;

/** Translates frames. */
final class FrameTranslator {
  static final Restriction RANGES =
      new Restriction(
          "frame of a window is a range of values",
          "RANGE BETWEEN with a value before or behind that of the row");
  static final Restriction BOUNDS =
      Restriction.of("bound of a frame is not a constant number of rows");

  private FrameTranslator() {}

  /** Returns the frame of a function. */
  static WindowFrame frame(WindowExpression window) {
    if (!(window.windowSpec().frameSpecification() instanceof SpecifiedWindowFrame frame)) {
      throw BOUNDS.refusal(window.windowSpec().frameSpecification().toString());
    }
    boolean rows = frame.frameType() == RowFrame$.MODULE$;
    return new WindowFrame(bound(frame.lower(), rows), bound(frame.upper(), rows));
  }

  private static Bound bound(Expression bound, boolean rows) {
    if (bound == UnboundedPreceding$.MODULE$) {
      return Bound.of(Kind.START);
    }
    if (bound == UnboundedFollowing$.MODULE$) {
      return Bound.of(Kind.END);
    }
    if (bound == CurrentRow$.MODULE$) {
      return Bound.of(rows ? Kind.ROW : Kind.PEERS);
    }
    if (!rows) {
      throw RANGES.refusal(bound.sql());
    }
    return distance(bound);
  }

  private static Bound distance(Expression bound) {
    if (!(bound.foldable() && bound.eval(null) instanceof Integer rows)) {
      throw BOUNDS.refusal(bound.sql());
    }
    // No partition has as many rows as the largest distance.
    return rows < 0
        ? new Bound(Kind.BEFORE, rows == Integer.MIN_VALUE ? Integer.MAX_VALUE : -rows)
        : new Bound(Kind.BEHIND, rows);
  }
}

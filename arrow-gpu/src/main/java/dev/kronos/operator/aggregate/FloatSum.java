// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.column.DataType;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import java.util.List;

/**
 * Adds doubles exactly, in a fixed-point number as wide as the range of double, and rounds once at
 * the end, so that the sum has the same bits whatever the order. Floats are widened first. Without
 * keys, each invocation keeps the three words around the last value's exponent in registers and
 * spills them when the exponent leaves them; of floats, it keeps an exact double.
 */
record FloatSum(Expression argument) implements Accumulator {
  /** 64-bit words of {@code superaccumulator.glsl}. */
  static final int WORDS = 68;

  /** Adds floats that an expression widens as floats. */
  static FloatSum of(Expression argument) {
    boolean widens =
        argument instanceof Cast cast
            && argument.type().equals(DataType.FLOAT64)
            && cast.child().type().equals(DataType.FLOAT32);
    return new FloatSum(widens ? ((Cast) argument).child() : argument);
  }

  @Override
  public int words() {
    return WORDS;
  }

  private String widened(String value) {
    return narrow() ? "f32_to_f64(" + value + ")" : value;
  }

  private boolean narrow() {
    return argument.type().equals(DataType.FLOAT32);
  }

  /** Rows of doubles are long programs. */
  @Override
  public int mostRows() {
    return narrow() ? RowBlocks.MOST_ROWS : 4;
  }

  @Override
  public String declare(StateWords state) {
    if (narrow()) {
      return "K_Narrow k_narrow%d = K_Narrow(0.0lf, K_NARROW_START);\n".formatted(state.index());
    }
    return "K_Parts k_window" + state.index() + " = K_Parts(0u, 0l, 0l, 0l);\n";
  }

  @Override
  public String gather(StateWords state, List<GlslValue> values) {
    if (narrow()) {
      return "k_narrowAdd(k_narrow%d, %du, %s, %s);\n"
          .formatted(state.index(), state.ordinal(), state.only(0), values.get(0).value());
    }
    return "k_windowAdd(k_window%d, %du, %s, %s);\n"
        .formatted(state.index(), state.ordinal(), state.only(0), widened(values.get(0).value()));
  }

  @Override
  public String settle(StateWords state) {
    return narrow()
        ? "k_narrowSettle(k_narrow%d, %du);\n".formatted(state.index(), state.ordinal())
        : "";
  }

  @Override
  public String publish(StateWords state) {
    return "k_%1$sPublish(k_%1$s%2$d, %3$du, %4$s);\n"
        .formatted(narrow() ? "narrow" : "window", state.index(), state.ordinal(), state.only(0));
  }

  /** Two limbs for each of the 67 words; flags of values that are not finite go to the state. */
  @Override
  public int localLimbs() {
    return 2 * (WORDS - 1);
  }

  @Override
  public String updateLocal(StateWords state, int firstLimb, List<GlslValue> values) {
    return "k_localFloat(%du, place, %s, %s);\n"
        .formatted(firstLimb, state.address(0), widened(values.get(0).value()));
  }

  @Override
  public String flushLocal(StateWords state, int firstLimb) {
    return "k_localFlushFloat(%du, place, %s);\n".formatted(firstLimb, state.address(0));
  }

  @Override
  public String update(StateWords state, List<GlslValue> values) {
    return "superaccumulator_add(%s, %s);\n"
        .formatted(state.address(0), widened(values.get(0).value()));
  }

  @Override
  public String result(StateWords state, AggregateCall call) {
    return "result = superaccumulator_read(" + state.address(0) + ");\n";
  }

  /** Returns the statements that carry between the words of {@code slot}, for very many rows. */
  static String normalise(StateWords state) {
    return "superaccumulator_normalise(" + state.address(0) + ");\n";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.operator.pipeline.RegisterType;
import java.util.List;

/**
 * Keeps the least or greatest value that does not fit an atomic word. Word 0 is the number of the
 * row that has it, or 0; the words after it hold the value of a row of an earlier batch. A row of
 * this batch is evaluated again where its value is needed.
 */
record RowExtreme(Function function, Expression argument) implements KeptRow {
  @Override
  public Expression value() {
    return argument;
  }

  @Override
  public String chosen(StateWords state) {
    return state.load(0);
  }

  @Override
  public boolean marksNull() {
    return false;
  }

  /** Returns the name of the function that evaluates the argument of a row of this batch. */
  static String argumentFunction(StateWords state) {
    return "k_argument" + state.index();
  }

  /** Returns the condition that {@code left} comes before {@code right}. */
  private String less(String left, String right) {
    String arguments = "(" + left + ", " + right + ")";
    return register() == RegisterType.STRING
        ? "str_compare" + arguments + " < 0"
        : "i128_lt" + arguments;
  }

  /** Returns the function that offers a row and its value to a slot. */
  String offerFunction(StateWords state) {
    String better = function == Function.MIN ? less("value", "other") : less("other", "value");
    return """
    void k_offer%1$d(uint slot, uint row, %2$s value) {
      uint64_t word = %3$s;
      uint64_t best = K_SharedWord(word).v;
      while (true) {
        if (best != 0ul) {
          %2$s other;
          if (best > k_args.rowBase) {
            uint error = k_error;
            other = %4$s(uint(best - k_args.rowBase - 1ul));
            k_error = error;
          } else {
            other = %5$s;
          }
          if (!(%6$s)) {
            break;
          }
        }
        uint64_t mine = k_args.rowBase + uint64_t(row) + 1ul;
        uint64_t seen = atomicCompSwap(K_SharedWord(word).v, best, mine);
        if (seen == best) {
          break;
        }
        best = seen;
      }
    }
    """
        .formatted(
            state.index(),
            register().glslName(),
            state.address(0),
            argumentFunction(state),
            stored(state),
            better);
  }

  /** Rows are looked at again, where they lie. */
  @Override
  public int mostRows() {
    return 1;
  }

  @Override
  public String gather(StateWords state, List<GlslValue> values) {
    return "k_offer%d(0u, row, %s);\n".formatted(state.index(), values.get(0).value());
  }

  @Override
  public String update(StateWords state, List<GlslValue> values) {
    return "k_offer%d(slot, row, %s);\n".formatted(state.index(), values.get(0).value());
  }

  @Override
  public String result(StateWords state, AggregateCall call) {
    return "result = " + stored(state) + ";\n";
  }
}

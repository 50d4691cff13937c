// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.operator.pipeline.RegisterType;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the least or greatest value that does not fit an atomic word, by the number of the row that
 * has it. Word 0 is that number over all batches, from 1, or 0; the words after it hold the value
 * of a row of an earlier batch. A row of this batch is evaluated again where its value is needed,
 * and its value is stored when the batch is done.
 */
record RowExtreme(Function function, Expression argument) implements Accumulator {
  @Override
  public int words() {
    return 1 + register().words();
  }

  RegisterType register() {
    return RegisterType.of(argument.type());
  }

  /** Returns the name of the function that evaluates the argument of a row of this batch. */
  static String argumentFunction(StateWords state) {
    return "k_argument" + state.index();
  }

  /** Returns the expression of the value stored in the slot in the variable {@code slot}. */
  String stored(StateWords state) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < register().words(); i++) {
      words.add(state.load(1 + i));
    }
    return register().value(words);
  }

  /** Returns the function that offers a row and its value to a slot. */
  String offerFunction(StateWords state) {
    String better = function == Function.MIN ? "i128_lt(value, other)" : "i128_lt(other, value)";
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

  @Override
  public String gather(StateWords state, GlslValue value) {
    return "k_offer%d(0u, row, %s);\n".formatted(state.index(), value.value());
  }

  @Override
  public String update(StateWords state, GlslValue value) {
    return "k_offer%d(slot, row, %s);\n".formatted(state.index(), value.value());
  }

  @Override
  public String result(StateWords state, AggregateCall call) {
    return "result = " + stored(state) + ";\n";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.operator.pipeline.RegisterType;
import java.util.List;

/** Combines integers bit by bit; bits that all have are those that none lacks. */
record BitAccumulator(Function function, Expression argument) implements Accumulator {
  @Override
  public int words() {
    return 1;
  }

  /** Returns the name of the function in the names of the shared code. */
  private String name() {
    return switch (function) {
      case BIT_AND, BIT_OR -> "Or";
      default -> "Xor";
    };
  }

  @Override
  public String declare(StateWords state) {
    return state.declare(1, 0);
  }

  private String complemented(String bits) {
    return function == Function.BIT_AND ? "~" + bits : bits;
  }

  private String bits(List<GlslValue> values) {
    return complemented("uint64_t(int64_t(" + values.get(0).value() + "))");
  }

  @Override
  public String gather(StateWords state, List<GlslValue> values) {
    String operator =
        switch (function) {
          case BIT_AND, BIT_OR -> "|";
          default -> "^";
        };
    return "%s %s= %s;\n".formatted(state.register(0), operator, bits(values));
  }

  @Override
  public String publish(StateWords state) {
    String register = state.register(0);
    return "k_reduce%1$s1(%2$s);\nif (k_first) { atomic%1$s(K_WORD(%3$s), %2$s); }\n"
        .formatted(name(), register, state.only(0));
  }

  @Override
  public String update(StateWords state, List<GlslValue> values) {
    return "atomic%s(K_WORD(%s), %s);\n".formatted(name(), state.address(0), bits(values));
  }

  @Override
  public String result(StateWords state, AggregateCall call) {
    String register = RegisterType.of(call.resultType()).glslName();
    return "result = %s(int64_t(%s));\n".formatted(register, complemented(state.load(0)));
  }
}

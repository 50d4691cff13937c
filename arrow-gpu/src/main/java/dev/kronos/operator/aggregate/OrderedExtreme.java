// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.operator.pipeline.RegisterType;
import java.util.List;
import java.util.Locale;

/** Keeps the least or greatest value as a 64-bit key whose unsigned order is that of the values. */
record OrderedExtreme(Function function, Expression argument) implements Accumulator {
  @Override
  public int words() {
    return 1;
  }

  @Override
  public long initialWord() {
    return function == Function.MIN ? -1 : 0;
  }

  @Override
  public String declare(StateWords state) {
    return state.declare(1, initialWord());
  }

  @Override
  public String gather(StateWords state, List<GlslValue> values) {
    String name = function == Function.MIN ? "min" : "max";
    String register = state.register(0);
    return "%s = %s(%s, %s);\n".formatted(register, name, register, key(values.get(0).value()));
  }

  @Override
  public String publish(StateWords state) {
    String name = function == Function.MIN ? "Min" : "Max";
    String register = state.register(0);
    return "k_reduce%s1(%s);\nif (k_first) { k_%s1(%s, %s); }\n"
        .formatted(name, register, name.toLowerCase(Locale.ROOT), state.only(0), register);
  }

  @Override
  public String update(StateWords state, List<GlslValue> values) {
    String name = function == Function.MIN ? "k_min1" : "k_max1";
    return "%s(%s, %s);\n".formatted(name, state.address(0), key(values.get(0).value()));
  }

  private RegisterType register() {
    return RegisterType.of(argument.type());
  }

  private String key(String value) {
    return switch (register()) {
      case FLOAT -> "k_orderFloat(" + value + ")";
      case DOUBLE -> "k_orderDouble(" + value + ")";
      case BOOL -> "uint64_t(" + value + ")";
      default -> "k_orderLong(int64_t(" + value + "))";
    };
  }

  @Override
  public String result(StateWords state, AggregateCall call) {
    String key = state.load(0);
    String value =
        switch (register()) {
          case FLOAT -> "k_unorderFloat(" + key + ")";
          case DOUBLE -> "k_unorderDouble(" + key + ")";
          case BOOL -> key + " != 0ul";
          default -> register().glslName() + "(k_unorderLong(" + key + "))";
        };
    return "result = " + value + ";\n";
  }
}

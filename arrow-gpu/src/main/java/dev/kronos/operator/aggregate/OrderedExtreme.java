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

  /** Tells whether values of at most 32 bits are gathered, by keys of 32 bits. */
  private boolean narrow() {
    return register() == RegisterType.INT || register() == RegisterType.FLOAT;
  }

  @Override
  public String declare(StateWords state) {
    return narrow()
        ? "uint %s = %su;\n".formatted(state.register(0), function == Function.MIN ? "~0" : "0")
        : state.declare(1, initialWord());
  }

  @Override
  public String gather(StateWords state, List<GlslValue> values) {
    String name = function == Function.MIN ? "min" : "max";
    String register = state.register(0);
    String value = values.get(0).value();
    return "%s = %s(%s, %s);\n".formatted(register, name, register, gatheredKey(value));
  }

  private String gatheredKey(String value) {
    return switch (register()) {
      case INT -> "k_orderInt(" + value + ")";
      case FLOAT -> "k_orderFloat(" + value + ")";
      default -> key(value);
    };
  }

  /** Returns the key of the state for what was gathered. */
  private String published(String register) {
    return switch (register()) {
      case INT -> "k_widenedInt(" + register + ")";
      case FLOAT -> "uint64_t(" + register + ")";
      default -> register;
    };
  }

  @Override
  public String publish(StateWords state) {
    String name = function == Function.MIN ? "Min" : "Max";
    String key = "k_key" + state.index();
    return "uint64_t %1$s = %2$s;\nk_reduce%3$s1(%1$s);\nif (k_first) { k_%4$s1(%5$s, %1$s); }\n"
        .formatted(
            key, published(state.register(0)), name, name.toLowerCase(Locale.ROOT), state.only(0));
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
      case FLOAT -> "uint64_t(k_orderFloat(" + value + "))";
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

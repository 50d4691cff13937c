// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.operator.pipeline.RegisterType;
import java.util.List;

/**
 * Keeps the greatest of 64-bit keys whose unsigned order is that of the values, or its reverse
 * where the least value is wanted.
 */
record OrderedExtreme(Function function, Expression argument) implements Accumulator {
  @Override
  public int words() {
    return 1;
  }

  @Override
  public String declare(StateWords state) {
    return narrow() ? "uint " + state.register(0) + " = 0u;\n" : state.declare(1, 0);
  }

  /** Tells whether values of at most 32 bits are gathered, by keys of 32 bits. */
  private boolean narrow() {
    return register() == RegisterType.INT || register() == RegisterType.FLOAT;
  }

  @Override
  public String gather(StateWords state, List<GlslValue> values) {
    String register = state.register(0);
    String key = reversed(gatheredKey(values.get(0).value()));
    return "%s = max(%s, %s);\n".formatted(register, register, key);
  }

  private String gatheredKey(String value) {
    return switch (register()) {
      case INT -> "k_orderInt(" + value + ")";
      case FLOAT -> "k_orderFloat(" + value + ")";
      default -> ordered(value);
    };
  }

  /** Returns the key of the state for what was gathered. */
  private String published(String register) {
    return switch (register()) {
      case INT -> reversed("k_widenedInt(" + reversed(register) + ")");
      case FLOAT -> reversed("uint64_t(" + reversed(register) + ")");
      default -> register;
    };
  }

  @Override
  public String publish(StateWords state) {
    String key = "k_key" + state.index();
    return "uint64_t %1$s = %2$s;\nk_reduceMax1(%1$s);\nif (k_first) { k_max1(%3$s, %1$s); }\n"
        .formatted(key, published(state.register(0)), state.only(0));
  }

  @Override
  public String update(StateWords state, List<GlslValue> values) {
    return "k_max1(%s, %s);\n".formatted(state.address(0), key(values.get(0).value()));
  }

  private RegisterType register() {
    return RegisterType.of(argument.type());
  }

  private String reversed(String key) {
    return function == Function.MIN ? "~" + key : key;
  }

  private String key(String value) {
    return reversed(ordered(value));
  }

  private String ordered(String value) {
    return switch (register()) {
      case FLOAT -> "uint64_t(k_orderFloat(" + value + "))";
      case DOUBLE -> "k_orderDouble(" + value + ")";
      case BOOL -> "uint64_t(" + value + ")";
      default -> "k_orderLong(int64_t(" + value + "))";
    };
  }

  @Override
  public String result(StateWords state, AggregateCall call) {
    String key = reversed(state.load(0));
    String value =
        switch (register()) {
          case FLOAT -> "k_unorderFloat(" + key + ")";
          case DOUBLE -> "k_unorderDouble(" + key + ")";
          case BOOL -> "(" + key + ") != 0ul";
          default -> register().glslName() + "(k_unorderLong(" + key + "))";
        };
    return "result = " + value + ";\n";
  }
}

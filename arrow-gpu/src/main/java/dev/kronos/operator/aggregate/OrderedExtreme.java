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

  /** Starts where no value changes anything; integers are gathered as they are. */
  @Override
  public String declare(StateWords state) {
    String name = state.register(0);
    return switch (register()) {
      case INT -> "int %s = %s;\n".formatted(name, least() ? "0x7FFFFFFF" : "int(0x80000000u)");
      case LONG ->
          "int64_t %s = int64_t(%s);\n"
              .formatted(name, least() ? "0x7FFFFFFFFFFFFFFFul" : "0x8000000000000000ul");
      case FLOAT ->
          least()
              ? "uint %1$s = 0u;\nuint %1$s_least = ~0u;\n".formatted(name)
              : ("int %1$s = int(0x80000000u);\n"
                      + "uint %1$s_least = 0xFF800000u;\nuint %1$s_most = 0u;\n")
                  .formatted(name);
      default -> state.declare(1, 0);
    };
  }

  private boolean least() {
    return function == Function.MIN;
  }

  @Override
  public String gather(StateWords state, List<GlslValue> values) {
    String name = state.register(0);
    String value = values.get(0).value();
    return switch (register()) {
      case INT, LONG ->
          "%1$s = %2$s(%1$s, %3$s);\n".formatted(name, least() ? "min" : "max", value);
      case FLOAT ->
          least()
              ? "k_leastAdd(%1$s, %1$s_least, %2$s);\n".formatted(name, value)
              : "k_greatestAdd(%1$s, %1$s_least, %1$s_most, %2$s);\n".formatted(name, value);
      default -> "%1$s = max(%1$s, %2$s);\n".formatted(name, key(value));
    };
  }

  /** Returns the key of the state for what was gathered. */
  private String published(String name) {
    return switch (register()) {
      case INT, LONG -> key(name);
      case FLOAT -> reversed("uint64_t(" + floatKey(name) + ")");
      default -> name;
    };
  }

  private String floatKey(String name) {
    return least()
        ? "k_leastKey(%1$s, %1$s_least)".formatted(name)
        : "k_greatestKey(%1$s, %1$s_least, %1$s_most)".formatted(name);
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
    return least() ? "~" + key : key;
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

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.column.DataType;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import dev.kronos.operator.pipeline.RegisterType;
import java.util.List;

/**
 * Adds integers and decimals in as many 64-bit words as the sum of 2^32 of them can need, so that
 * whether it fits the result type is known exactly at the end.
 */
record ExactSum(Expression argument, int words) implements Accumulator {
  /** Digits whose values times 2^32 stay below 2^63. */
  private static final int ONE_WORD_DIGITS = 9;

  /** Digits whose values times 2^32 stay below 2^127. */
  private static final int TWO_WORD_DIGITS = 28;

  static ExactSum of(Expression argument, ErrorMode mode) {
    return new ExactSum(argument, wordsOf(argument.type(), mode));
  }

  private static int wordsOf(DataType type, ErrorMode mode) {
    if (type.isDecimal()) {
      int digits = type.precision();
      return digits <= ONE_WORD_DIGITS ? 1 : digits <= TWO_WORD_DIGITS ? 2 : 3;
    }
    return type.kind() == DataType.Kind.INT64 && mode != ErrorMode.WRAP ? 2 : 1;
  }

  @Override
  public String declare(StateWords state) {
    return state.declare(words, 0);
  }

  @Override
  public String gather(StateWords state, List<GlslValue> values) {
    return "k_sum%d(%s, %s);\n"
        .formatted(words, state.registers(words), addend(values.get(0).value()));
  }

  @Override
  public String publish(StateWords state) {
    String registers = state.registers(words);
    return "k_reduceSum%d(%s);\nif (k_first) { k_add%d(%s, %s); }\n"
        .formatted(words, registers, words, state.only(0), registers);
  }

  @Override
  public String update(StateWords state, List<GlslValue> values) {
    return "k_add%d(%s, %s);\n".formatted(words, state.address(0), addend(values.get(0).value()));
  }

  /** A workgroup sees fewer than 2^32 rows: the values' own limbs and one more, or all words. */
  @Override
  public int localLimbs() {
    int valueLimbs = RegisterType.of(argument.type()) == RegisterType.WIDE ? 4 : 2;
    return Math.min(2 * words, valueLimbs + 1);
  }

  @Override
  public String updateLocal(StateWords state, int firstLimb, List<GlslValue> values) {
    return "k_localSum%d(%du, place, %s);\n"
        .formatted(localLimbs(), firstLimb, addend(values.get(0).value()));
  }

  @Override
  public String flushLocal(StateWords state, int firstLimb) {
    return "k_localFlush%d(%du, place, %s);\n".formatted(localLimbs(), firstLimb, state.address(0));
  }

  /** Returns the words of a value, sign-extended. */
  private String addend(String value) {
    if (RegisterType.of(argument.type()) == RegisterType.WIDE) {
      String two = value + ".lo, uint64_t(" + value + ".hi)";
      return words == 2 ? two : two + ", uint64_t(" + value + ".hi >> 63)";
    }
    String one = "uint64_t(int64_t(" + value + "))";
    return words == 1 ? one : one + ", uint64_t(int64_t(" + value + ") >> 63)";
  }

  @Override
  public String result(StateWords state, AggregateCall call) {
    return call.resultType().isDecimal()
        ? decimalResult(state, call)
        : longResult(state, call.resultType());
  }

  private String longResult(StateWords state, DataType type) {
    if (type.equals(DataType.INT32)) {
      String sum = "int64_t sum = int64_t(" + state.load(0) + ");\nresult = int(sum);\n";
      return sum + "overflow = sum != int64_t(result);\n";
    }
    String low = "result = int64_t(" + state.load(0) + ");\n";
    if (words == 1) {
      return low;
    }
    return low + "overflow = int64_t(" + state.load(1) + ") != (result >> 63);\n";
  }

  private String decimalResult(StateWords state, AggregateCall call) {
    StringBuilder text = new StringBuilder();
    String high = words == 1 ? "int64_t(" + state.load(0) + ") >> 63" : state.load(1);
    text.append("i128 sum = i128(").append(state.load(0)).append(", int64_t(").append(high);
    text.append("));\n");
    if (words == 3) {
      text.append("overflow = int64_t(").append(state.load(2)).append(") != (sum.hi >> 63);\n");
    }
    text.append("overflow = overflow || !i128_fits_precision(sum, ");
    text.append(call.resultType().precision()).append("u);\n");
    text.append("result = ").append(narrowed(call.resultType())).append(";\n");
    return text.toString();
  }

  private static String narrowed(DataType type) {
    return switch (RegisterType.of(type)) {
      case INT -> "int(sum.lo)";
      case LONG -> "int64_t(sum.lo)";
      default -> "sum";
    };
  }
}

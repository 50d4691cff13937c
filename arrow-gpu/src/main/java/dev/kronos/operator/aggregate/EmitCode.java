// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.ErrorMode;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.OutputCode;
import dev.kronos.operator.pipeline.RegisterType;
import dev.kronos.vulkan.spirv.ShaderSource;

/** Generates the kernels that turn the state into the columns of the result. */
final class EmitCode {
  private EmitCode() {}

  /** Returns the kernel that lists the slots in use. */
  static ShaderSource compaction(AggregatePlan plan) {
    return StateCode.kernel("aggregate/compact", plan, "slots")
        .resource("aggregate/compact.glsl")
        .source();
  }

  /** Returns the kernel that writes the keys and results of the listed slots. */
  static ShaderSource emission(AggregatePlan plan, OutputCode output) {
    KernelText kernel = StateCode.kernel("aggregate/emit", plan, "slots");
    kernel.arguments(output.arguments());
    output.addFunctions(kernel);
    StringBuilder row = new StringBuilder();
    row.append(
        plan.grouped()
            ? "uint slot = BufferU32(k_args.slots).v[k_position];\n"
            : "uint slot = 0u;\n");
    int keys = plan.keys().size();
    for (int key = 0; key < keys; key++) {
      KeyWords words = plan.keyWords();
      String type = RegisterType.of(plan.keys().get(key).type()).glslName();
      row.append("{\n").append(type).append(" value = ").append(words.stored(key)).append(";\n");
      row.append(output.store(key, "value", "(" + words.storedValid(key) + ")")).append("}\n");
    }
    for (int call = 0; call < plan.spec().calls().size(); call++) {
      row.append(result(plan, call)).append(output.store(keys + call, "result", "valid"));
      row.append("}\n");
    }
    output.addMain(kernel, row.toString());
    return kernel.source();
  }

  /** Opens a block in which {@code result} and {@code valid} are those of a call. */
  static String result(AggregatePlan plan, int call) {
    AggregateCall description = plan.spec().calls().get(call);
    int index = plan.accumulatorOf(call);
    Accumulator accumulator = plan.accumulators().get(index);
    RegisterType register = RegisterType.of(description.resultType());
    StringBuilder text = new StringBuilder("{\nbool overflow = false;\n");
    text.append("bool valid = ").append(seen(plan, index)).append(";\n");
    text.append(register.glslName()).append(" result = ").append(register.zero()).append(";\n");
    text.append("if (valid) {\n").append(accumulator.result(plan.state(index), description));
    text.append(onOverflow(description.mode(), plan.spec().calls().size() - call)).append("}\n");
    if (description.function() == Function.SEEN) {
      text.append("valid = true;\n");
    }
    return text.toString();
  }

  private static String seen(AggregatePlan plan, int accumulator) {
    int word = plan.seenWord(accumulator);
    if (word < 0) {
      return "true";
    }
    return "(K_WORD(K_STATE(%du, slot)) & %sul) != 0ul"
        .formatted(plan.firstSeenWord() + word, plan.seenMask(accumulator));
  }

  private static String onOverflow(ErrorMode mode, int rank) {
    return switch (mode) {
      case ANSI ->
          "if (overflow) {\natomicMax(K_WORD(k_args.counters + K_COUNTER_OVERFLOW), %dul);\n}\n"
              .formatted(rank);
      case NULL -> "valid = valid && !overflow;\n";
      case WRAP -> "";
    };
  }
}

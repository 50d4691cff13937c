// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.RegisterType;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;

/** Generates the kernel that copies the strings of chosen rows to memory of the grouping's own. */
final class KeepCode {
  /** Flag: only strings of rows of this batch are copied; the others stay where they are. */
  static final int NEW_ONLY = 1;

  private KeepCode() {}

  static ShaderSource source(AggregatePlan plan) {
    KernelText kernel = StateCode.kernel("aggregate/keep", plan, "arena", "arenaBase");
    kernel.include(List.of("string.glsl"));
    kernel.append("void main() {");
    kernel.append(
        "for (uint slot = kronos_thread(); slot < root.count; slot += kronos_threads()) {");
    if (plan.grouped()) {
      kernel.append("if (K_WORD(K_STATE(K_CLAIM, slot)) == 0ul) {\ncontinue;\n}");
    }
    for (int i = 0; i < plan.accumulators().size(); i++) {
      if (plan.accumulators().get(i) instanceof KeptRow kept && isString(kept)) {
        kernel.append(copy(kept, plan.state(i)));
      }
    }
    return kernel.append("}\n}").source();
  }

  /** Tells whether what is kept refers to characters. */
  static boolean isString(KeptRow kept) {
    return kept.register() == RegisterType.STRING;
  }

  private static String copy(KeptRow kept, StateWords state) {
    return """
    {
      Str text = %s;
      bool moves = (root.flags & %du) == 0u || %s > k_args.rowBase;
      if (moves && text.size != 0u) {
        %s
        %s = target;
      }
    }
    """
        .formatted(
            kept.stored(state),
            NEW_ONLY,
            kept.chosen(state),
            StateCode.copyText("KEPT_COPIED"),
            state.load(1));
  }
}

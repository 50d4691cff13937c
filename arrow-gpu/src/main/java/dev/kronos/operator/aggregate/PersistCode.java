// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.LiteralTable;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.RowCode;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;

/**
 * Generates the kernel that, after a batch and while it is still there, copies out of it what the
 * state refers to: the strings of new groups go to the arena, values of chosen rows to their words.
 * Of a chosen row's string it takes the place, and counts the bytes, for which the host then makes
 * room.
 */
final class PersistCode {
  /** Flag: carries are propagated in the sums of floats. */
  static final int NORMALISE = 1;

  private final AggregatePlan plan;
  private final RowCode rows;
  private final KernelText kernel;

  PersistCode(AggregatePlan plan) {
    this.plan = plan;
    this.rows = new RowCode(plan.pipeline().inputs());
    this.kernel = StateCode.kernel("aggregate/persist", plan, "arena", "arenaBase");
    kernel.include(List.of("string.glsl"));
    addKeepFunctions();
    kernel.append("void main() {\nuint64_t k_kept = 0ul;\nuint64_t k_added = 0ul;");
    kernel.append(
        "for (uint slot = kronos_thread(); slot < root.count; slot += kronos_threads()) {");
    if (plan.grouped()) {
      kernel.append("uint64_t claim = K_WORD(K_STATE(K_CLAIM, slot));");
      kernel.append("if (claim == 0ul) {\ncontinue;\n}");
      kernel.append("if (claim > k_args.rowBase) {");
      plan.keyWords().strings().forEach(key -> kernel.append(copyString(key)));
      kernel.append("}");
    }
    for (int i = 0; i < plan.accumulators().size(); i++) {
      kernel.append(persist(plan.accumulators().get(i), plan.state(i)));
    }
    kernel.append("}\n" + counting("KEPT", "k_kept") + counting("KEPT_ADDED", "k_added") + "}");
  }

  private static String counting(String counter, String bytes) {
    return "if (%1$s != 0ul) {\natomicAdd(K_WORD(k_args.counters + K_COUNTER_%2$s), %1$s);\n}\n"
        .formatted(bytes, counter);
  }

  private void addKeepFunctions() {
    for (int i = 0; i < plan.accumulators().size(); i++) {
      if (plan.accumulators().get(i) instanceof KeptRow kept) {
        StateWords state = plan.state(i);
        rows.addFunction(
            kernel,
            "void " + KeptRow.keepFunction(state) + "(uint slot, uint row)",
            List.of(kept.value()),
            values -> kept.store(state, values.get(0)));
      }
    }
  }

  ShaderSource source() {
    return kernel.source();
  }

  LiteralTable literals() {
    return rows.literals();
  }

  private String copyString(int key) {
    KeyWords words = plan.keyWords();
    return """
    if (%1$s) {
      Str text = %2$s;
      %3$s
      K_WORD(K_STATE(%4$du, slot)) = target;
    }
    """
        .formatted(
            words.storedValid(key),
            words.stored(key),
            StateCode.copyText("PERSISTED"),
            words.slotWord(key, 0));
  }

  private static String normalised(Accumulator accumulator, StateWords state) {
    if (accumulator instanceof FloatSum) {
      return FloatSum.normalise(state);
    }
    if (accumulator instanceof Moments moments) {
      return moments.normalise(state);
    }
    return accumulator instanceof PairMoments ? PairMoments.normalise(state) : "";
  }

  private static String persist(Accumulator accumulator, StateWords state) {
    String normalised = normalised(accumulator, state);
    if (!normalised.isEmpty()) {
      return "if ((root.flags & %du) != 0u) {\n%s}\n".formatted(NORMALISE, normalised);
    }
    if (!(accumulator instanceof KeptRow kept)) {
      return "";
    }
    StringBuilder text = new StringBuilder("{\n");
    text.append("uint64_t best = ").append(kept.chosen(state)).append(";\n");
    text.append("if (best > k_args.rowBase) {\n");
    text.append(KeptRow.keepFunction(state));
    text.append("(slot, uint(best - k_args.rowBase - 1ul));\n}\n");
    if (KeepCode.isString(kept)) {
      text.append("uint64_t size = ").append(state.load(2)).append(";\n");
      text.append("k_kept += size;\nk_added += best > k_args.rowBase ? size : 0ul;\n");
    }
    return text.append("}\n").toString();
  }
}

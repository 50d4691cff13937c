// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.GlslValue;
import dev.kronos.operator.pipeline.KernelText;
import java.util.ArrayList;
import java.util.List;

/**
 * Generates the code by which a workgroup gathers counts and sums of few groups in shared memory
 * and adds them to the state once, at its end. Without it, all rows of a group of millions meet at
 * the same few words of global memory.
 */
final class LocalGroups {
  /** Shared memory to spend, in 32-bit words: leaves room for eight workgroups a compute unit. */
  private static final int BUDGET_WORDS = 3072;

  private static final int MOST_SLOTS = 1024;
  private static final int LEAST_SLOTS = 4;

  private final AggregatePlan plan;
  private final List<Integer> firstLimbs = new ArrayList<>();
  private final int limbs;
  private final int slots;

  LocalGroups(AggregatePlan plan) {
    this.plan = plan;
    int next = 0;
    for (Accumulator accumulator : plan.accumulators()) {
      firstLimbs.add(next);
      next += accumulator.localLimbs();
    }
    this.limbs = next;
    int wordsPerSlot = 1 + limbs + plan.seenWords();
    this.slots =
        Math.min(MOST_SLOTS, Integer.highestOneBit(Math.max(BUDGET_WORDS / wordsPerSlot, 1)));
  }

  /** Tells whether there is anything to gather, and room for it. */
  private boolean used() {
    return limbs > 0 && slots >= LEAST_SLOTS;
  }

  void addCode(KernelText kernel) {
    if (used()) {
      kernel.define("K_LOCAL_SLOTS", slots + "u");
      kernel.define("K_LOCAL_LIMBS", limbs + "u");
      kernel.define("K_LOCAL_MARKS", Math.max(plan.seenWords(), 1) + "u");
      kernel.resource("aggregate/local.glsl");
      if (plan.floatSums() > 0) {
        kernel.resource("aggregate/localfloat.glsl");
      }
    }
  }

  /** Returns the statements at the start of the kernel. */
  String begin() {
    return used() ? "k_localClear();" : "";
  }

  /** Returns the statements that find the group's place, after its slot was found. */
  String find() {
    if (!used()) {
      return "";
    }
    return "uint place = k_localFind(slot);\n";
  }

  /** Returns the statements that take a value that is not null into an accumulator. */
  String update(int index, List<GlslValue> values) {
    Accumulator accumulator = plan.accumulators().get(index);
    String global = mark(index) + accumulator.update(plan.state(index), values);
    if (!used() || accumulator.localLimbs() == 0) {
      return global;
    }
    return "if (place != K_NO_SLOT) {\n"
        + markLocal(index)
        + accumulator.updateLocal(plan.state(index), firstLimbs.get(index), values)
        + "} else {\n"
        + global
        + "}\n";
  }

  private String mark(int accumulator) {
    int word = plan.seenWord(accumulator);
    if (word < 0) {
      return "";
    }
    return "k_mark(K_STATE(%du, slot), %sul);\n"
        .formatted(plan.firstSeenWord() + word, plan.seenMask(accumulator));
  }

  private String markLocal(int accumulator) {
    int word = plan.seenWord(accumulator);
    return word < 0
        ? ""
        : "k_localMark(%du, place, %su);\n".formatted(word, plan.seenMask(accumulator));
  }

  /** Returns the statements at the end of the kernel: an invocation an accumulator and place. */
  String end() {
    if (!used()) {
      return "";
    }
    List<String> flushes = new ArrayList<>();
    for (int word = 0; word < plan.seenWords(); word++) {
      flushes.add(
          "k_mark(K_STATE(%du, slot), uint64_t(k_localMarks[%du * K_LOCAL_SLOTS + place]));\n"
              .formatted(plan.firstSeenWord() + word, word));
    }
    for (int i = 0; i < plan.accumulators().size(); i++) {
      if (plan.accumulators().get(i).localLimbs() > 0) {
        flushes.add(plan.accumulators().get(i).flushLocal(plan.state(i), firstLimbs.get(i)));
      }
    }
    StringBuilder text = new StringBuilder("barrier();\n");
    text.append("for (uint i = gl_LocalInvocationID.x; i < ").append(flushes.size());
    text.append("u * k_places(); i += WORKGROUP_SIZE) {\nuint place = i % k_places();\n");
    text.append("uint slot = k_localSlots[place];\nif (slot == K_NO_SLOT) {\ncontinue;\n}\n");
    text.append("switch (i / k_places()) {\n");
    for (int i = 0; i < flushes.size(); i++) {
      text.append("case ").append(i).append("u:\n").append(flushes.get(i)).append("break;\n");
    }
    return text.append("}\n}").toString();
  }
}

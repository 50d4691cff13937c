// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.StatusArea;
import java.util.List;

/** Adds what every kernel over the state of a grouping starts with. */
final class StateCode {
  /** Counts the groups claimed. */
  static final int GROUPS = 0;

  /** Counts the rows deferred, over all dispatches. */
  static final int DEFERRED = 1;

  /** Counts the bytes of the strings of all groups. */
  static final int CHARACTERS = 2;

  /** Counts the bytes of strings copied to the arena. */
  static final int PERSISTED = 3;

  /** Counts the groups given out. */
  static final int EMITTED = 4;

  /** Holds the number of calls less the index of the first call that overflowed, or 0. */
  static final int OVERFLOW = 5;

  /** Counts the bytes of strings of chosen rows: of all there are after a batch, batch by batch. */
  static final int KEPT = 6;

  /** Counts the bytes of strings of rows that were chosen in the batches. */
  static final int KEPT_ADDED = 7;

  /** Counts the bytes of strings of chosen rows that were copied. */
  static final int KEPT_COPIED = 8;

  /** Holds the groups claimed by the first half of a sample. */
  static final int GROUPS_OF_HALF = 9;

  /** First of the counters of rows that passed filters. */
  static final int FILTERS = 10;

  private StateCode() {}

  static KernelText kernel(String name, AggregatePlan plan, String... arguments) {
    KernelText kernel = new KernelText(name);
    kernel.arguments("literals", "state", "capacity", "rowBase", "counters").arguments(arguments);
    kernel.columns(plan.pipeline().inputs().size());
    if (plan.sumsFloats()) {
      kernel.include(List.of("float.glsl", "superaccumulator.glsl"));
    }
    if (plan.keepsSketches()) {
      kernel.include(List.of("sketches.glsl"));
    }
    kernel.define("K_SLOT_WORDS", plan.words() + "ul");
    kernel.define(
        "K_STATE(word, slot)",
        "(k_args.state + (uint64_t(slot) * K_SLOT_WORDS + uint64_t(word)) * 8ul)");
    kernel.define("K_CLAIM", KeyWords.CLAIM + "u");
    kernel.define("K_HASH", KeyWords.HASH + "u");
    counter(kernel, "GROUPS", GROUPS);
    counter(kernel, "DEFERRED", DEFERRED);
    counter(kernel, "CHARACTERS", CHARACTERS);
    counter(kernel, "PERSISTED", PERSISTED);
    counter(kernel, "EMITTED", EMITTED);
    counter(kernel, "OVERFLOW", OVERFLOW);
    counter(kernel, "KEPT", KEPT);
    counter(kernel, "KEPT_ADDED", KEPT_ADDED);
    counter(kernel, "KEPT_COPIED", KEPT_COPIED);
    counter(kernel, "FILTERS", FILTERS);
    kernel.resource("pipeline/words.glsl").resource("aggregate/accumulate.glsl");
    kernel.resource(plan.ballots() ? "aggregate/ballots.glsl" : "aggregate/numbers.glsl");
    if (plan.keepsMoments()) {
      kernel.resource("pipeline/distances.glsl").resource("aggregate/moments.glsl");
    }
    return plan.keepsPowers() ? kernel.resource("aggregate/powers.glsl") : kernel;
  }

  /**
   * Returns the statements that copy the string {@code text} to the arena and leave its address in
   * {@code target}.
   *
   * @param counter the counter of bytes that were copied
   */
  static String copyText(String counter) {
    return """
    uint64_t counter = k_args.counters + K_COUNTER_%s;
    uint64_t target =
        k_args.arena + (atomicAdd(K_WORD(counter), uint64_t(text.size)) - k_args.arenaBase);
    str_copy(target, text);
    """
        .formatted(counter);
  }

  private static void counter(KernelText kernel, String name, int index) {
    kernel.define("K_COUNTER_" + name, (index * StatusArea.COUNTER_BYTES) + "ul");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import java.util.ArrayList;
import java.util.List;

/**
 * Proves or refutes that a recording keeps every order that its program needs, by comparing all
 * pairs of work. Deliberately shares nothing with {@link HazardTracker} and {@link
 * DependencyLevels}, which it checks in tests and in the debug mode. Takes time quadratic in the
 * number of pieces of work.
 */
public final class HazardChecker {
  private HazardChecker() {}

  /**
   * Describes a recording of a program.
   *
   * @param order places in program order, in the order of recording; a permutation
   * @param barrierBefore for each place in recording order whether a barrier was recorded before it
   */
  public record Recording(List<Integer> order, List<Boolean> barrierBefore) {
    /** Copies the lists and checks that they have one length. */
    public Recording {
      order = List.copyOf(order);
      barrierBefore = List.copyOf(barrierBefore);
      if (order.size() != barrierBefore.size()) {
        throw new IllegalArgumentException(
            "lists differ in length: order=" + order.size() + " barriers=" + barrierBefore.size());
      }
    }

    /** Returns the number of barriers. */
    public long barriers() {
      return barrierBefore.stream().filter(barrier -> barrier).count();
    }
  }

  /**
   * Finds the conflicting pairs of work that are out of order or have no barrier between them.
   *
   * @param program the accesses of each piece of work in program order
   * @param recording how it was recorded
   * @return one sentence for each violation; empty when the recording is right
   */
  public static List<String> violations(List<List<Access>> program, Recording recording) {
    int[] place = new int[program.size()];
    int[] epoch = new int[program.size()];
    int barriers = 0;
    for (int i = 0; i < recording.order().size(); i++) {
      barriers += recording.barrierBefore().get(i) ? 1 : 0;
      place[recording.order().get(i)] = i;
      epoch[recording.order().get(i)] = barriers;
    }
    List<String> found = new ArrayList<>();
    for (int later = 1; later < program.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        Hazard hazard = hazard(program.get(earlier), program.get(later));
        if (hazard != null && epoch[earlier] >= epoch[later]) {
          found.add(describe(hazard, earlier, later, place[earlier] > place[later]));
        }
      }
    }
    return found;
  }

  /** Names the three ways in which two pieces of work conflict. */
  enum Hazard {
    READ_AFTER_WRITE,
    WRITE_AFTER_READ,
    WRITE_AFTER_WRITE
  }

  /** Returns a hazard between two pieces of work, or null when they are independent. */
  static Hazard hazard(List<Access> earlier, List<Access> later) {
    for (Access first : earlier) {
      for (Access second : later) {
        boolean overlap =
            Math.max(first.start(), second.start()) < Math.min(first.end(), second.end());
        if (overlap && (first.mode().writes() || second.mode().writes())) {
          return classify(first, second);
        }
      }
    }
    return null;
  }

  private static Hazard classify(Access first, Access second) {
    if (!first.mode().writes()) {
      return Hazard.WRITE_AFTER_READ;
    }
    return second.mode().reads() ? Hazard.READ_AFTER_WRITE : Hazard.WRITE_AFTER_WRITE;
  }

  private static String describe(Hazard hazard, int earlier, int later, boolean swapped) {
    return hazard
        + (swapped ? " recorded out of order" : " without a barrier between")
        + ": earlier="
        + earlier
        + ", later="
        + later;
  }
}

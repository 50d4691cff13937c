// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.work;

import java.util.Arrays;

/**
 * Describes a batch of operations: independent as long as each has arrays of its own, and chains of
 * dependent ones where there are fewer sets of arrays than operations and sets are used again in
 * turn.
 *
 * @param problem one operation
 * @param sets how many sets of arrays there are, from 1 to {@code batch}
 * @param batch how many operations, 1 or more
 */
public record Job(Problem problem, int sets, int batch) {

  /** Describes a batch with as many sets of arrays as a number of bytes holds, at least one. */
  public static Job within(long memoryBytes, Problem problem, int batch) {
    long fitting = Math.max(1, memoryBytes / problem.setBytes());
    return new Job(problem, (int) Math.min(fitting, batch), batch);
  }

  /** Returns which set of arrays an operation works on. */
  public int setOf(int operation) {
    return operation % sets;
  }

  /** Returns how many operations work on a set of arrays. */
  public int timesOn(int set) {
    return (batch - set + sets - 1) / sets;
  }

  /** Returns how many dispatches the batch has. */
  public int dispatches() {
    return batch * problem.steps().size();
  }

  /**
   * Returns the number of dependency levels: the dispatches of the longest chain in which each
   * conflicts with one before it. One less is the fewest barriers that any program can do with.
   */
  public int levels() {
    int chain = 0;
    int[] written = new int[problem.arrays().size()];
    int[] read = new int[written.length];
    for (int time = 0; time < timesOn(0); time++) {
      for (Step step : problem.steps()) {
        int level = 1 + conflict(step, written, read);
        note(step, level, written, read);
        chain = Math.max(chain, level);
      }
    }
    return chain;
  }

  private static int conflict(Step step, int[] written, int[] read) {
    int level = 0;
    for (Operand operand : step.operands()) {
      if (operand.given()) {
        level = Math.max(level, written[operand.array()]);
        level = Math.max(level, operand.mode().writes() ? read[operand.array()] : 0);
      }
    }
    return level;
  }

  private static void note(Step step, int level, int[] written, int[] read) {
    for (Operand operand : step.operands()) {
      if (operand.given()) {
        int[] levels = operand.mode().writes() ? written : read;
        levels[operand.array()] = Math.max(levels[operand.array()], level);
      }
    }
  }

  @Override
  public String toString() {
    String kernels = Arrays.toString(problem.steps().stream().map(Step::kernel).toArray());
    return "Job[kernels=" + kernels + ", sets=" + sets + ", batch=" + batch + "]";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobTest {

  @Test
  void takesAsManySetsAsMemoryHolds() {
    Problem problem = Workload.SAXPY.problem(1024);
    assertThat(problem.setBytes()).isEqualTo(2048);
    assertThat(Job.within(10 * 2048, problem, 16).sets()).isEqualTo(10);
    assertThat(Job.within(10 * 2048, problem, 4).sets()).isEqualTo(4);
    assertThat(Job.within(1, problem, 4).sets()).isEqualTo(1);
  }

  @Test
  void countsTheOperationsOnEachSet() {
    Job job = new Job(Workload.SAXPY.problem(1024), 3, 8);
    assertThat(IntStream.range(0, 3).map(job::timesOn)).containsExactly(3, 3, 2);
    long[] counted = new long[3];
    IntStream.range(0, 8).forEach(operation -> counted[job.setOf(operation)]++);
    assertThat(counted).containsExactly(3, 3, 2);
  }

  @ParameterizedTest
  @EnumSource
  void levelsAreTheLongestChainOfConflicts(Workload workload) {
    // Two levels of tiles for the reduction.
    Problem problem = workload.problem(1 << 18);
    for (int sets : new int[] {1, 2, 5}) {
      Job job = new Job(problem, sets, 5);
      assertThat(job.levels()).as("sets=%d", sets).isEqualTo(longestChain(job));
    }
  }

  /** One run of a kernel and the set that it works on. */
  private record Run(Step step, int set) {}

  private static int longestChain(Job job) {
    List<Run> runs = new ArrayList<>();
    for (int operation = 0; operation < job.batch(); operation++) {
      int set = job.setOf(operation);
      job.problem().steps().forEach(step -> runs.add(new Run(step, set)));
    }
    int[] chain = new int[runs.size()];
    for (int i = 0; i < chain.length; i++) {
      chain[i] = 1;
      for (int before = 0; before < i; before++) {
        if (conflict(runs.get(before), runs.get(i))) {
          chain[i] = Math.max(chain[i], chain[before] + 1);
        }
      }
    }
    return IntStream.of(chain).max().orElseThrow();
  }

  private static boolean conflict(Run one, Run other) {
    return one.set() == other.set()
        && one.step().operands().stream()
            .filter(Operand::given)
            .anyMatch(a -> other.step().operands().stream().anyMatch(b -> conflict(a, b)));
  }

  private static boolean conflict(Operand a, Operand b) {
    return a.array() == b.array() && (a.mode().writes() || b.mode().writes());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskShareTest {
  private static final long MIB = 1 << 20;

  @ParameterizedTest(name = "{0} MiB, {1} MiB a task, {2} workers")
  @CsvSource({
    // One table takes an eighth of what a single task has.
    "2048, 64, 1, 2048, 256",
    "2048, 0, 1, 2048, 256",
    // Sixteen tasks fit: each counts on a sixteenth, and half of that is for its table.
    "2048, 64, 16, 128, 64",
    // No more than four are admitted, however many there are.
    "256, 64, 16, 64, 32",
    // A budget below one share admits one task, which has all of it.
    "32, 64, 16, 32, 4",
    // Any number is admitted: as many as there are workers share.
    "256, 0, 16, 16, 8",
  })
  void dividesTheBudget(long budget, long task, int workers, long share, long table) {
    TaskShare shares = new TaskShare(new MemoryBudget(budget * MIB), task * MIB);
    shares.among(workers);
    assertThat(shares.bytes()).isEqualTo(share * MIB);
    assertThat(shares.tableBytes()).isEqualTo(table * MIB);
  }

  @Test
  void tablesOfAllTasksFitTogether() {
    for (int workers = 1; workers <= 256; workers++) {
      TaskShare shares = new TaskShare(new MemoryBudget(2048 * MIB), 64 * MIB);
      shares.among(workers);
      long atOnce = Math.min(workers, 2048 / 64);
      assertThat(atOnce * shares.tableBytes()).isLessThanOrEqualTo(1024 * MIB);
    }
  }

  @Test
  void hasNoBoundWithoutBudget() {
    TaskShare shares = new TaskShare(new MemoryBudget(Long.MAX_VALUE), 64 * MIB);
    shares.among(16);
    assertThat(shares.bytes()).isEqualTo(Long.MAX_VALUE);
    assertThat(shares.tableBytes()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void followsTheBudget() {
    MemoryBudget budget = new MemoryBudget(2048 * MIB);
    TaskShare shares = new TaskShare(budget, 64 * MIB);
    shares.among(4);
    budget.limit(128 * MIB);
    assertThat(shares.bytes()).isEqualTo(64 * MIB);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.memory.MemoryPools;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spill.SpillMeter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares queries whose operators need more than the device budget with plain Spark. */
class SpillIT extends SessionTest {
  private static final long MIB = 1L << 20;

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    write(
        "events",
        "SELECT id * 7919 % 40009 AS k, concat('name ', id * 31 % 30011) AS s,"
            + " cast(id % 9973 AS decimal(12,2)) AS d, id / 7.0D AS f, id FROM range(40000)");
    write(
        "facts",
        "SELECT id * 104729 % 30011 AS k, concat('v', id) AS v, id % 100 AS n FROM range(30000)");
  }

  private static void write(String table, String sql) {
    KronosSession.write(folder, table, sql, 4);
  }

  /** Sets the budget of the device pool until the end of the test. */
  private static void budget(long bytes) {
    KronosExecutor.current().memory().limitDevice(bytes);
  }

  @AfterEach
  void freeBudget() {
    MemoryPools memory = KronosExecutor.current().memory();
    assertThat(memory.deviceBytes()).as("bytes on the device").isZero();
    assertThat(KronosExecutor.store().batches()).as("waiting batches").isZero();
    memory.limitDevice(Long.MAX_VALUE);
  }

  /** Asserts equal answers with a budget. */
  private static void assertSameWithin(String sql, long budgetBytes) {
    budget(budgetBytes);
    KronosSession.under(
        Map.of("spark.kronos.sql.batchRows", "5000", "spark.sql.shuffle.partitions", "1"),
        () -> assertSame(sql));
  }

  /** Asserts equal answers with a budget, and that batches left the device. */
  private static void assertSpills(String sql, long budgetBytes) {
    SpillMeter total = KronosExecutor.store().total();
    long before = total.hostBytes() + total.diskBytes();
    assertSameWithin(sql, budgetBytes);
    assertThat(total.hostBytes() + total.diskBytes()).as("spilled bytes").isGreaterThan(before);
  }

  @Test
  void groupsMoreThanFit() {
    assertSameWithin("SELECT k, count(*), sum(d), max(id) FROM events GROUP BY k", 8 * MIB);
    assertSameWithin("SELECT s, k % 3, avg(d) FROM events GROUP BY s, k % 3", 8 * MIB);
  }

  @Test
  void sortsMoreThanFits() {
    assertSpills("SELECT * FROM events ORDER BY d DESC, s, id", MIB);
  }
}

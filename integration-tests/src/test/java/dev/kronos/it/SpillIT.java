// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.memory.MemoryPools;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spill.SpillMeter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares queries whose operators need more than the device budget with plain Spark. */
class SpillIT extends SessionTest {
  private static final long MIB = 1L << 20;

  /** No table is broadcast, since those have to fit. */
  private static final Map<String, String> SHUFFLED =
      Map.of("spark.sql.autoBroadcastJoinThreshold", "-1");

  /** Small batches, and all of them in one task. */
  private static final Map<String, String> SMALL =
      Map.of("spark.kronos.sql.batchRows", "5000", "spark.sql.shuffle.partitions", "1");

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
    write("heavy", "SELECT 7919L AS k, concat('heavy ', id) AS v, id AS n FROM range(20000)");
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
    // Of a query that failed some tasks run on for a while.
    nothingIsLeftBehind();
    MemoryPools memory = KronosExecutor.current().memory();
    assertThat(memory.deviceBytes()).as("bytes on the device").isZero();
    assertThat(KronosExecutor.store().batches()).as("waiting batches").isZero();
    memory.limitDevice(Long.MAX_VALUE);
  }

  /** Asserts equal answers with a budget. */
  private static void assertSameWithin(String sql, long budgetBytes) {
    budget(budgetBytes);
    KronosSession.under(SMALL, () -> assertSame(sql));
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

  /** Every type of join, with a condition, and with rows that have no match or no key. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT e.id, e.s, f.v FROM events e JOIN facts f ON e.k = f.k",
        "SELECT e.id, e.s, f.v FROM events e LEFT JOIN facts f ON e.k = f.k AND e.id < f.k",
        "SELECT e.id, e.s, f.v FROM events e RIGHT JOIN facts f ON e.k = f.k AND e.id < f.k",
        "SELECT e.id, e.s, f.v FROM events e"
            + " FULL JOIN facts f ON nullif(e.k, 7919) = nullif(f.k, 1) AND e.id < f.k",
        "SELECT e.id, e.s FROM events e LEFT ANTI JOIN facts f ON e.k = f.k AND e.id < f.k",
        "SELECT e.id, e.s FROM events e WHERE e.id < 9 OR EXISTS (SELECT 1 FROM facts f WHERE e.k ="
            + " f.k AND e.id < f.k)"
      })
  void joinsMoreThanFits(String sql) {
    KronosSession.under(SHUFFLED, () -> assertSpills(sql, 1_500_000));
  }

  /** No division helps where all rows of the build side have one key. */
  @ParameterizedTest
  @ValueSource(strings = {"LEFT", "FULL"})
  void joinsOneKeyThatDoesNotFit(String type) {
    String sql =
        "SELECT /*+ SHUFFLE_HASH(h) */ e.id, e.s, h.v, h.n FROM (SELECT * FROM events WHERE id <"
            + " 50) e %s JOIN heavy h ON e.k = h.k AND e.id <> h.n";
    KronosSession.under(
        SHUFFLED, () -> assertSpills(String.format(Locale.ROOT, sql, type), 900_000));
  }

  /** Of the side that is looked up little is read, so that parts and chunks stay on the device. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT e.id, e.s FROM events e LEFT SEMI JOIN facts f ON e.k = f.k AND e.id < f.k",
        "SELECT /*+ SHUFFLE_HASH(h) */ e.id, e.s FROM events e"
            + " LEFT ANTI JOIN heavy h ON e.k = h.k AND e.id <> h.n WHERE e.id < 50"
      })
  void looksUpMoreThanFits(String sql) {
    KronosSession.under(SHUFFLED, () -> assertSameWithin(sql, 1_200_000));
  }

  @Test
  void raisesSparksErrorFromAPart() {
    budget(1_500_000);
    String sql =
        "SELECT g.v, q FROM (SELECT e.k, 10 / (e.id - 779) AS q"
            + " FROM events e JOIN facts f ON e.k = f.k) a JOIN facts g ON a.k = g.k";
    KronosSession.under(SHUFFLED, () -> KronosSession.under(SMALL, () -> assertSameError(sql)));
  }
}

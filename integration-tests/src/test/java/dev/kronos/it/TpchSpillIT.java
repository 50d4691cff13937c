// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.memory.MemoryPools;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spill.SpillMeter;
import dev.kronos.tpch.TpchGenerator;
import dev.kronos.tpch.TpchQuery;
import dev.kronos.tpch.TpchRunner;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers all TPC-H queries with a budget in which their tables do not fit. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TpchSpillIT extends SessionTest {
  private static final double SCALE = 0.01;
  private static final long BUDGET_BYTES = 5L << 18;

  /** Nothing is broadcast, as tables of broadcasts have to fit; one partition holds all. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.kronos.sql.strict", "true",
          "spark.kronos.sql.batchRows", "4096",
          "spark.sql.autoBroadcastJoinThreshold", "-1",
          "spark.sql.shuffle.partitions", "1");

  private static final Set<TpchQuery> SPILLED = EnumSet.noneOf(TpchQuery.class);
  @TempDir static Path data;

  @BeforeAll
  static void generate() {
    KronosSession.under(
        Map.of("spark.kronos.sql.enabled", "false"),
        () -> new TpchGenerator(KronosSession.spark(), SCALE, data).generate(table -> {}));
  }

  @AfterAll
  static void freeBudget() {
    KronosExecutor.current().memory().limitDevice(Long.MAX_VALUE);
  }

  @Order(1)
  @ParameterizedTest
  @EnumSource(TpchQuery.class)
  void equalsPlainSpark(TpchQuery query) {
    Answer expected =
        KronosSession.with(Map.of("spark.kronos.sql.enabled", "false"), () -> answer(query));
    MemoryPools memory = KronosExecutor.current().memory();
    memory.limitDevice(BUDGET_BYTES);
    long before = spilledBytes();
    Answer actual = KronosSession.with(SETTINGS, () -> answer(query));
    memory.limitDevice(Long.MAX_VALUE);
    assertThat(AnswerComparator.difference(expected, actual)).isEmpty();
    assertThat(KronosExecutor.store().batches()).as("waiting batches").isZero();
    assertThat(KronosExecutor.places().inside()).as("tasks on the device").isZero();
    if (spilledBytes() > before) {
      SPILLED.add(query);
    }
  }

  /** The query that joins the largest table with itself does not fit, or all would prove little. */
  @Order(2)
  @Test
  void largestJoinsLeftTheDevice() {
    assertThat(SPILLED).contains(TpchQuery.Q21);
  }

  private static long spilledBytes() {
    SpillMeter total = KronosExecutor.store().total();
    return total.hostBytes() + total.diskBytes();
  }

  private static Answer answer(TpchQuery query) {
    return new TpchRunner(KronosSession.spark(), data).run(query, 1).answer();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.tpch.QueryAccount;
import dev.kronos.tpch.QueryRun;
import dev.kronos.tpch.TpchGenerator;
import dev.kronos.tpch.TpchQuery;
import dev.kronos.tpch.TpchRunner;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers all TPC-H queries over real Parquet files and compares them with plain Spark. */
class TpchIT extends SessionTest {
  private static final double SCALE =
      Double.parseDouble(System.getProperty("kronos.tpch.scale", "0.01"));

  private static final Map<TpchQuery, Answer> EXPECTED = new EnumMap<>(TpchQuery.class);
  @TempDir static Path data;

  @BeforeAll
  static void generate() {
    KronosSession.under(
        Map.of("spark.kronos.sql.enabled", "false"),
        () -> {
          new TpchGenerator(KronosSession.spark(), SCALE, data).generate(table -> {});
        });
  }

  @ParameterizedTest
  @EnumSource(TpchQuery.class)
  void equalsPlainSparkWithoutAdaptiveExecution(TpchQuery query) {
    QueryRun actual =
        KronosSession.with(Map.of("spark.sql.adaptive.enabled", "false"), () -> onDevice(query, 1));
    assertThat(AnswerComparator.difference(expected(query), actual.answer())).isEmpty();
  }

  /** Strict mode refuses a query of which any part stays on the CPU. */
  @ParameterizedTest
  @EnumSource(TpchQuery.class)
  void runsWhollyOnTheDevice(TpchQuery query) {
    QueryRun actual =
        KronosSession.with(Map.of("spark.kronos.sql.strict", "true"), () -> onDevice(query, 1));
    assertThat(AnswerComparator.difference(expected(query), actual.answer())).isEmpty();
    assertThat(actual.nodeNames()).as("nodes on the device").isNotEmpty();
  }

  @Test
  void aggregatesRunInBothHalves() {
    for (TpchQuery query : List.of(TpchQuery.Q1, TpchQuery.Q6)) {
      assertThat(onDevice(query, 3).nodeNames())
          .filteredOn("KronosHashAggregate"::equals)
          .as("partial and final of %s", query)
          .hasSize(2);
    }
  }

  @Test
  void countersTellOfTheDevice() {
    QueryRun run = onDevice(TpchQuery.Q6, 1);
    for (String metric : List.of("dispatches", "deviceTime", "numOutputRows", "numOutputBatches")) {
      assertThat(run.total(metric)).as(metric).isPositive();
    }
  }

  @Test
  void accountTellsWhereTheTimeWent() {
    QueryRun run = onDevice(TpchQuery.Q6, 2);
    QueryAccount account = run.account();
    assertThat(account.wall()).isEqualTo(run.seconds().get(1));
    assertThat(account.idle()).isBetween(0.0, account.wall());
    assertThat(account.tasks()).isGreaterThanOrEqualTo(account.cpu()).isPositive();
    assertThat(account.scan()).isBetween(0.001, account.tasks());
    assertThat(QueryRun.fromJson(run.toJson()).account()).isEqualTo(account);
  }

  /** Returns plain Spark's answer, which has rows: two empty answers would prove nothing. */
  private static Answer expected(TpchQuery query) {
    return EXPECTED.computeIfAbsent(query, TpchIT::onCpu);
  }

  private static Answer onCpu(TpchQuery query) {
    QueryRun run =
        KronosSession.with(Map.of("spark.kronos.sql.enabled", "false"), () -> run(query, 1));
    assertThat(run.nodeNames()).as("plain Spark").isEmpty();
    assertThat(run.answer().rows()).as("rows of %s", query).isNotEmpty();
    return run.answer();
  }

  private static QueryRun onDevice(TpchQuery query, int repeats) {
    return run(query, repeats);
  }

  private static QueryRun run(TpchQuery query, int repeats) {
    return new TpchRunner(KronosSession.spark(), data).run(query, repeats);
  }
}

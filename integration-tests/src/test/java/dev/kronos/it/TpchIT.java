// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.AnswerComparator;
import dev.kronos.tpch.QueryAccount;
import dev.kronos.tpch.QueryRun;
import dev.kronos.tpch.TpchQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers all TPC-H queries without adaptive execution, and asks what is told of a run. */
class TpchIT extends SessionTest {
  private static final double SCALE = 0.01;

  @TempDir static Path data;

  @BeforeAll
  static void generate() {
    TpchAnswers.generate(SCALE, data);
  }

  @ParameterizedTest
  @EnumSource(TpchQuery.class)
  void equalsPlainSparkWithoutAdaptiveExecution(TpchQuery query) {
    QueryRun actual =
        KronosSession.with(Map.of("spark.sql.adaptive.enabled", "false"), () -> onDevice(query, 1));
    assertThat(AnswerComparator.difference(TpchAnswers.onCpu(query, data), actual.answer()))
        .isEmpty();
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

  private static QueryRun onDevice(TpchQuery query, int repeats) {
    return TpchAnswers.run(query, data, repeats);
  }
}

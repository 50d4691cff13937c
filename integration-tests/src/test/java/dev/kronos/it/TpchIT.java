// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.AnswerComparator;
import dev.kronos.tpch.QueryRun;
import dev.kronos.tpch.TpchGenerator;
import dev.kronos.tpch.TpchQuery;
import dev.kronos.tpch.TpchRunner;
import io.trino.tpch.TpchTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers TPC-H queries over real Parquet files and compares them with plain Spark. */
class TpchIT extends SessionTest {
  private static final double SCALE = 0.05;
  @TempDir static Path data;

  @BeforeAll
  static void generate() {
    KronosSession.with(
        Map.of("spark.kronos.sql.enabled", "false"),
        () -> {
          new TpchGenerator(KronosSession.spark(), SCALE, data)
              .generate(List.of(TpchTable.LINE_ITEM), table -> {});
          return null;
        });
  }

  @ParameterizedTest
  @EnumSource(TpchQuery.class)
  void equalsPlainSpark(TpchQuery query) {
    QueryRun expected = onCpu(query);
    QueryRun actual = onDevice(query, 3);
    assertThat(AnswerComparator.difference(expected.answer(), actual.answer())).isEmpty();
    assertThat(expected.nodeNames()).isEmpty();
    assertThat(actual.nodeNames())
        .filteredOn("KronosHashAggregate"::equals)
        .as("partial and final")
        .hasSize(2);
    assertThat(actual.nodeNames()).contains("KronosProject", "KronosFilter");
  }

  @Test
  void countersTellOfTheDevice() {
    QueryRun run = onDevice(TpchQuery.Q6, 1);
    for (String metric : List.of("dispatches", "deviceTime", "numOutputRows", "numOutputBatches")) {
      assertThat(run.total(metric)).as(metric).isPositive();
    }
  }

  private static QueryRun onCpu(TpchQuery query) {
    return KronosSession.with(Map.of("spark.kronos.sql.enabled", "false"), () -> run(query, 1));
  }

  private static QueryRun onDevice(TpchQuery query, int repeats) {
    return run(query, repeats);
  }

  private static QueryRun run(TpchQuery query, int repeats) {
    return new TpchRunner(KronosSession.spark(), data).run(query, repeats);
  }
}

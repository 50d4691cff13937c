// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.AnswerComparator;
import dev.kronos.tpch.QueryRun;
import dev.kronos.tpch.TpchQuery;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Answers all TPC-H queries over real Parquet files wholly on the device and compares them with
 * plain Spark. {@code -Dkronos.tpch.scale} is the scale factor.
 */
class TpchStrictIT extends SessionTest {
  private static final double SCALE =
      Double.parseDouble(System.getProperty("kronos.tpch.scale", "0.1"));

  @TempDir static Path data;

  @BeforeAll
  static void generate() {
    TpchAnswers.generate(SCALE, data);
  }

  /** Strict mode refuses a query of which any part stays on the CPU. */
  @ParameterizedTest
  @EnumSource(TpchQuery.class)
  void runsWhollyOnTheDevice(TpchQuery query) {
    QueryRun actual =
        KronosSession.with(
            Map.of("spark.kronos.sql.strict", "true"), () -> TpchAnswers.run(query, data, 1));
    assertThat(AnswerComparator.difference(TpchAnswers.onCpu(query, data), actual.answer()))
        .isEmpty();
    assertThat(actual.nodeNames()).as("nodes on the device").isNotEmpty();
  }
}

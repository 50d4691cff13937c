// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.plans.KernelCounts;
import dev.kronos.plans.PlanReport;
import dev.kronos.tpch.TpchGenerator;
import dev.kronos.tpch.TpchQuery;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows what fusing filters and projections into other nodes' kernels saves. Each table is one
 * batch and each exchange one partition, so that counts are those of a batch; the log has them.
 * {@code bin/kronos bench fusion} does the same at any scale.
 */
class FusionIT extends SessionTest {
  private static final Logger LOG = LoggerFactory.getLogger(FusionIT.class);
  private static final double SCALE = 0.01;
  private static final String FUSION = "spark.kronos.sql.fusion.enabled";

  @TempDir static Path data;

  /** Holds what came of a query. */
  private record Run(Answer answer, KernelCounts counts) {}

  @BeforeAll
  static void generate() {
    KronosSession.under(
        Map.of("spark.kronos.sql.enabled", "false"),
        () -> new TpchGenerator(KronosSession.spark(), SCALE, data).generate(table -> {}));
  }

  @ParameterizedTest
  @EnumSource(names = {"Q1", "Q3", "Q6", "Q9"})
  void fusingSavesDispatchesBarriersAndBytesAndKeepsTheAnswer(TpchQuery query) {
    Run fused = run(query, "true");
    Run unfused = run(query, "false");
    LOG.warn("{}{}", line(query, "fused", fused), line(query, "not fused", unfused));

    assertThat(AnswerComparator.difference(fused.answer(), unfused.answer())).isEmpty();
    assertThat(fused.counts().nodes()).isLessThan(unfused.counts().nodes());
    assertThat(fused.counts().dispatches()).isLessThan(unfused.counts().dispatches());
    assertThat(fused.counts().barriers()).isLessThan(unfused.counts().barriers());
    assertThat(fused.counts().bytes()).isLessThan(unfused.counts().bytes());
  }

  private static Run run(TpchQuery query, String fusion) {
    SparkSession spark = KronosSession.spark();
    query
        .tables()
        .forEach(
            table ->
                spark
                    .read()
                    .parquet(data.resolve(table).toString())
                    .createOrReplaceTempView(table));
    Map<String, String> settings =
        Map.of(
            FUSION,
            fusion,
            "spark.kronos.sql.strict",
            "true",
            "spark.sql.adaptive.enabled",
            "false",
            "spark.sql.shuffle.partitions",
            "1");
    return KronosSession.with(
        settings,
        () -> {
          Dataset<Row> rows = spark.sql(query.sql());
          Answer answer = Answer.of(rows);
          return new Run(answer, KernelCounts.of(PlanReport.executed(rows)));
        });
  }

  private static String line(TpchQuery query, String how, Run run) {
    KernelCounts counts = run.counts();
    return String.format(
        Locale.ROOT,
        "%n%s, %s: %d nodes with kernels, %d dispatches, %d barriers, %.2f MB on the device",
        query,
        how,
        counts.nodes(),
        counts.dispatches(),
        counts.barriers(),
        counts.bytes() / 1e6);
  }
}

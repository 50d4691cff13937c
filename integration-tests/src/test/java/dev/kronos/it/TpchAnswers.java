// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.Answer;
import dev.kronos.tpch.QueryRun;
import dev.kronos.tpch.TpchGenerator;
import dev.kronos.tpch.TpchQuery;
import dev.kronos.tpch.TpchRunner;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes the tables of TPC-H and answers its queries, with plain Spark or as the session is set.
 */
final class TpchAnswers {
  private static final Map<String, String> PLAIN = Map.of("spark.kronos.sql.enabled", "false");

  private TpchAnswers() {}

  /** Writes all tables at {@code scale} as Parquet files to {@code folder}. */
  static void generate(double scale, Path folder) {
    KronosSession.under(
        PLAIN, () -> new TpchGenerator(KronosSession.spark(), scale, folder).generate(table -> {}));
  }

  /** Returns plain Spark's answer, which has rows: two empty answers would prove nothing. */
  static Answer onCpu(TpchQuery query, Path folder) {
    QueryRun run = KronosSession.with(PLAIN, () -> run(query, folder, 1));
    assertThat(run.nodeNames()).as("plain Spark").isEmpty();
    assertThat(run.answer().rows()).as("rows of %s", query).isNotEmpty();
    return run.answer();
  }

  /** Answers {@code query} over the tables in {@code folder}, {@code repeats} times. */
  static QueryRun run(TpchQuery query, Path folder, int repeats) {
    return new TpchRunner(KronosSession.spark(), folder).run(query, repeats);
  }
}

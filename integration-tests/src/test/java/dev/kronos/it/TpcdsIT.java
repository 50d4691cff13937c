// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import dev.kronos.spark.plan.StrictModeException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans all queries of TPC-DS that Spark's tests have wholly on the device, and compares answers
 * with plain Spark over small tables of random rows.
 *
 * <p>By default a few queries run; {@code -Dkronos.tpcds=all} runs every one, another value those
 * of which it has the names, separated by commas: {@code tpcds/q9,tpcds-v2.7.0/q22a}. {@code
 * -Dkronos.tpcds.seed} makes other rows.
 */
class TpcdsIT extends SessionTest {
  private static final Logger LOG = LoggerFactory.getLogger(TpcdsIT.class);
  private static final long STANDARD_SEED = 1;
  private static final long SEED = Long.getLong("kronos.tpcds.seed", STANDARD_SEED);

  /** Tables of sales are not broadcast, as they are not where they are large. */
  private static final Map<String, String> SETTINGS =
      Map.of("spark.sql.autoBroadcastJoinThreshold", "32k");

  /** Queries of which a part stays on the CPU, with what strict mode says. */
  private static final Map<String, String> NOT_WHOLE = Map.of();

  private static final TpcdsTables TABLES = new TpcdsTables(SEED);

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    LOG.warn("Random rows: seed={}", SEED);
    TABLES.write(folder);
  }

  @AfterAll
  static void dropTables() {
    TABLES.drop();
  }

  /** Returns the queries to run. */
  static Stream<String> queries() {
    return TpcdsQueries.asked(System.getProperty("kronos.tpcds", "")).stream();
  }

  @Test
  void allArePlannedWhollyOnTheDevice() {
    List<String> queries = TpcdsQueries.names();
    assertThat(queries).hasSize(135);
    Map<String, String> obstacles = new LinkedHashMap<>();
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("spark.kronos.sql.strict", "true");
    KronosSession.under(
        settings,
        () -> queries.forEach(query -> obstacle(query).ifPresent(o -> obstacles.put(query, o))));
    assertThat(obstacles).isEqualTo(NOT_WHOLE);
  }

  private static Optional<String> obstacle(String query) {
    try {
      KronosSession.spark().sql(TpcdsQueries.text(query)).queryExecution().executedPlan();
      return Optional.empty();
    } catch (StrictModeException e) {
      return Optional.of(e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("queries")
  void equalsPlainSpark(String query) {
    String sql = TpcdsQueries.text(query);
    KronosSession.under(
        SETTINGS,
        () -> {
          Answer expected = KronosSession.onCpu(sql);
          Answer actual = KronosSession.onDevice(sql);
          assertThat(AnswerComparator.differenceInAnyOrder(expected, actual)).isEmpty();
          if (SEED == STANDARD_SEED && TpcdsQueries.QUICK.contains(query)) {
            assertThat(expected.rows()).as("rows that tell something").anyMatch(TpcdsIT::tells);
          }
        });
  }

  /** Two answers without rows, or with a count of none, would prove nothing. */
  private static boolean tells(List<Object> row) {
    return row.stream().anyMatch(cell -> cell != null && !cell.equals(0L));
  }
}

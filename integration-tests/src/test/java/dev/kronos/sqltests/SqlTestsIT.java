// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kronos.it.KronosSession;
import dev.kronos.it.SessionTest;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Spark's own SQL tests with the plugin on and compares with the results that Spark recorded,
 * and what ran where with the counts that were approved.
 *
 * <p>By default a few files; {@code -Dkronos.sqltests=all} runs every one, another value those
 * whose names contain one of its texts, which commas separate.
 */
@Tag("golden")
class SqlTestsIT extends SessionTest {
  private static final Logger LOG = LoggerFactory.getLogger(SqlTestsIT.class);
  private static final TimeZone BEFORE = TimeZone.getDefault();
  @TempDir static Path folder;
  private static SqlTestSession sessions;

  /** Returns the files to run. */
  static Stream<String> files() {
    return SqlTestFiles.asked(System.getProperty("kronos.sqltests", "")).stream();
  }

  @BeforeAll
  static void prepare() {
    assumeThat(KronosSession.spark().version()).startsWith(SqlTestFiles.SPARK);
    TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
    sessions = new SqlTestSession(KronosSession.spark());
    sessions.createTables(folder);
  }

  @ParameterizedTest
  @MethodSource("files")
  void equalsWhatSparkRecorded(String file) {
    long start = System.nanoTime();
    SqlTestRun run = SqlTestRun.of(sessions, file);
    LOG.warn("{} s for {}", (System.nanoTime() - start) / 1_000_000_000, run.counts().text());
    run.failures().forEach(text -> LOG.warn("Differs: {}", text));
    run.plain().forEach(text -> LOG.warn("Differs in plain Spark: {}", text));
    if (ApprovedCounts.APPROVE) {
      ApprovedCounts.approve(List.of(run.counts()));
    }
    assertThat(run.counts().statements()).as("statements").isPositive();
    assertThat(run.failures()).isEmpty();
    assertThat(run.counts().text()).as(ApprovedCounts.APPROVAL).isEqualTo(ApprovedCounts.of(file));
  }

  @AfterAll
  static void finish() {
    if (sessions != null) {
      sessions.dropTables();
    }
    TimeZone.setDefault(BEFORE);
  }
}

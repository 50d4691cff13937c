// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.it.KronosSession;
import dev.kronos.it.SessionTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs Spark's own SQL tests with the plugin on and compares with the results that Spark recorded.
 *
 * <p>By default a few files; {@code -Dkronos.sqltests=all} runs every one and writes {@code
 * docs/generated/sql-tests.md} anew; another value runs the files whose names contain it.
 */
class SqlTestsIT extends SessionTest {
  private static final String ASKED = System.getProperty("kronos.sqltests", "");
  private static final String ALL = "all";
  private static final Map<String, SqlTestRun> RUNS = new TreeMap<>();
  private static final TimeZone BEFORE = TimeZone.getDefault();
  @TempDir static Path folder;
  private static SqlTestSession sessions;

  /** Returns the files to run: quick ones over many operators, where nothing else is asked for. */
  static Stream<String> files() {
    if (ASKED.isEmpty()) {
      return Stream.of(
          "having.sql",
          "group-by-filter.sql",
          "inner-join.sql",
          "null-handling.sql",
          "predicate-functions.sql");
    }
    return SqlTestFiles.names().stream().filter(name -> ASKED.equals(ALL) || name.contains(ASKED));
  }

  @BeforeAll
  static void prepare() {
    TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
    sessions = new SqlTestSession(KronosSession.spark());
    sessions.createTables(folder);
  }

  @ParameterizedTest
  @MethodSource("files")
  void equalsWhatSparkRecorded(String file) {
    SqlTestRun run = SqlTestRun.of(sessions, file);
    RUNS.put(file, run);
    assertThat(run.statements()).as("statements").isPositive();
    assertThat(run.different()).isEmpty();
  }

  @AfterAll
  static void finish() throws IOException {
    sessions.dropTables();
    TimeZone.setDefault(BEFORE);
    if (ASKED.equals(ALL)) {
      String page = SqlTestsPage.markdown(KronosSession.spark().version(), RUNS.values());
      Files.writeString(Path.of("../docs/generated/sql-tests.md"), page);
    }
  }
}

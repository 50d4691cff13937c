// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that what Kronos cannot do stays on the CPU, correctly, with its reason. */
class FallbackIT extends SessionTest {
  private static final String UNSUPPORTED =
      "SELECT id, regexp_replace(s, '@', '') AS h FROM small WHERE id > 5";

  @TempDir static Path folder;

  @BeforeAll
  static void writeTable() {
    String path = folder.resolve("small").toString();
    KronosSession.under(
        Map.of("spark.kronos.sql.enabled", "false"),
        () ->
            KronosSession.spark()
                .sql("SELECT id, cast(id AS string) AS s, array(id) AS nested FROM range(100)")
                .write()
                .parquet(path));
    KronosSession.spark().read().parquet(path).createOrReplaceTempView("small");
  }

  @Test
  void unsupportedExpressionStaysOnTheCpu() {
    assertSameWithFallback(UNSUPPORTED);
    assertThat(KronosSession.kronosNodes(UNSUPPORTED)).doesNotContain("KronosProject");
  }

  @Test
  void theRestOfSuchAPlanStillRunsOnTheDevice() {
    assertThat(KronosSession.kronosNodes(UNSUPPORTED)).contains("KronosFilter");
  }

  @Test
  void nestedTypesStayOnTheCpu() {
    assertSameWithFallback("SELECT nested FROM small WHERE id > 50");
  }

  @Test
  void strictModeNamesTheNodeAndTheReason() {
    assertThatThrownBy(() -> KronosSession.onDevice(UNSUPPORTED))
        .hasStackTraceContaining("Project")
        .hasStackTraceContaining("expression is not supported: RegExpReplace");
  }

  @Test
  void strictModeSaysHowManyNodesAReasonHoldsFor() {
    assertThatThrownBy(() -> KronosSession.onDevice(UNSUPPORTED + " UNION ALL " + UNSUPPORTED))
        .hasStackTraceContaining("! Project: expression is not supported: RegExpReplace (2 nodes)");
  }

  @Test
  void switchedOffNothingIsReplaced() {
    KronosSession.under(
        Map.of("spark.kronos.sql.enabled", "false"),
        () ->
            assertThat(KronosSession.kronosNodes("SELECT id + 1 FROM small WHERE id > 5"))
                .isEmpty());
  }

  @Test
  void eitherHalfOfAnAggregateMayStayOnTheCpu() {
    assertSameWithFallback("SELECT s, count(*), collect_list(id)[0] FROM small GROUP BY s");
    assertSameWithFallback("SELECT max_by(s, id), sum(id) FROM small");
  }
}

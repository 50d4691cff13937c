// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Raises each ANSI error on the device and compares its class and condition with Spark's own. */
class AnsiErrorIT extends SessionTest {
  @TempDir static Path folder;

  @BeforeAll
  static void writeTable() {
    String path = folder.resolve("edges").toString();
    KronosSession.under(
        Map.of("spark.kronos.sql.enabled", "false"),
        () ->
            KronosSession.spark()
                .sql(
                    """
                    SELECT id, cast(if(id = 700, 2147483647, id) AS int) AS i,
                      if(id = 700, 9223372036854775807, id) AS l,
                      cast(if(id = 700, 0, id + 1) AS int) AS z,
                      cast(if(id = 700, 'NaN', '1.5') AS double) AS f,
                      cast(if(id = 700, 9e27, 1) AS decimal(38,10)) AS d
                    FROM range(1000)\
                    """)
                .coalesce(1)
                .write()
                .parquet(path));
    KronosSession.spark().read().parquet(path).createOrReplaceTempView("edges");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT i + 1 FROM edges",
        "SELECT l + 1 FROM edges",
        "SELECT i * i FROM edges",
        "SELECT -(l - 9223372036854775807 - 9223372036854775807 - 2) FROM edges",
        "SELECT id / z FROM edges",
        "SELECT id % z FROM edges",
        "SELECT id div z FROM edges",
        "SELECT cast(i AS tinyint) FROM edges",
        "SELECT cast(l AS int) FROM edges",
        "SELECT cast(f AS int) FROM edges",
        "SELECT cast(d AS decimal(5,2)) FROM edges",
        "SELECT d * d FROM edges",
        "SELECT sum(l) FROM edges",
        "SELECT sum(i + 1) FROM edges WHERE id > 500",
        "SELECT z, sum(id / z) FROM edges GROUP BY z",
        "SELECT sum(if(id < 5, 99999999999999999999999999999999999999, 1)) FROM edges",
      })
  void raisesTheSameError(String sql) {
    assertSameError(sql);
  }

  /** The error of a cast names the column that is written. */
  @Test
  void insertsFailLikeSpark() {
    KronosSession.spark().sql("DROP TABLE IF EXISTS narrow");
    KronosSession.spark().sql("CREATE TABLE narrow (t TINYINT, d DECIMAL(5,2)) USING parquet");
    for (String columns : List.of("l, 1", "id % 100, d", "f, z")) {
      String sql = "INSERT INTO narrow SELECT " + columns + " FROM edges";
      assertSameError(sql);
      assertThat(error(catchThrowable(() -> KronosSession.onDevice(sql))).getMessage())
          .isEqualTo(error(catchThrowable(() -> KronosSession.onCpu(sql))).getMessage());
    }
    KronosSession.onDevice("INSERT INTO narrow SELECT i % 100, z % 7 FROM edges WHERE id < 600");
    assertSame("SELECT t, d, count(*) FROM narrow GROUP BY t, d");
    assertThat(KronosSession.spark().table("narrow").count()).isEqualTo(600);
    KronosSession.spark().sql("DROP TABLE narrow");
  }

  @Test
  void errorsInUntakenBranchesAreNotRaised() {
    assertSame("SELECT CASE WHEN z = 0 THEN -1 ELSE id / z END FROM edges");
    assertSame("SELECT id FROM edges WHERE z <> 0 AND id / z > 0");
    assertSame("SELECT i + 1 FROM edges WHERE id <> 700");
    assertSame("SELECT coalesce(id, l + 1) FROM edges");
  }
}

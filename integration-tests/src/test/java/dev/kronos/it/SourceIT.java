// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares ranges made for the device, samples taken there and values drawn for it with plain
 * Spark's, in order.
 */
class SourceIT extends SessionTest {
  @TempDir static Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0, 1000",
        "-5, 5000, 7, 3",
        "5000, -5, -7, 4",
        "0, 0",
        "10, 0, 1, 2",
        "0, 3, 1, 8",
        "9223372036854775800, 9223372036854775807, 2, 3",
        "-9223372036854775800, -9223372036854775808, -3, 2",
        "-9223372036854775808, 9223372036854775807, 4611686018427387904, 2"
      })
  void rangesAreSparks(String range) {
    assertSameInOrder("SELECT id, id DIV 3 AS third FROM range(" + range + ") WHERE id % 5 <> 1");
  }

  @Test
  void batchesOfARangeAreThoseOfTheSetting() {
    KronosSession.under(
        Map.of("spark.kronos.sql.batchRows", "100"),
        () -> assertSameInOrder("SELECT id + 1 AS next FROM range(0, 1000, 1, 3)"));
  }

  @Test
  void rangesAreMadeForNodesOfTheDeviceOnly() {
    assertThat(KronosSession.kronosNodes("SELECT sum(id) FROM range(1000)"))
        .contains("KronosRange");
    assertThat(KronosSession.kronosNodes("SELECT id FROM range(10)")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, s FROM rows TABLESAMPLE (20 PERCENT) REPEATABLE (7)",
        "SELECT id FROM rows TABLESAMPLE (99 PERCENT) REPEATABLE (3) WHERE id % 3 = 1",
        "SELECT id + 1 FROM (SELECT id FROM rows WHERE id > 90) TABLESAMPLE (1 PERCENT)"
            + " REPEATABLE (42)",
        "SELECT id FROM (SELECT id FROM rows UNION ALL SELECT id FROM rows)"
            + " TABLESAMPLE (50 PERCENT) REPEATABLE (1)",
        "SELECT id FROM rows TABLESAMPLE (0 PERCENT) REPEATABLE (5)",
        "SELECT count(*) FROM rows TABLESAMPLE (37 PERCENT) REPEATABLE (9)"
      })
  void samplesAreSparks(String sql) {
    samples();
    assertSameInOrder(sql);
    KronosSession.under(Map.of("spark.kronos.sql.batchRows", "97"), () -> assertSameInOrder(sql));
  }

  @Test
  void samplesAreTakenOnTheDevice() {
    samples();
    assertThat(
            KronosSession.kronosNodes(
                "SELECT id FROM rows TABLESAMPLE (20 PERCENT) REPEATABLE (7)"))
        .contains("KronosSample");
  }

  private static void samples() {
    if (!KronosSession.spark().catalog().tableExists("rows")) {
      KronosSession.write(
          folder,
          "rows",
          "SELECT id, if(id % 7 = 0, null, concat('s', id)) AS s FROM range(3000)",
          3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, rand(7), s FROM rows",
        "SELECT monotonically_increasing_id(), spark_partition_id(), randn(3), id FROM rows",
        "SELECT cast(floor(1 + 6 * rand(1)) AS int), rand(1) < rand(2), rand(4) + id FROM rows",
        "SELECT id, rand(5) + rand(5) FROM rows WHERE id % 3 = 1",
        "SELECT CASE WHEN rand(2) < 0.5 THEN s ELSE 'none' END FROM rows",
        "SELECT id FROM rows WHERE rand(9) < 0.1",
        "SELECT id FROM (SELECT id, s FROM rows WHERE id % 5 > 0) WHERE rand(9) < 0.5",
        "SELECT s FROM rows WHERE coalesce(spark_partition_id() = 1 AND id > 1500, false)",
        "SELECT id FROM rows ORDER BY rand(11)",
        "SELECT id, rand(1) FROM rows ORDER BY id DESC LIMIT 10",
        "SELECT count(*), sum(m % 7) FROM (SELECT monotonically_increasing_id() AS m FROM rows)",
        "SELECT rand(1) FROM rows WHERE id < 0"
      })
  void drawnValuesAreSparks(String sql) {
    samples();
    assertSameInOrder(sql);
    KronosSession.under(Map.of("spark.kronos.sql.batchRows", "97"), () -> assertSameInOrder(sql));
  }

  @Test
  void valuesOfSomeRowsAreDrawnBySpark() {
    samples();
    assertThat(KronosSession.kronosNodes("SELECT rand(7) AS r, id FROM rows"))
        .contains("KronosDraw", "KronosProject");
    for (String some :
        List.of("if(id > 3, rand(7), 0)", "s || rand(7)", "id % 2 = 0 AND rand(7) < 0.5")) {
      assertThat(KronosSession.kronosNodes("SELECT " + some + " AS r FROM rows"))
          .as(some)
          .doesNotContain("KronosDraw");
    }
  }

  @Test
  void rangesJoinAndUnite() {
    assertSame(
        "SELECT a.id, b.id AS other FROM range(0, 500, 1, 2) a JOIN range(0, 1000, 3, 2) b"
            + " ON a.id = b.id UNION ALL SELECT id + 1, id * 2 FROM range(7)");
  }

  private static void assertSameInOrder(String sql) {
    Answer expected = KronosSession.onCpu(sql);
    Answer actual = KronosSession.onDevice(sql);
    assertThat(AnswerComparator.difference(expected, actual)).as(sql).isEmpty();
  }
}

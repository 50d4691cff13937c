// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.compare.Answer;
import dev.kronos.compare.AnswerComparator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares ranges of numbers that are made for the device with plain Spark's, in order. */
class SourceIT extends SessionTest {

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

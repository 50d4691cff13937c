// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KronosConfTest {

  @Test
  void keepsOwnSettingsOnly() {
    Map<String, String> given =
        Map.of(
            "spark.app.name", "x", "spark.kronos.sql.strict", "true", "spark.kronos.log", "warn");

    assertThat(KronosConf.validated(given))
        .containsOnlyKeys("spark.kronos.sql.strict", "spark.kronos.log");
  }

  @ParameterizedTest
  @CsvSource({
    "spark.kronos.sql.enabled, yes, true or false",
    "spark.kronos.sql.strict, 1, true or false",
    "spark.kronos.sql.explain, SOME, NOT_ON_GPU",
    "spark.kronos.sql.batchRows, 0, a whole number from 1",
    "spark.kronos.sql.batchRows, many, a whole number from 1",
    "spark.kronos.memory.slabBytes, 7, a size from",
    "spark.kronos.required, perhaps, true or false"
  })
  void namesKeyValueAndWhatIsAllowed(String key, String value, String allowed) {
    assertThatThrownBy(() -> KronosConf.validated(Map.of(key, value)))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageContaining(key)
        .hasMessageContaining(value)
        .hasMessageContaining(allowed);
  }

  @Test
  void refusesUnknownKeys() {
    assertThatThrownBy(() -> KronosConf.validated(Map.of("spark.kronos.sql.enable", "true")))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageContaining("spark.kronos.sql.enable")
        .hasMessageContaining("spark.kronos.sql.enabled");
  }

  @Test
  void everyDefaultIsAllowed() {
    KronosConf.PLANNER.forEach(entry -> assertThat(entry.parse(null)).isNotNull());
    KronosConf.PLANNER.forEach(
        entry -> assertThat(entry.parse(entry.defaultText())).isEqualTo(entry.parse(null)));
  }

  @Test
  void describesEveryKeyOnce() {
    assertThat(KronosConf.described())
        .extracting(KronosConf.Described::key)
        .doesNotHaveDuplicates()
        .allMatch(key -> key.startsWith(KronosConf.PREFIX));
  }

  @Test
  void readsPlannerSettings() {
    Map<String, String> given =
        Map.of(
            "spark.kronos.sql.explain", "all",
            "spark.kronos.sql.strict", " TRUE ",
            "spark.kronos.sql.strict.allow", "Sort, SortMergeJoin,");

    assertThat(SqlSettings.read(given::get))
        .isEqualTo(
            new SqlSettings(true, ExplainMode.ALL, true, false, Set.of("Sort", "SortMergeJoin")));
  }

  @Test
  void readsPlannerDefaults() {
    assertThat(SqlSettings.read(key -> null))
        .isEqualTo(new SqlSettings(true, ExplainMode.NOT_ON_GPU, false, true, Set.of()));
  }
}

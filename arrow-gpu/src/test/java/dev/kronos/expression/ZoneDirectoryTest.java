// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds zones by their names in the text that kernels take. */
class ZoneDirectoryTest {
  /** Returns the directory of all zones that Java and its short ids name. */
  static ZoneDirectory directory() {
    return ZoneDirectory.of(zones());
  }

  private static Map<String, ZoneId> zones() {
    Map<String, ZoneId> zones = new TreeMap<>();
    ZoneId.getAvailableZoneIds().forEach(name -> zones.put(name, ZoneId.of(name)));
    ZoneId.SHORT_IDS.keySet().forEach(name -> zones.put(name, ZoneId.of(name, ZoneId.SHORT_IDS)));
    for (String name : new String[] {"UTC", "GMT", "UT", "Z"}) {
      zones.put(name, ZoneId.of(name));
    }
    return zones;
  }

  private static ZoneDirectory read() {
    return ZoneDirectory.of((Utf8) directory().literal().value());
  }

  @Test
  void findsEveryName() {
    ZoneDirectory directory = read();
    zones()
        .forEach(
            (name, zone) ->
                assertThat(directory.find(Utf8.of(name)).orElseThrow().literal())
                    .as(name)
                    .isEqualTo(ZoneTable.of(zone).literal()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "utc", "Europe/Pari", "Europe/Parisx", "Zz", "\u00e9"})
  void findsNoOtherName(String name) {
    assertThat(read().find(Utf8.of(name))).isEmpty();
  }

  @Test
  void zonesOfTheSameRulesShareATable() {
    int one =
        ((Utf8) ZoneDirectory.of(Map.of("A", ZoneId.of("Europe/Paris"))).literal().value())
            .sizeBytes();
    Map<String, ZoneId> two =
        Map.of("A", ZoneId.of("Europe/Paris"), "B", ZoneId.of("Europe/Paris"));
    assertThat(((Utf8) ZoneDirectory.of(two).literal().value()).sizeBytes())
        .isEqualTo(one + 2 * Long.BYTES + 1);
  }
}

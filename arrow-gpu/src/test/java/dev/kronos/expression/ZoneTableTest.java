// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds tables of time zones against Java's own rules, around each transition and at random. */
class ZoneTableTest {
  private static final long LAST_YEAR = 290_000L;

  static Stream<String> zones() {
    return ZoneId.getAvailableZoneIds().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("zones")
  void equalsJava(String name) {
    ZoneId zone = ZoneId.of(name);
    ZoneTable table = ZoneTable.of((Utf8) ZoneTable.of(zone).literal().value());
    ZoneRules rules = zone.getRules();
    for (ZoneOffsetTransition transition : rules.getTransitions()) {
      around(zone, table, transition);
    }
    ZoneOffsetTransition next = rules.nextTransition(Instant.parse("2100-01-01T00:00:00Z"));
    for (int i = 0; next != null && i < 40; i++) {
      around(zone, table, next);
      next = rules.nextTransition(next.getInstant().plusSeconds(i * 40_000_000L));
    }
    Random random = new Random(name.hashCode());
    for (int i = 0; i < 200; i++) {
      long bound = i % 2 == 0 ? 10_000 : LAST_YEAR;
      check(zone, table, (long) ((random.nextDouble() - 0.3) * bound * 31_556_952));
    }
  }

  private static void around(ZoneId zone, ZoneTable table, ZoneOffsetTransition transition) {
    long instant = transition.toEpochSecond();
    for (long hours : new long[] {-25, -2, -1, 0, 1, 2, 25}) {
      for (long seconds : new long[] {-1, 0, 1}) {
        check(zone, table, instant + hours * 3600 + seconds);
      }
    }
    long before = transition.getOffsetBefore().getTotalSeconds();
    long after = transition.getOffsetAfter().getTotalSeconds();
    for (long seconds : new long[] {-1, 0, 1}) {
      checkClock(zone, table, instant + before + seconds);
      checkClock(zone, table, instant + after + seconds);
      checkClock(zone, table, instant + (before + after) / 2 + seconds);
    }
  }

  private static void check(ZoneId zone, ZoneTable table, long seconds) {
    ZonedDateTime time = Instant.ofEpochSecond(seconds).atZone(zone);
    assertThat(table.offsetAt(seconds))
        .as("%s", time)
        .isEqualTo(time.getOffset().getTotalSeconds());
    checkClock(zone, table, seconds);
    LocalDate date = time.toLocalDate();
    assertThat(table.startOfDay((int) date.toEpochDay()))
        .as("start of %s", date)
        .isEqualTo(date.atStartOfDay(zone).toEpochSecond());
  }

  private static void checkClock(ZoneId zone, ZoneTable table, long seconds) {
    LocalDateTime clock = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    assertThat(seconds - table.offsetOfClock(seconds, ZoneTable.NO_OFFSET))
        .as("clock %s", clock)
        .isEqualTo(clock.atZone(zone).toEpochSecond());
    for (ZoneOffset offset : zone.getRules().getValidOffsets(clock)) {
      assertThat(table.offsetOfClock(seconds, offset.getTotalSeconds()))
          .as("clock %s at %s", clock, offset)
          .isEqualTo(offset.getTotalSeconds());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares plain Spark and Kronos for times that are read out of strings. */
class TimeCastIT extends SessionTest {
  private static final int ROWS = 5_000;
  private static final long SEED = 20_240_704L;
  private static final long QUARTER_SECONDS = 900;
  private static final long QUIET_SECONDS = 120;

  private static final String DATES =
      "'2024-07-04', '2024-1-9', '1883-11-18', '1899-12-31', '1972-01-07', '2024-03-10',"
          + " '2024-11-03', '0001-01-01', '-0400-02-29', '+12024-02-29', '3024-12-31', '2023-02-29',"
          + " '294247-01-10', '-290308-12-21', '99999-1-1', '2024-13-01', '2500-07-01', '2024-02'";
  private static final String SEPARATORS = "' ', ' ', 'T', 'T', '', '  ', 't'";
  private static final String CLOCKS =
      "'00:00:00', '1:2:3', '12:34:56.789', '02:30:00', '01:59:59.999999', '23:59:59.9999999',"
          + " '04:00:54.775807', '19:59:05.224192', '12:30', '7', '24:00:00', '12:60:00', '12:30:15.',"
          + " '0:44:29.5', '000:00:00'";
  private static final String ZONES =
      "'', '', '', 'Z', ' UTC', '+8', '-8:30', '+08:3', '+0530', '-00:44:30', ' GMT+3', 'UTC-1:2:3',"
          + " 'UT+18:00', '+18:01', ' CST', ' EST', ' PST', 'HST', ' America/New_York',"
          + " ' Europe/Paris', ' Australia/Lord_Howe', ' Asia/Kolkata', ' Africa/Monrovia',"
          + " ' america/new_york', '+083015', 'z', ' Etc/GMT+8', '+1:2:3', ' Asia/Calcutta  ', ' GMT0'";

  /** Strings without a date, and those that a form of their own makes right or wrong. */
  private static final String TODAY =
      "'T12', 'T1:2', 'T23:59:59.5', '12:30', '1:2:3', '0:0:0 Asia/Tokyo', 'T12:30:00+14',"
          + " 'T12:30:00-12:00', ' 12:30', ' T12:30', '\\t7:07:07 America/Los_Angeles', '+T12',"
          + " '-12:30', 'T', 'T24', '12', '12:', ':30', 'T12:30Z', '12:30:15.123456789Z', 'TT1'";

  private static final String NASTY =
      "'', ' ', '2024', '202', '-2024', '1000000', '999999', '2024-', '2024Z', '2024-02-30',"
          + " '\\u007f2024-01-01 01:02:03\\u007f', '2024-01-01 01:02:03 \\u007fUTC', '２０２４',"
          + " '2024-01-01 01:02:03\\u0001 UTC \\u0001', '2024-01-01 01:02:03é', '2024-01-01T',"
          + " '294247-01-10 04:00:54.775808Z', '294247-01-10 05:00:54.775807+01',"
          + " '-290308-12-21 19:59:05.224191Z', '-290308-12-21 18:59:05.224192-01',"
          + " '2024-01-01 01:02:03 America/Argentina/ComodRivadavia', '2024-01-01-01',"
          + " '2024-01-01 01:02:03+', '2024-01-01 01:02:03UTC+', '2024-01-01 01:02:03.1.2',"
          + " '2024-01-01 01:02:03.' || repeat('12', 3000) || 'Z', repeat('2', 5000),"
          + " cast(X'323032342D30312D30312030313A30323A3033FF' AS string),"
          + " cast(X'FF323032342D30312D3031' AS string),"
          + " cast(X'323032342D30312D30312030313A30323A30335A80' AS string), null";

  @TempDir static Path folder;

  @BeforeAll
  static void writeTables() {
    String made =
        "concat(%s, %s, %s, %s)"
            .formatted(
                chosen(DATES, 1), chosen(SEPARATORS, 2), chosen(CLOCKS, 3), chosen(ZONES, 4));
    String letter = chosen("'', '0', '9', '-', '+', ':', '.', ' ', 'T', 'Z', 'é', '\\t', '/'", 5);
    String spoilt =
        "overlay(s PLACING %s FROM 1 + %s FOR %s)"
            .formatted(letter, drawn("length(s)", 6), drawn("2", 7));
    String random =
        "SELECT if(id %% 3 = 0, %s, s) AS a FROM (SELECT id, %s AS s FROM range(%d))"
            .formatted(spoilt, made, ROWS);
    KronosSession.write(
        folder,
        "random_times",
        "%s UNION ALL SELECT explode(array(%s))".formatted(random, NASTY),
        1);
    KronosSession.write(
        folder, "times_of_today", "SELECT explode(array(%s)) AS a".formatted(TODAY), 1);
  }

  /** A pseudo-random choice, by the number of the row. */
  private static String chosen(String list, int salt) {
    return "elt(1 + %s, %s)".formatted(drawn("size(array(" + list + "))", salt), list);
  }

  private static String drawn(String bound, int salt) {
    return "int(pmod(xxhash64(id, %dL, %d), %s))".formatted(SEED, salt, bound);
  }

  static Stream<String> zones() {
    return Stream.of("UTC", "America/Los_Angeles", "Asia/Kolkata", "Africa/Monrovia", "-03:30");
  }

  private static void in(String zone, boolean ansi, Runnable body) {
    KronosSession.under(
        Map.of("spark.sql.session.timeZone", zone, "spark.sql.ansi.enabled", String.valueOf(ansi)),
        body);
  }

  @ParameterizedTest
  @MethodSource("zones")
  void readsLikeSpark(String zone) {
    String times = "SELECT a, unix_micros(%s) AS t, %s AS n FROM random_times";
    String cast = times.formatted("cast(a AS timestamp)", "cast(a AS timestamp_ntz)");
    String tried = times.formatted("try_cast(a AS timestamp)", "try_cast(a AS timestamp_ntz)");
    in(zone, false, () -> assertSame(cast));
    in(zone, true, () -> assertSame(tried));
    in(
        zone,
        true,
        () ->
            assertSame(
                cast
                    + " WHERE try_cast(a AS timestamp) IS NOT NULL"
                    + " AND try_cast(a AS timestamp_ntz) IS NOT NULL"));
  }

  @ParameterizedTest
  @MethodSource("zones")
  void readsTimesOfTodayLikeSpark(String zone) {
    awaitQuiet();
    in(
        zone,
        false,
        () ->
            assertSame(
                "SELECT a, cast(a AS timestamp) AS t, cast(a AS timestamp_ntz) AS n"
                    + " FROM times_of_today"));
  }

  /** Every name that a zone has, before and between changes of its clock, and long after. */
  @Test
  void knowsEveryZone() {
    String names =
        Stream.of(ZoneId.getAvailableZoneIds(), ZoneId.SHORT_IDS.keySet())
            .flatMap(Set::stream)
            .map("'%s'"::formatted)
            .collect(Collectors.joining(", "));
    KronosSession.write(
        folder,
        "named_zones",
        """
        SELECT concat(date, ' 02:30:00 ', zone) AS a
        FROM (SELECT explode(array(%s)) AS zone) CROSS JOIN (SELECT explode(array(%s)) AS date)\
        """
            .formatted(names, DATES),
        1);
    in(
        "UTC",
        true,
        () -> assertSame("SELECT a, unix_micros(try_cast(a AS timestamp)) AS t FROM named_zones"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "timestamp_ntz"})
  void manyTextsAreTimesAndManyAreNone(String type) {
    String sql = "SELECT * FROM random_times WHERE try_cast(a AS %s) IS ".formatted(type);
    assertThat(KronosSession.onDevice(sql + "NULL").rows()).hasSizeGreaterThan(ROWS / 10);
    assertThat(KronosSession.onDevice(sql + "NOT NULL").rows()).hasSizeGreaterThan(ROWS / 10);
  }

  /** Waits until no zone begins a day for as long as both answers take. */
  private static void awaitQuiet() {
    Awaitility.await()
        .atMost(2 * QUIET_SECONDS, TimeUnit.SECONDS)
        .until(
            () ->
                Instant.now().getEpochSecond() % QUARTER_SECONDS < QUARTER_SECONDS - QUIET_SECONDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to_timestamp(a)",
        "try_to_timestamp(a)",
        "to_timestamp_ntz(a)",
        "to_timestamp_ltz(a)",
        "timestamp(a)",
        "hour(a)",
        "date_trunc('HOUR', a)",
        "a > timestamp'2024-05-06 07:08:09'"
      })
  void readsForFunctionsLikeSpark(String function) {
    in(
        "America/Los_Angeles",
        false,
        () ->
            assertSame(
                "SELECT a, %s AS r FROM random_times WHERE a LIKE '2024%%'".formatted(function)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "timestamp_ntz"})
  void failsLikeSpark(String type) {
    String sql = "SELECT cast(a AS %s) AS r FROM random_times WHERE a = '%s'";
    for (String text : List.of("", "2024-02-30", "2024-01-01 01:02:03UTC+", "202")) {
      assertSameError(sql.formatted(type, text));
    }
    assertSame(sql.formatted(type, "2024") + " GROUP BY 1");
  }

  @Test
  void datesAreNoNumbersOutsideAnsiMode() {
    String casts =
        Stream.of("boolean", "tinyint", "int", "bigint", "float", "double", "decimal(20,3)")
            .map("cast(d AS %s)"::formatted)
            .collect(Collectors.joining(", "));
    in(
        "UTC",
        false,
        () ->
            assertSame(
                "SELECT d, %s FROM (SELECT cast(a AS date) AS d FROM random_times)"
                    .formatted(casts)));
  }
}

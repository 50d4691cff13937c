// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes strings that are times, or nearly so: malformed ones, extremes, random ones. */
final class TimeTexts {
  private static final List<String> CLOCKS =
      List.of(
          "",
          "T",
          " ",
          "+",
          "-",
          ":",
          "T1",
          "T24",
          "T12:",
          "T12:3",
          "T23:59:59.999999999",
          " T12:30",
          "+T12:30",
          "t12:30",
          "TT12",
          "T-1",
          "12",
          "1:",
          "1:2",
          "1:2:3",
          "1:2:",
          "123:00",
          "12:345",
          "12:30:15.",
          "12:30:15.Z",
          "12:30:15.1.Z",
          "12:30:60",
          "12:60:00",
          "24:00:00",
          "+12:30",
          "\t12:30:00 UTC",
          "12-30:00",
          "12:30-01",
          "12:30Z",
          "202",
          "2024",
          "+2024",
          "-2024",
          "--2024",
          "0000",
          "999999",
          "-999999",
          "1000000",
          "2024Z",
          "2024T",
          "2024-",
          "2024-1",
          "2024-13",
          "2024-0",
          "2024-001",
          "2024-1Z",
          "2024-1-",
          "2024-1-1",
          "2024-02-30",
          "2023-02-29",
          "2024-02-29",
          "1900-02-29",
          "-0400-02-29",
          "2024-01-01Z",
          "2024-01-01 ",
          "2024-01-01T",
          "2024-01-01  1",
          "2024-01-01t1",
          "2024-01-01 1",
          "2024-01-01T1:2:3",
          "2024-01-01T01:02:03.1234567",
          "2024-01-01T01:02:03.0000009",
          "2024-01-01T01:02:03." + "1".repeat(300) + "Z",
          "2024-01-01-01",
          "2024/01/01",
          "２０２４",
          "2024-01-01 01:02:03\u00a0",
          "2024-01-01 01:02:03é",
          "\u007f2024-01-01 01:02:03\u007f",
          "2024-01-01 01:02:03 \u007fUTC",
          "2024-01-01 01:02:03 \u0001 UTC",
          "2024-01-01 01:02:03\n+01:00\n",
          "294247-01-10 04:00:54.775807",
          "294247-01-10 04:00:54.775807Z",
          "294247-01-10 04:00:54.775808Z",
          "294247-01-10 05:00:54.775807+01",
          "294247-01-10 03:00:54.775807-01",
          "-290308-12-21 19:59:05.224192",
          "-290308-12-21 19:59:05.224192Z",
          "-290308-12-21 19:59:05.224191Z",
          "-290308-12-21 18:59:05.224192-01",
          "-290308-12-21 20:59:05.224192+01",
          "-290308-12-21 20:59:05.224191+01",
          "2024-03-10 02:30:00",
          "2024-03-10 02:30:00 America/New_York",
          "2024-11-03 01:30:00 America/New_York",
          "1883-11-18 12:00:00 America/New_York",
          "1900-01-01 00:00:00 Asia/Kolkata",
          "3024-07-01 00:00:00 Europe/Paris");

  private static final List<String> ZONES =
      List.of(
          "",
          "Z",
          "z",
          "ZZ",
          "UTC",
          "GMT",
          "UT",
          "utc",
          "UTC0",
          "GMT0",
          "UTC+",
          "UT-",
          "+",
          "-",
          "+8",
          "-8",
          "+08",
          "+008",
          "+0830",
          "+08300",
          "+083015",
          "+08:30",
          "-8:30",
          "+8:3",
          "+08:3",
          "+8:30:15",
          "+08:30:15",
          "-08:30:5",
          "+08:3:15",
          "+8:3:15",
          "+08:30:15:",
          "+08:",
          "+:30",
          "+08::30",
          "+18",
          "-18:00",
          "+18:00:01",
          "+18:01",
          "+19",
          "+17:60",
          "+17:59:60",
          "+17:59:59",
          "+-8",
          "+ 8",
          "+8Z",
          "UTC+8",
          "UTC-08:30",
          "GMT+0",
          "GMT-0",
          "GMT+8:3",
          "GMT+083015",
          "UT+01:02:03",
          "UTC8",
          "UTC 8",
          "UTCX+8",
          "Etc/GMT+8",
          "Etc/GMT+8:",
          "CST",
          "EST",
          "MST",
          "HST",
          "PST8PDT",
          "America/Los_Angeles",
          "America/Argentina/ComodRivadavia",
          "America/Argentina/ComodRivadaviaX",
          "Asia/Kolkata",
          "Asia/Ho_Chi_Minh",
          "Africa/Monrovia",
          "europe/paris",
          "Europe/Pari",
          "Europe/Paris ",
          "Europe /Paris",
          "Mars/Olympus",
          "Zulu",
          "8",
          "12",
          ".5",
          "A",
          "\u0000UTC");

  private static final String LETTERS = "0123456789-+:. TZUCGMéx\t/";

  private TimeTexts() {}

  static List<String> all(Random random, int randoms) {
    List<String> texts = new ArrayList<>(CLOCKS);
    for (String zone : ZONES) {
      texts.add("2024-07-04 12:34:56" + zone);
      texts.add("1883-11-18 12:34:56.789 " + zone);
      texts.add("T23:59:59" + zone);
    }
    for (int i = 0; i < randoms; i++) {
      texts.add(i % 3 == 0 ? spoilt(random(random), random) : random(random));
    }
    return texts;
  }

  private static String random(Random random) {
    String time = date(random) + (random.nextBoolean() ? " " : "T") + clock(random);
    String zone = random.nextBoolean() ? "" : ZONES.get(random.nextInt(ZONES.size()));
    return switch (random.nextInt(8)) {
      case 0 -> date(random);
      case 1 -> clock(random) + zone;
      case 2 -> "T" + clock(random) + zone;
      case 3 -> time + String.format("%+d", random.nextInt(24) - 12);
      case 4 -> time + String.format("%+03d:%02d", random.nextInt(38) - 19, random.nextInt(62));
      default -> time + (random.nextBoolean() ? " " : "") + zone;
    };
  }

  private static String date(Random random) {
    int year =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(600_000) - 300_000;
          case 1 -> random.nextInt(10_000);
          default -> 1840 + random.nextInt(300);
        };
    String sign = year < 0 ? "-" : random.nextInt(10) == 0 ? "+" : "";
    String form = random.nextBoolean() ? "%04d-%02d-%02d" : "%04d-%d-%d";
    return sign
        + String.format(form, Math.abs(year), random.nextInt(13), 1 + random.nextInt(31))
            .replace("-00", "-1")
            .replace("-0-", "-1-");
  }

  private static String clock(Random random) {
    String form = random.nextBoolean() ? "%02d:%02d:%02d" : "%d:%d:%d";
    String clock = String.format(form, random.nextInt(25), random.nextInt(61), random.nextInt(61));
    return random.nextBoolean() ? clock : clock + "." + random.nextInt(1 << random.nextInt(31));
  }

  /** Puts in, leaves out or replaces a character. */
  private static String spoilt(String text, Random random) {
    int at = random.nextInt(text.length());
    char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
    String inserted = random.nextInt(3) == 0 ? "" : String.valueOf(letter);
    return text.substring(0, at) + inserted + text.substring(at + random.nextInt(2));
  }
}

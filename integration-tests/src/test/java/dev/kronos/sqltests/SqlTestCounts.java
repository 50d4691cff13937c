// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Counts how the statements of one file went.
 *
 * @param file the file's name
 * @param outcomes statements by what came of them
 * @param places statements that passed, by where their work was done
 * @param reasons why nodes stayed on the CPU, each with the statements that passed and had it
 */
record SqlTestCounts(
    String file,
    Map<Outcome, Integer> outcomes,
    Map<Place, Integer> places,
    SortedMap<String, Integer> reasons) {

  /** Returns counts of nothing. */
  static SqlTestCounts none(String file) {
    return new SqlTestCounts(
        file, new EnumMap<>(Outcome.class), new EnumMap<>(Place.class), new TreeMap<>());
  }

  /** Counts one statement. */
  void add(Outcome outcome, PlanWork work) {
    outcomes.merge(outcome, 1, Integer::sum);
    if (outcome == Outcome.PASSED) {
      places.merge(work.place(), 1, Integer::sum);
      work.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
    }
  }

  /** Counts all that another file's counts say. */
  void addAll(SqlTestCounts other) {
    other.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
    other.places.forEach((place, count) -> places.merge(place, count, Integer::sum));
    other.reasons.forEach((reason, count) -> reasons.merge(reason, count, Integer::sum));
  }

  /** Returns how many statements the file has. */
  int statements() {
    return outcomes.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns how many statements had an outcome. */
  int of(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0);
  }

  /** Returns how many statements that passed did their work in a place. */
  int of(Place place) {
    return places.getOrDefault(place, 0);
  }

  /** Returns the counts as text: a line, and a line a reason, which begins with a space. */
  String text() {
    String line =
        file + ": " + list(Outcome.values(), outcomes) + ", " + list(Place.values(), places);
    return reasons.entrySet().stream()
        .map(entry -> "\n " + entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining("", line, "\n"));
  }

  /** Reads the line of a file; {@link #readReason} reads those that follow. */
  static SqlTestCounts read(String line) {
    int colon = line.indexOf(": ");
    SqlTestCounts counts = none(line.substring(0, colon));
    for (String part : line.substring(colon + 2).split(", ", -1)) {
      String[] pair = part.split(" ", -1);
      counts.put(pair[1].toUpperCase(Locale.ROOT), Integer.parseInt(pair[0]));
    }
    return counts;
  }

  /** Reads a line that tells a reason. */
  void readReason(String line) {
    String[] pair = line.strip().split(" ", 2);
    reasons.put(pair[1], Integer.parseInt(pair[0]));
  }

  private void put(String name, int count) {
    if (Arrays.stream(Outcome.values()).anyMatch(outcome -> outcome.name().equals(name))) {
      outcomes.put(Outcome.valueOf(name), count);
    } else {
      places.put(Place.valueOf(name), count);
    }
  }

  private static <T extends Enum<T>> String list(T[] names, Map<T, Integer> counts) {
    return Arrays.stream(names)
        .map(name -> counts.getOrDefault(name, 0) + " " + name.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}

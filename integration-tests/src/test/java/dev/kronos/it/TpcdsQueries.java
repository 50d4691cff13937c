// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the queries of TPC-DS from the jar of Spark's tests: all of version 1.4, some of 2.7. */
final class TpcdsQueries {
  /**
   * Queries that run in every build: merged subqueries, rollups, windows, intersections, exceptions
   * and conditions of existence.
   */
  static final List<String> QUICK =
      List.of("tpcds/q9", "tpcds/q16", "tpcds/q38", "tpcds/q44", "tpcds/q86", "tpcds/q87");

  private TpcdsQueries() {}

  /** Returns the names of all queries, for example {@code tpcds/q14a}, in order. */
  static List<String> names() {
    return Stream.of("tpcds", "tpcds-v2.7.0")
        .flatMap(folder -> IntStream.rangeClosed(1, 99).mapToObj(i -> folder + "/q" + i))
        .flatMap(name -> Stream.of(name, name + "a", name + "b"))
        .filter(name -> TpcdsQueries.class.getResource(resource(name)) != null)
        .toList();
  }

  /**
   * Returns the names of the queries that are asked for.
   *
   * @param what nothing for the quick ones, {@code all}, or names, separated by commas
   */
  static List<String> asked(String what) {
    if (what.isEmpty()) {
      return QUICK;
    }
    return what.equals("all") ? names() : Arrays.asList(what.split(",", -1));
  }

  /** Returns the text of a query. */
  static String text(String name) {
    try (InputStream in = TpcdsQueries.class.getResourceAsStream(resource(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    return "/" + name + ".sql";
  }
}

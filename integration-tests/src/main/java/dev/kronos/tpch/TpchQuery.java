// SPDX-License-Identifier: Apache-2.0
package dev.kronos.tpch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Names the TPC-H queries that the project ships, with the validation parameters of the
 * specification (TPC-H 3.0.1, sections 2.4.1 and 2.4.6).
 */
public enum TpchQuery {
  /** Pricing summary report: filter, eight aggregates, four groups, sort. */
  Q1(List.of("lineitem")),
  /** Forecasting revenue change: four filters and one sum. */
  Q6(List.of("lineitem"));

  private final List<String> tables;

  TpchQuery(List<String> tables) {
    this.tables = tables;
  }

  /** Returns the tables that the query reads. */
  public List<String> tables() {
    return tables;
  }

  /** Returns the query's SQL text. */
  public String sql() {
    String resource = "/dev/kronos/tpch/" + name().toLowerCase(Locale.ROOT) + ".sql";
    try (InputStream in = TpchQuery.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.execution.benchmark.TPCDSSchemaHelper$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Writes small tables of TPC-DS' columns. Their rows are random, yet joins find partners and
 * conditions hold for some: keys are of small domains, days of one range, and what the queries
 * compare a column with is among its values. Equal seeds give equal tables.
 */
final class TpcdsTables {
  /** How many rows a table has that others refer to. */
  private static final int KEYS = 60;

  private static final int TIMES = 400;

  /** The days from 1998 to 2002, which are the years of the queries. */
  private static final int DAYS = 5 * 365 + 1;

  private static final Map<String, Integer> ROWS =
      Map.of(
          "catalog_sales", 6000,
          "store_sales", 4000,
          "web_sales", 4000,
          "catalog_returns", 700,
          "store_returns", 700,
          "web_returns", 700,
          "inventory", 2000,
          "date_dim", DAYS,
          "time_dim", TIMES);

  /**
   * What columns are that are not random: those of days and times, and what orders a result wholly.
   * {@code day} stands for the row's day.
   */
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("c_customer_id", "concat('wé ', id)"),
          Map.entry("d_date_sk", "id"),
          Map.entry("d_date", "day"),
          Map.entry("d_month_seq", "12 * (year(day) - 1900) + month(day) - 1"),
          Map.entry("d_week_seq", "5113 + datediff(day, date'1997-12-28') div 7"),
          Map.entry("d_quarter_seq", "4 * (year(day) - 1900) + quarter(day) - 1"),
          Map.entry("d_year", "year(day)"),
          Map.entry("d_dow", "dayofweek(day) - 1"),
          Map.entry("d_moy", "month(day)"),
          Map.entry("d_dom", "day(day)"),
          Map.entry("d_qoy", "quarter(day)"),
          Map.entry("d_day_name", "date_format(day, 'EEEE')"),
          Map.entry("d_quarter_name", "concat(year(day), 'Q', quarter(day))"),
          Map.entry("t_time_sk", "id"),
          Map.entry("t_time", "id * 211 % 86400"),
          Map.entry("t_hour", "id * 211 % 86400 div 3600"),
          Map.entry("t_minute", "id * 211 % 3600 div 60"));

  /**
   * A column or its first characters beside a text or a number, or several of them, or from one on.
   */
  private static final Pattern COMPARISON =
      Pattern.compile(
          "\\b(\\w+)(?:, 1, \\d\\))?\\s*(?:=|IN\\s*\\(|BETWEEN)((?:\\s*(?:'[^']*'|-?[\\d.]+),?)+)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern VALUE = Pattern.compile("'([^']*)'|(-?[\\d.]+)");

  private final long seed;
  private final Map<String, TreeSet<String>> compared = compared();
  private final Map<String, String> tables = tables();

  /** Plans tables whose rows follow from a seed. */
  TpcdsTables(long seed) {
    this.seed = seed;
  }

  /** Writes all tables to a folder and registers them as views. */
  void write(Path folder) {
    tables.forEach((table, columns) -> KronosSession.write(folder, table, sql(table, columns), 2));
  }

  /** Takes the views away. */
  void drop() {
    tables.keySet().forEach(KronosSession.spark().catalog()::dropTempView);
  }

  private static Map<String, String> tables() {
    return new TreeMap<>(CollectionConverters.asJava(TPCDSSchemaHelper$.MODULE$.tableColumns()));
  }

  /** Returns what the queries compare columns with, by the names of the columns. */
  private static Map<String, TreeSet<String>> compared() {
    Map<String, TreeSet<String>> values = new HashMap<>();
    for (String query : TpcdsQueries.names()) {
      Matcher comparison = COMPARISON.matcher(TpcdsQueries.text(query));
      while (comparison.find()) {
        TreeSet<String> known =
            values.computeIfAbsent(
                comparison.group(1).toLowerCase(Locale.ROOT), column -> new TreeSet<>());
        Matcher value = VALUE.matcher(comparison.group(2));
        while (value.find()) {
          known.add(value.group(1) != null ? value.group(1) : value.group(2));
        }
      }
    }
    return values;
  }

  private String sql(String table, String columns) {
    List<String> definitions = List.of(columns.strip().split(",\\s*(?=`)", -1));
    String key = ROWS.containsKey(table) ? "" : definitions.get(0);
    return definitions.stream()
        .map(column -> column(column, column.equals(key)))
        .collect(
            Collectors.joining(
                ", ",
                "SELECT ",
                " FROM range(0, %d, 1, 1)".formatted(ROWS.getOrDefault(table, KEYS))));
  }

  private String column(String definition, boolean key) {
    String[] parts = definition.split("\\s+", 2);
    String name = parts[0].replace("`", "");
    String type = parts[1].contains("CHAR") ? "STRING" : parts[1];
    String cell = key ? "id" : cell(name, type);
    return "cast(%s AS %s) AS %s".formatted(cell, type, name);
  }

  private String cell(String name, String type) {
    if (KNOWN.containsKey(name)) {
      return KNOWN.get(name).replaceAll("\\bday\\b(?!\\()", "date_add(date'1998-01-01', int(id))");
    }
    String hash = "xxhash64(id, '%s', %dL)".formatted(name, seed);
    if (name.endsWith("_sk")) {
      return "if(pmod(shiftright(%1$s, 40), 25) = 0, null, %2$s)".formatted(hash, key(name, hash));
    }
    List<String> values =
        compared.getOrDefault(name, new TreeSet<>()).stream()
            .filter(value -> !type.equals("INT") || value.matches("-?\\d{1,9}"))
            .filter(value -> !type.startsWith("DECIMAL") || value.matches("-?\\d{1,3}(\\.\\d+)?"))
            .map(value -> "'" + value + "'")
            .toList();
    String any = any(name, type, hash);
    if (values.isEmpty() || type.equals("DATE")) {
      return any;
    }
    String known =
        "element_at(array(%s), int(pmod(%s, %d)) + 1)"
            .formatted(String.join(", ", values), hash, values.size());
    return "if(pmod(shiftright(%s, 40), 4) = 0, %s, %s)".formatted(hash, any, known);
  }

  /** Few days, that rows of several tables meet on one. */
  private static String key(String name, String hash) {
    if (name.endsWith("date_sk")) {
      return "15 * pmod(%s, %d)".formatted(hash, DAYS / 15);
    }
    return "pmod(%s, %d)".formatted(hash, name.endsWith("time_sk") ? TIMES : KEYS);
  }

  /** Returns some value of a type, or null where a hash is of a certain remainder. */
  private static String any(String name, String type, String hash) {
    // Never 0: queries divide by some of them.
    String number = "nullif(1 + pmod(%s, %d), 7)";
    if (type.equals("INT")) {
      int domain = name.contains("quantity") ? 100 : name.endsWith("_number") ? 1000 : 20;
      return number.formatted(hash, domain);
    }
    if (type.equals("DATE")) {
      return "date_add(date'1998-01-01', int(%s))".formatted(number.formatted(hash, DAYS));
    }
    return type.equals("STRING")
        ? "concat('wé ', %s)".formatted(number.formatted(hash, 20))
        : "nullif(pmod(%s, 30000) - %d, 777) / 100"
            .formatted(hash, name.matches(".*(profit|loss)") ? 9000 : 0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds two random tables and a random query over them: filters, projections, joins, subqueries,
 * aggregates, windows, unions, distinct rows, orders and limits. The answer does not depend on the
 * order of rows: sums are of exact types or do not cancel, limits follow an order without ties.
 *
 * @param seed what all is made from
 * @param tables for each table its name and the query that makes it
 * @param sql the query
 * @param ordered whether the order of the answer's rows is given
 * @param settings Spark's settings for the query
 * @param budgetBytes what the device may hold meanwhile, {@link Long#MAX_VALUE} for all it has
 */
public record RandomQuery(
    long seed,
    List<Table> tables,
    String sql,
    boolean ordered,
    Map<String, String> settings,
    long budgetBytes) {
  /** So many seeds in a row share their tables: writing those costs more than most queries. */
  private static final int SEEDS_OF_TABLES = 16;

  /**
   * In the least, batches and little more fit; where memory is unified, those of scans are free.
   */
  private static final List<Long> BUDGETS = List.of(60_000L, 120_000L, 240_000L);

  /** Nothing is broadcast, as that has to fit; small batches, and all of them in one task. */
  private static final Map<String, String> SMALL =
      Map.of(
          "spark.sql.autoBroadcastJoinThreshold", "-1",
          "spark.kronos.sql.batchRows", "300",
          "spark.sql.shuffle.partitions", "1");

  private static final List<String> ZONES =
      List.of("UTC", "America/Los_Angeles", "Asia/Kolkata", "Europe/Berlin", "Australia/Lord_Howe");
  private static final List<String> GROUPINGS =
      List.of("ROLLUP (a, b)", "CUBE (a, b)", "GROUPING SETS ((a), (b), (a, b))");

  /**
   * Holds a table's name and the query whose answer it is.
   *
   * @param name the name
   * @param sql the query
   */
  public record Table(String name, String sql) {}

  /** Makes the query of a seed. */
  public static RandomQuery of(long seed) {
    Random forTables = forTables(seed);
    RandomTable left = RandomTable.of("l", forTables);
    RandomTable right = RandomTable.of("r", forTables);
    List<Table> tables = tables(left, right, forTables);
    Random random = new Random(seed);
    Map<String, String> settings = settings(random);
    int shape = random.nextInt(11);
    String sql = sql(shape, left, new RandomJoins(left, right, random), random);
    return new RandomQuery(seed, tables, sql, shape == 0, settings, Long.MAX_VALUE);
  }

  /** Makes a query of a seed over tables that do not fit its budget. */
  public static RandomQuery withBudget(long seed) {
    Random forTables = forTables(seed);
    RandomTable left = RandomTable.large("l", forTables);
    RandomTable right = RandomTable.large("r", forTables);
    List<Table> tables = tables(left, right, forTables);
    Random random = new Random(seed);
    Map<String, String> settings = settings(random);
    settings.putAll(SMALL);
    int shape = random.nextInt(11);
    String sql = sql(shape, left, new RandomJoins(left, right, random), random);
    long budgetBytes = SqlKind.pick(random, BUDGETS);
    return new RandomQuery(seed, tables, sql, shape == 0, settings, budgetBytes);
  }

  private static Random forTables(long seed) {
    return new Random(seed - Math.floorMod(seed, SEEDS_OF_TABLES));
  }

  private static List<Table> tables(RandomTable left, RandomTable right, Random random) {
    return Stream.of(left, right).map(table -> new Table(table.name(), table.sql(random))).toList();
  }

  private static Map<String, String> settings(Random random) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("spark.sql.ansi.enabled", Boolean.toString(random.nextInt(3) == 0));
    settings.put("spark.sql.adaptive.enabled", Boolean.toString(random.nextInt(3) > 0));
    settings.put("spark.sql.session.timeZone", SqlKind.pick(random, ZONES));
    if (random.nextInt(3) == 0) {
      settings.put("spark.sql.autoBroadcastJoinThreshold", "-1");
    }
    if (random.nextInt(3) == 0) {
      settings.put("spark.kronos.sql.batchRows", "500");
    }
    return settings;
  }

  private static String sql(int shape, RandomTable left, RandomJoins joins, Random random) {
    RandomClauses clauses = new RandomClauses(random, left.columns());
    return switch (shape) {
      case 0 -> firstRows(clauses);
      case 1 -> union(clauses);
      case 2 -> distinct(clauses);
      case 3 -> groups("l", clauses);
      case 4 -> groups(joins.inner(), joins.both());
      case 5 -> groupingSets(clauses);
      case 6 -> new RandomWindows(left, clauses).query();
      case 7 -> joins.join();
      case 8 -> joins.loop();
      case 9 -> joins.chain();
      default -> joins.subquery();
    };
  }

  private static String firstRows(RandomClauses clauses) {
    Random random = clauses.random();
    String limit = random.nextBoolean() ? " LIMIT " + random.nextInt(50) : "";
    String offset = random.nextInt(3) == 0 ? " OFFSET " + random.nextInt(30) : "";
    String direction = random.nextBoolean() ? "" : " DESC NULLS LAST";
    return "SELECT l_id, %s FROM l%s ORDER BY %s%s, l_id%s%s"
        .formatted(clauses.outputs(), clauses.where(), clauses.any(), direction, limit, offset);
  }

  private static String union(RandomClauses clauses) {
    List<SqlKind> kinds = clauses.kinds();
    return Stream.generate(() -> "SELECT " + clauses.named(kinds) + " FROM l" + clauses.where())
        .limit(2)
        .collect(Collectors.joining(" UNION ALL "));
  }

  private static String distinct(RandomClauses clauses) {
    List<SqlKind> exact = clauses.kinds().stream().filter(RandomClauses::isKey).toList();
    String outputs = clauses.named(exact.isEmpty() ? List.of(SqlKind.INT) : exact);
    return "SELECT DISTINCT " + outputs + " FROM l" + clauses.where();
  }

  /** Writes groups of what a {@code FROM} gives. */
  static String groups(String from, RandomClauses clauses) {
    List<String> keys = Stream.generate(clauses::key).limit(clauses.random().nextInt(3)).toList();
    List<String> outputs = new ArrayList<>(keys);
    outputs.addAll(clauses.aggregates());
    String sql = "SELECT " + String.join(", ", outputs) + " FROM " + from + clauses.where();
    return keys.isEmpty() ? sql : sql + " GROUP BY " + String.join(", ", keys);
  }

  private static String groupingSets(RandomClauses clauses) {
    return ("SELECT a, b, grouping_id(a, b), %s"
            + " FROM (SELECT *, %s AS a, %s AS b FROM l%s) GROUP BY %s")
        .formatted(
            String.join(", ", clauses.aggregates()),
            clauses.key(),
            clauses.key(),
            clauses.where(),
            SqlKind.pick(clauses.random(), GROUPINGS));
  }

  /** Says all that is needed to run the query again. */
  @Override
  public String toString() {
    return "seed=%d, budgetBytes=%d, settings=%s, query=%s, tables=%s"
        .formatted(seed, budgetBytes, settings, sql, tables);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.tpch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Names the TPC-H queries, with the validation parameters of the specification (TPC-H 3.0.1,
 * sections 2.4.1 to 2.4.22). Their texts are token by token those that Spark tests itself with: the
 * view of query 15 is a common table expression, the first rows of a query are a {@code LIMIT}.
 */
public enum TpchQuery {
  /** Pricing summary report: filter, eight aggregates, four groups, sort. */
  Q1(List.of("lineitem")),
  /** Minimum cost supplier: a correlated minimum, joined back. */
  Q2(List.of("part", "supplier", "partsupp", "nation", "region")),
  /** Shipping priority: two joins, many groups, top ten. */
  Q3(List.of("customer", "orders", "lineitem")),
  /** Order priority checking: EXISTS as a semi join. */
  Q4(List.of("orders", "lineitem")),
  /** Local supplier volume: five joins, one of them on two keys. */
  Q5(List.of("customer", "orders", "lineitem", "supplier", "nation", "region")),
  /** Forecasting revenue change: four filters and one sum. */
  Q6(List.of("lineitem")),
  /** Volume shipping: a condition over both sides of a join. */
  Q7(List.of("supplier", "lineitem", "orders", "customer", "nation")),
  /** National market share: seven joins, a division of decimals. */
  Q8(List.of("part", "supplier", "lineitem", "orders", "customer", "nation", "region")),
  /** Product type profit: LIKE, five joins, groups by year. */
  Q9(List.of("part", "supplier", "lineitem", "partsupp", "orders", "nation")),
  /** Returned item reporting: seven group keys, top twenty. */
  Q10(List.of("customer", "orders", "lineitem", "nation")),
  /** Important stock: HAVING against a scalar subquery. */
  Q11(List.of("partsupp", "supplier", "nation")),
  /** Shipping modes and order priority: conditional counts. */
  Q12(List.of("orders", "lineitem")),
  /** Customer distribution: an outer join with NOT LIKE, groups of groups. */
  Q13(List.of("customer", "orders")),
  /** Promotion effect: a conditional sum over a sum. */
  Q14(List.of("lineitem", "part")),
  /** Top supplier: a common table and its maximum. */
  Q15(List.of("lineitem", "supplier")),
  /** Parts and suppliers: NOT IN, a distinct count. */
  Q16(List.of("partsupp", "part", "supplier")),
  /** Small-quantity orders: a correlated average. */
  Q17(List.of("lineitem", "part")),
  /** Large volume customers: IN over an aggregate, many groups. */
  Q18(List.of("customer", "orders", "lineitem")),
  /** Discounted revenue: a disjunction over both sides of a join. */
  Q19(List.of("lineitem", "part")),
  /** Potential promotion: nested IN and a correlated sum. */
  Q20(List.of("supplier", "nation", "partsupp", "part", "lineitem")),
  /** Suppliers who kept orders waiting: EXISTS and NOT EXISTS with inequalities. */
  Q21(List.of("supplier", "lineitem", "orders", "nation")),
  /** Global sales opportunity: substrings, a scalar subquery, an anti join. */
  Q22(List.of("customer", "orders"));

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

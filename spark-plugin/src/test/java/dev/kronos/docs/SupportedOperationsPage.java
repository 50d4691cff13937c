// SPDX-License-Identifier: Apache-2.0
package dev.kronos.docs;

import dev.kronos.column.DataType;
import dev.kronos.spark.catalyst.AggregateCatalog;
import dev.kronos.spark.catalyst.CatalogLine;
import dev.kronos.spark.catalyst.DrawnValues;
import dev.kronos.spark.catalyst.ExpressionCatalog;
import dev.kronos.spark.catalyst.Restriction;
import dev.kronos.spark.catalyst.ScalarSubqueries;
import dev.kronos.spark.catalyst.TypeSet;
import dev.kronos.spark.catalyst.TypeTranslator;
import dev.kronos.spark.catalyst.WindowCatalog;
import dev.kronos.spark.plan.ConversionCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes {@code docs/generated/supported-operations.md} from the catalogues of the planner. */
final class SupportedOperationsPage {
  private static final String TEXT =
      """
      # Supported operations

      Generated from the catalogues that the planner goes by (`ConversionCatalog`, `ExpressionCatalog`,
      `AggregateCatalog`, `WindowCatalog`); do not edit. What is not listed stays with Spark. Reasons are given in the words
      of the log (`spark.kronos.sql.explain`).

      ## Plan nodes

      %s
      A scan is replaced only below a node that runs on the device, and a projection that computes nothing
      only next to one. Why a node stays on the CPU:

      %s
      Nodes that have no place on the device; strict mode leaves them alone:

      %s
      ## Types

      %s

      ## Expressions

      Types are those of the first operand; Spark gives the others the same type, decimals aside. Whether an
      error fails, wraps or gives null (ANSI mode on, off, `try_add` and its like) is read off each expression.

      %s
      ### Subqueries

      `IN` and `EXISTS` are joins in Spark's plans; the value of any other is known before a stage begins.

      %s
      ### Values of a row's place

      In filters and projections. The processor draws them, as Spark does, and the device goes on with them.

      %s
      ### Written by Spark's planner

      %s
      ### Table of casts

      From the type of the row to that of the column, in every session time zone. `null`: a cast that Spark has outside
      ANSI mode alone, and of which it makes null. What is empty Spark does not have either, but for floating point to
      decimals and strings.

      %s
      ## Aggregate functions

      With and without group keys, which may be of every type. Either half of an aggregation runs on the
      device or in Spark by itself.

      %s
      ## Window functions

      Those of the table above, too, but for skewness, kurtosis and those of pairs (`regr_sxx` and `regr_syy` are of
      values). Frames: `ROWS` and `RANGE`, bounds being constants.

      %s\
      """;

  private static final ExpressionCatalog EXPRESSIONS = ExpressionCatalog.standard();

  private SupportedOperationsPage() {}

  static String markdown() {
    return TEXT.formatted(
        nodes(),
        reasons(),
        exemptions(),
        types(),
        families(),
        lines("expression", List.of(ScalarSubqueries.line())),
        lines("expression", DrawnValues.lines()),
        internals(),
        casts(),
        lines("function", AggregateCatalog.lines()),
        lines("function", WindowCatalog.lines()));
  }

  private static MarkdownTable nodes() {
    MarkdownTable table = MarkdownTable.of("Spark's node", "on the device");
    for (ConversionCatalog.Line line : ConversionCatalog.lines()) {
      table.row(name(line), line.does().isEmpty() ? "no" : "yes: " + line.does());
    }
    return table;
  }

  private static String name(ConversionCatalog.Line line) {
    return line.node().isEmpty() ? "any other" : MarkdownTable.code(line.node());
  }

  private static MarkdownTable reasons() {
    Map<Restriction, List<String>> nodesOfReason = new LinkedHashMap<>();
    for (ConversionCatalog.Line line : ConversionCatalog.lines()) {
      for (Restriction reason : line.restrictions()) {
        nodesOfReason.computeIfAbsent(reason, r -> new ArrayList<>()).add(name(line));
      }
    }
    MarkdownTable table = MarkdownTable.of("reason", "when", "nodes");
    nodesOfReason.forEach((r, nodes) -> table.row(r.reason(), r.when(), String.join(", ", nodes)));
    return table;
  }

  private static MarkdownTable exemptions() {
    Map<String, List<String>> nodesOfKind = new LinkedHashMap<>();
    ConversionCatalog.exemptions()
        .forEach(
            (node, kind) -> nodesOfKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(node));
    MarkdownTable table = MarkdownTable.of("what it is", "nodes");
    nodesOfKind.forEach((kind, nodes) -> table.row(kind, String.join(", ", nodes)));
    return table;
  }

  private static String types() {
    return """
    %s, and intervals, which are of months or of days and times. Decimals have up to 38 digits, strings no
    collation. Numbers are %s. Intervals are cast to each other and to strings, not
    to or from other types.\
    """
        .formatted(names(TypeSet.ALL), names(TypeSet.NUMBERS));
  }

  private static String names(TypeSet set) {
    return TypeTranslator.types().stream()
        .filter(set::contains)
        .map(type -> MarkdownTable.code(name(type)))
        .collect(Collectors.joining(", "));
  }

  private static String name(DataType type) {
    return type.isDecimal() ? "decimal" : type.toString();
  }

  private static String families() {
    Map<String, List<CatalogLine>> families =
        EXPRESSIONS.lines().stream()
            .filter(line -> !isInternal(line))
            .collect(
                Collectors.groupingBy(
                    CatalogLine::family, LinkedHashMap::new, Collectors.toList()));
    StringBuilder text = new StringBuilder();
    families.forEach(
        (family, lines) ->
            text.append("### " + family + "\n\n" + lines("expression", lines) + "\n"));
    return text.toString().stripTrailing() + "\n";
  }

  private static boolean isInternal(CatalogLine line) {
    return line.coverage().sql().isEmpty();
  }

  private static MarkdownTable internals() {
    MarkdownTable table = MarkdownTable.of("Spark's class", "types", "stays on the CPU when");
    EXPRESSIONS.lines().stream()
        .filter(SupportedOperationsPage::isInternal)
        .forEach(
            line ->
                table.row(
                    MarkdownTable.code(line.name()),
                    line.coverage().types().words(),
                    restrictions(line)));
    return table;
  }

  private static MarkdownTable lines(String title, List<CatalogLine> lines) {
    MarkdownTable table =
        MarkdownTable.of(title, "Spark's class", "types", "stays on the CPU when");
    for (CatalogLine line : lines) {
      table.row(
          MarkdownTable.code(line.coverage().sql()),
          MarkdownTable.code(line.name()),
          line.coverage().types().words(),
          restrictions(line));
    }
    return table;
  }

  private static String restrictions(CatalogLine line) {
    return line.coverage().restrictions().stream()
        .map(r -> r.reason() + (r.when().isEmpty() ? "" : " (" + r.when() + ")"))
        .collect(Collectors.joining("; "));
  }

  private static MarkdownTable casts() {
    List<String> titles = new ArrayList<>(List.of("from"));
    TypeTranslator.types().forEach(type -> titles.add(name(type)));
    MarkdownTable table = new MarkdownTable(titles);
    for (DataType from : TypeTranslator.types()) {
      List<String> cells = new ArrayList<>(List.of(MarkdownTable.code(name(from))));
      TypeTranslator.types().forEach(to -> cells.add(cast(from, to)));
      table.row(cells);
    }
    return table;
  }

  private static String cast(DataType from, DataType to) {
    if (EXPRESSIONS.castsToNull(from, to)) {
      return "null";
    }
    return EXPRESSIONS.casts(from, to) ? "yes" : "";
  }
}

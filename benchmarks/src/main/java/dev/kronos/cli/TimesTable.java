// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import dev.kronos.tpch.QueryRun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes first and best times of each query and their sums, as a Markdown table. */
final class TimesTable {
  private final List<String> names = new ArrayList<>();
  private final List<List<QueryRun>> sides = new ArrayList<>();

  private TimesTable() {}

  /**
   * Returns the table; ratios are best times of plain Spark by those of the other, then those of
   * another plugin by Kronos'.
   */
  static String of(TpchComparison comparison) {
    TimesTable table = new TimesTable();
    table.add("CPU", comparison.cpu());
    table.add("Kronos", comparison.kronos());
    comparison.finishedPeer().ifPresent(peer -> table.add(peer.name(), peer.runs()));
    return table.text();
  }

  private void add(String name, List<QueryRun> runs) {
    names.add(name);
    sides.add(runs);
  }

  private String text() {
    StringBuilder text = new StringBuilder("| query");
    names.forEach(name -> text.append(" | ").append(name).append(" first s | best s"));
    names.stream().skip(1).forEach(name -> text.append(" | CPU by ").append(name));
    names.stream().skip(2).forEach(name -> text.append(" | ").append(name).append(" by Kronos"));
    int columns = 3 * names.size() + Math.max(0, names.size() - 2);
    text.append(" |\n|").append("---|".repeat(columns)).append('\n');
    List<QueryRun> cpu = sides.get(0);
    for (int i = 0; i < cpu.size(); i++) {
      int query = i;
      text.append(row(cpu.get(i).query(), sides.stream().map(runs -> times(runs.get(query)))));
    }
    if (cpu.size() > 1) {
      text.append(row("**all**", sides.stream().map(TimesTable::sum)));
    }
    return text.toString();
  }

  /** Holds seconds of the first and of the fastest run. */
  private record Times(double first, double best) {}

  private static Times times(QueryRun run) {
    return new Times(run.seconds().get(0), run.bestSeconds());
  }

  private static Times sum(List<QueryRun> runs) {
    ToDoubleFunction<QueryRun> first = run -> run.seconds().get(0);
    return new Times(
        runs.stream().mapToDouble(first).sum(),
        runs.stream().mapToDouble(QueryRun::bestSeconds).sum());
  }

  private static String row(String head, Stream<Times> sides) {
    List<Times> times = sides.toList();
    String seconds =
        times.stream()
            .map(time -> "%.2f | %.2f".formatted(time.first(), time.best()))
            .collect(Collectors.joining(" | "));
    Stream<Double> byEach = times.stream().skip(1).map(time -> times.get(0).best() / time.best());
    Stream<Double> byKronos = times.stream().skip(2).map(time -> time.best() / times.get(1).best());
    String ratios =
        Stream.concat(byEach, byKronos).map("%.2f"::formatted).collect(Collectors.joining(" | "));
    return "| %s | %s | %s |%n".formatted(head, seconds, ratios);
  }
}

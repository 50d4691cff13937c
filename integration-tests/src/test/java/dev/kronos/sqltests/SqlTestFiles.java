// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;

/** Reads Spark's own SQL tests from the jar of its tests. */
final class SqlTestFiles {
  private static final String RESULTS = "sql-tests/results/";
  private static final String SET = "--SET ";

  /** The version of Spark whose records these are. */
  static final String SPARK = "4.2";

  /** Files that are not run, by how their names begin, with the reason. */
  static final Map<String, String> NOT_RUN = notRun();

  /** Files that run in every build: quick ones over many operators and expressions. */
  static final List<String> QUICK =
      List.of(
          "bitwise.sql",
          "comparator.sql",
          "having.sql",
          "inner-join.sql",
          "postgreSQL/select_having.sql",
          "subquery/exists-subquery/exists-having.sql");

  private SqlTestFiles() {}

  /** Returns the names of the files that can be run, in order. */
  static List<String> names() {
    return all().stream()
        .filter(name -> NOT_RUN.keySet().stream().noneMatch(name::startsWith))
        .toList();
  }

  /**
   * Returns the names of the files that are asked for.
   *
   * @param what nothing for the quick ones; {@code all}; {@code 3/8} for the third of eight parts
   *     of all, which may run at the same time; or texts, separated by commas, of which a file's
   *     name contains one
   */
  static List<String> asked(String what) {
    if (what.isEmpty()) {
      return QUICK;
    }
    if (what.equals("all")) {
      return names();
    }
    if (what.matches("\\d+/\\d+")) {
      String[] part = what.split("/", -1);
      return part(Integer.parseInt(part[0]), Integer.parseInt(part[1]));
    }
    List<String> texts = List.of(what.split(",", -1));
    return names().stream().filter(name -> texts.stream().anyMatch(name::contains)).toList();
  }

  /** Deals the files out by their sizes, largest first, so that the parts take about as long. */
  private static List<String> part(int part, int parts) {
    List<String> bySize =
        names().stream()
            .sorted(Comparator.comparing((String name) -> -statements(name).size()))
            .toList();
    return IntStream.range(0, bySize.size())
        .filter(i -> i % parts == part - 1)
        .mapToObj(bySize::get)
        .toList();
  }

  /** Returns the names of all files, for example {@code postgreSQL/int4.sql}, in order. */
  static List<String> all() {
    try (JarFile jar = jar()) {
      return jar.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.startsWith(RESULTS) && name.endsWith(".sql.out"))
          .map(name -> name.substring(RESULTS.length(), name.length() - ".out".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the statements of a file with what Spark recorded. */
  static List<RecordedStatement> statements(String name) {
    return RecordedStatement.parse(text(RESULTS + name + ".out"));
  }

  /** Returns the settings that a file asks for. */
  static Map<String, String> settings(String name) {
    Map<String, String> settings = new LinkedHashMap<>();
    text("sql-tests/inputs/" + name)
        .lines()
        .filter(line -> line.startsWith(SET))
        .flatMap(line -> List.of(line.substring(SET.length()).split(",")).stream())
        .map(setting -> setting.split("=", 2))
        .forEach(pair -> settings.put(pair[0].strip(), pair[1].strip()));
    return settings;
  }

  /** Returns the text of a resource of the jar. */
  static String text(String resource) {
    try (InputStream in = SqlTestFiles.class.getResourceAsStream("/" + resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> notRun() {
    Map<String, String> reasons = new LinkedHashMap<>();
    reasons.put("udaf/", "calls aggregate functions that classes of Spark's tests define");
    reasons.put("udf/", "calls functions that Spark's tests define in Scala, Python and Pandas");
    reasons.put("udtf/", "calls table functions that Spark's tests define in Python");
    return reasons;
  }

  private static JarFile jar() throws IOException {
    URL folder = SqlTestFiles.class.getResource("/" + RESULTS);
    JarURLConnection connection = (JarURLConnection) folder.openConnection();
    connection.setUseCaches(false);
    return connection.getJarFile();
  }
}

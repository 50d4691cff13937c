// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** Reads Spark's own SQL tests from the jar of its tests. */
final class SqlTestFiles {
  private static final String RESULTS = "sql-tests/results/";
  private static final String SET = "--SET ";

  /** Folders whose statements call functions that only Spark's test code defines. */
  private static final List<String> NEED_TEST_CODE = List.of("udf/", "udaf/", "udtf/");

  private SqlTestFiles() {}

  /** Returns the names of all files, for example {@code postgreSQL/int4.sql}, in order. */
  static List<String> names() {
    try (JarFile jar = jar()) {
      return jar.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.startsWith(RESULTS) && name.endsWith(".sql.out"))
          .map(name -> name.substring(RESULTS.length(), name.length() - ".out".length()))
          .filter(name -> NEED_TEST_CODE.stream().noneMatch(name::startsWith))
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

  private static JarFile jar() throws IOException {
    URL folder = SqlTestFiles.class.getResource("/" + RESULTS);
    JarURLConnection connection = (JarURLConnection) folder.openConnection();
    connection.setUseCaches(false);
    return connection.getJarFile();
  }
}

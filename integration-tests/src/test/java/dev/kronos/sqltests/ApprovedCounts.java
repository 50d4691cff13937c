// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keeps the approved counts of all files, as text in the source tree, and the page made of them.
 */
final class ApprovedCounts {
  /** Whether what runs is approved. */
  static final boolean APPROVE = Boolean.getBoolean("kronos.golden.write");

  /** What to do about counts that changed. */
  static final String APPROVAL =
      "if the change is meant: mvn -B -Dquick -Dit.test=SqlTestsIT -Dkronos.sqltests=all"
          + " -Dkronos.golden.write verify -pl integration-tests -am";

  // The build tells the module's folder; an IDE starts tests in it.
  private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
  private static final Path COUNTS = MODULE.resolve("src/test/resources/sqltests/counts.txt");
  private static final Path COMMITS = MODULE.resolve("src/test/resources/sqltests/commits.txt");
  private static final Path PAGE = MODULE.resolve("../docs/generated/sql-tests.md");

  private ApprovedCounts() {}

  /** Returns the counts of each file. */
  static SortedMap<String, SqlTestCounts> read() {
    SortedMap<String, SqlTestCounts> all = new TreeMap<>();
    SqlTestCounts current = null;
    for (String line : text(COUNTS).lines().toList()) {
      if (line.startsWith(" ")) {
        current.readReason(line);
      } else {
        current = SqlTestCounts.read(line);
        all.put(current.file(), current);
      }
    }
    return all;
  }

  /** Returns of which commit the counts of each file are. */
  static SortedMap<String, String> commits() {
    SortedMap<String, String> all = new TreeMap<>();
    text(COMMITS)
        .lines()
        .map(line -> line.split(" ", -1))
        .forEach(pair -> all.put(pair[0], pair[1]));
    return all;
  }

  /** Asks git; the property serves where the source's own commits will not stay. */
  private static String commit() throws IOException {
    String given = System.getProperty("kronos.commit");
    if (given != null) {
      return given;
    }
    Process git =
        new ProcessBuilder("git", "-C", MODULE.toString(), "rev-parse", "--short=7", "HEAD")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? "unknown" : text;
  }

  /** Returns the counts of one file as text; empty where none were approved. */
  static String of(String file) {
    SqlTestCounts counts = read().get(file);
    return counts == null ? "" : counts.text();
  }

  /**
   * Writes the counts of some files among the others', and the page. JVMs that run parts of the
   * files at the same time wait for each other.
   */
  static void approve(List<SqlTestCounts> counts) {
    Path lock = MODULE.resolve("target/sqltests.lock");
    try (FileChannel channel = FileChannel.open(lock, CREATE, WRITE)) {
      // Held until the channel is closed.
      channel.lock();
      SortedMap<String, SqlTestCounts> all = read();
      counts.forEach(file -> all.put(file.file(), file));
      SortedMap<String, String> commits = commits();
      String commit = commit();
      counts.forEach(file -> commits.put(file.file(), commit));
      all.keySet().retainAll(SqlTestFiles.names());
      commits.keySet().retainAll(all.keySet());
      Files.writeString(
          COUNTS, all.values().stream().map(SqlTestCounts::text).collect(Collectors.joining()));
      Files.writeString(
          COMMITS,
          commits.entrySet().stream()
              .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
              .collect(Collectors.joining()));
      Files.writeString(PAGE, SqlTestsPage.markdown(all.values(), commits));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the page as it stands. */
  static String page() {
    return text(PAGE);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

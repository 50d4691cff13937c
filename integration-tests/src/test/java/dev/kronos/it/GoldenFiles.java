// SPDX-License-Identifier: Apache-2.0
package dev.kronos.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Names the folders of golden files in the source tree, where approved texts are written too. */
enum GoldenFiles {
  /** What the tables hold: one query a table. */
  TABLES("tables", ".sql"),
  /** Queries, in a folder a topic. */
  QUERIES("sql", ".sql"),
  /** Approved plans, each under its query's name. */
  PLANS("plans", ".txt");

  private final Path folder;
  private final String ending;

  GoldenFiles(String folder, String ending) {
    // The build tells the module's folder; an IDE starts tests in it.
    this.folder = Path.of(System.getProperty("basedir", "."), "src/test/resources", folder);
    this.ending = ending;
  }

  /** Returns the names of all files, sorted, without the ending. */
  List<String> names() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(this::name).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the text of a file. */
  String read(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the text of a file, in a folder that may be new. */
  void write(String name, String text) {
    try {
      Files.createDirectories(file(name).getParent());
      Files.writeString(file(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a file if it is there. */
  void delete(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ending);
  }

  private String name(Path file) {
    String name = folder.relativize(file).toString().replace('\\', '/');
    if (!name.endsWith(ending)) {
      throw new IllegalStateException("File is not a golden file: file=" + file);
    }
    return name.substring(0, name.length() - ending.length());
  }
}

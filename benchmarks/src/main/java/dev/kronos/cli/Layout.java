// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Locates what a Spark run needs.
 *
 * @param sparkHome folder whose {@code jars} folder holds Spark
 * @param pluginJar the shaded plugin jar
 * @param applicationJar the jar with the TPC-H application
 */
record Layout(Path sparkHome, Path pluginJar, Path applicationJar) {
  private static final List<String> SIDE_ARTIFACTS =
      List.of("-sources.jar", "-tests.jar", "-javadoc.jar");

  /** Finds everything below the project's own folder, as the build leaves it. */
  static Layout ofProject(Path home) {
    return new Layout(
        home.resolve("integration-tests/target/spark-home"),
        only(home.resolve("spark-plugin/target"), "kronos-spark-plugin_2.13-*-spark*.jar"),
        only(home.resolve("integration-tests/target"), "kronos-integration-tests-*.jar"));
  }

  private static Path only(Path folder, String glob) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
        files.forEach(file -> addUnlessSideArtifact(found, file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (found.size() != 1) {
      throw new IllegalStateException(
          "Expected one jar, run bin/kronos build: folder=%s, pattern=%s, found=%s"
              .formatted(folder, glob, found));
    }
    return found.get(0);
  }

  private static void addUnlessSideArtifact(List<Path> found, Path file) {
    String name = file.getFileName().toString();
    if (SIDE_ARTIFACTS.stream().noneMatch(name::endsWith)) {
      found.add(file);
    }
  }
}

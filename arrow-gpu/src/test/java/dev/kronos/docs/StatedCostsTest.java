// SPDX-License-Identifier: Apache-2.0
package dev.kronos.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the Javadoc of each class of functions to saying what they cost. */
class StatedCostsTest {
  private static final String CLASSES = "arrow-gpu/src/main/java/dev/kronos/compute";

  /** A class with functions is made for a device. */
  private static final Pattern FUNCTIONS =
      Pattern.compile("\n  public (static )?\\w+( \\w+)?\\(Kronos kronos");

  private static final Pattern HEAD =
      Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public final class ", Pattern.DOTALL);

  private static final Pattern COST = Pattern.compile("O\\([^)]+\\)");

  static List<Path> classes() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve(CLASSES))) {
      folder = folder.getParent();
    }
    try (Stream<Path> files = Files.list(folder.resolve(CLASSES))) {
      return files.filter(StatedCostsTest::hasFunctions).sorted().toList();
    }
  }

  private static boolean hasFunctions(Path file) {
    String text = read(file);
    return text.contains("\npublic final class ") && FUNCTIONS.matcher(text).find();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("classes")
  void everyFamilySaysWhatItCosts(Path file) {
    Matcher head = HEAD.matcher(read(file));
    assertThat(head.find()).as("Javadoc of %s", file).isTrue();
    assertThat(head.group(1)).containsPattern(COST).contains("work", "memory");
  }

  @Test
  void everyFamilyIsFound() throws IOException {
    assertThat(classes())
        .extracting(file -> file.getFileName().toString())
        .contains("Aggregates.java", "Expressions.java", "Joins.java", "Strings.java")
        .hasSizeGreaterThanOrEqualTo(16);
  }
}

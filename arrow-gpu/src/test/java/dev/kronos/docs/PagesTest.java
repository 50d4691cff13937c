// SPDX-License-Identifier: Apache-2.0
package dev.kronos.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the Java on the pages of {@code docs/arrow} against the examples that are run. */
class PagesTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");
  private static final Path EXAMPLES = Path.of("arrow-gpu/src/test/java/dev/kronos/docs");
  private static final List<String> FILES =
      List.of("ArrowExamplesTest.java", "DataExamplesTest.java", "TableExamplesTest.java");

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(root().resolve("docs/arrow"))) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("arrow-gpu"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** Indentation, assertions and where lines are broken are the test's own business. */
  private static String plain(String code) {
    return code.lines()
        .map(String::strip)
        .filter(line -> !line.startsWith("assert"))
        .collect(Collectors.joining(" "))
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static String examples() throws IOException {
    StringBuilder code = new StringBuilder();
    for (String file : FILES) {
      code.append(Files.readString(root().resolve(EXAMPLES).resolve(file)));
    }
    return plain(code.toString());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyExampleIsRun(Path page) throws IOException {
    String run = examples();
    List<String> blocks = new ArrayList<>();
    Matcher matcher = JAVA.matcher(Files.readString(page));
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    assertThat(blocks).as("examples of %s", page).isNotEmpty();
    for (String block : blocks) {
      assertThat(run)
          .as("example of %s is in %s", page, EXAMPLES)
          .contains(plain(block.replaceAll("(?m)^\\s*\\.\\.\\.\\s*$", "")));
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Path page) throws IOException {
    Matcher matcher = LINK.matcher(Files.readString(page));
    while (matcher.find()) {
      assertThat(page.resolveSibling(matcher.group(1)).normalize()).exists();
    }
  }

  /** An example that differs in one word is found out. */
  @Test
  void otherCodeIsNotTheExamples() throws IOException {
    String run = examples();
    assertThat(run).contains(plain("Bits bits = new Bits(kronos);"));
    assertThat(run).doesNotContain(plain("Bits bits = new Bits(device);"));
  }
}

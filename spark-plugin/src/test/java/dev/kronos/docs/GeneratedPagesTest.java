// SPDX-License-Identifier: Apache-2.0
package dev.kronos.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the pages of {@code docs/generated} with what the tables in the code say. */
@Tag("generated")
class GeneratedPagesTest {
  private static final String REGENERATE =
      "mvn -B -q -Dquick -Dgroups=generated -Dkronos.golden.write test -pl spark-plugin -am";

  static Stream<Arguments> pages() {
    return Stream.of(
        Arguments.of("spark-settings.md", SparkSettingsPage.markdown()),
        Arguments.of("supported-operations.md", SupportedOperationsPage.markdown()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void fileInTheRepositoryIsWhatTheTablesSay(String name, String expected) throws IOException {
    Path file = repositoryRoot().resolve("docs/generated").resolve(name);
    if (Boolean.getBoolean("kronos.golden.write")) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file)).as("regenerate with: %s", REGENERATE).isEqualTo(expected);
  }

  private static Path repositoryRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("arrow-gpu"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}

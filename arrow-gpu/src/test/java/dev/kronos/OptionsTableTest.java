// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("generated")
class OptionsTableTest {
  private static final String REGENERATE =
      "mvn -B -q -Dquick -Dgroups=generated -Dkronos.golden.write test -pl spark-plugin -am";

  @Test
  void fileInTheRepositoryIsWhatTheTableSays() throws IOException {
    Path file = repositoryRoot().resolve("docs/generated/options.md");
    if (Boolean.getBoolean("kronos.golden.write")) {
      Files.writeString(file, OptionsTable.markdown());
    }
    assertThat(Files.readString(file))
        .as("regenerate with: %s", REGENERATE)
        .isEqualTo(OptionsTable.markdown());
  }

  @Test
  void everyOptionHasARow() {
    KronosOption.ALL.forEach(
        option -> assertThat(OptionsTable.markdown()).contains("| `" + option.key() + "` |"));
  }

  private static Path repositoryRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("arrow-gpu"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}

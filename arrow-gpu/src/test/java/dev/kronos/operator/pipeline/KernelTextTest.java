// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.vulkan.spirv.ShaderSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KernelTextTest {
  private static final Path INCLUDES = Path.of("..", "kernels/src/main/glsl/include");

  @Test
  void rowsFailWhereTheTextSaysSo() {
    ShaderSource sound = new KernelText("sound").append("void main() {}").source();
    ShaderSource failing =
        new KernelText("failing").append("void main() { row_error(ROW_CAST); }").source();
    assertThat(KernelText.mayFail(sound)).isFalse();
    assertThat(KernelText.mayFail(failing)).isTrue();
  }

  /** What mayFail relies on. */
  @Test
  void includedCodeReportsNoFailures() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> listed = Files.list(INCLUDES)) {
      listed.filter(path -> !path.endsWith("status.glsl")).forEach(files::add);
    }
    assertThat(files).hasSizeGreaterThan(40);
    for (Path file : files) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        int comment = line.indexOf("//");
        String code = comment < 0 ? line : line.substring(0, comment);
        assertThat(code).as(file.toString()).doesNotContain("row_error");
      }
    }
  }
}

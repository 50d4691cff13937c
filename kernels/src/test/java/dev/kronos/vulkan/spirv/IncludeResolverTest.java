// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Puts sources together, without what they do not call. */
class IncludeResolverTest {

  private static final String LIBRARY =
      """
      // names one(), two() and three() in a comment, which calls nobody
      const int START = 7;
      int one(int x) {
        return two(x) + 1;
      }
      int two(int x) { return x; }
      int two(int x, int y) {
        if (x < y) {
          return y;
        }
        return x;
      }
      int three(int x) {
        return one(x);
      }
      int early(int x);
      #define FOUR(x) four(x)
      int four(
          int x,
          int y) {
        return x;
      }
      #define FIVE(x) \\
      int five(int x) { \\
      }
      int six(int x) {
      #ifdef SIX
        return 6;
      #endif
        return x;
      }
      int early(int x) {
        return x;
      }
      int begun = early(1);
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("library.glsl"), LIBRARY);
  }

  private String expand(String main, Map<String, String> macros) {
    String glsl = "#version 460\n#include \"library.glsl\"\n" + main;
    return IncludeResolver.ofFolder(folder).expand(new ShaderSource("main", glsl, macros));
  }

  private String expand(String main) {
    return expand(main, Map.of());
  }

  @Test
  void whatIsCalledStaysWithAllThatItCalls() {
    assertThat(expand("void main() { int x = one(1); }\n"))
        .contains("int one(int x) {", "int two(int x) {", "int two(int x, int y) {")
        .doesNotContain("int three");
  }

  @Test
  void whatIsNamedInCommentsAloneIsNotCalled() {
    assertThat(expand("void main() { /* one(1); */ } // one(2);\n"))
        .doesNotContain("int one(", "int two(", "int three(")
        .contains("void main() { /* one(1); */ } // one(2);");
  }

  @Test
  void whatIsNoFunctionStaysAndSoDoesWhatItNames() {
    assertThat(expand("void main() {}\n"))
        .contains("const int START = 7;", "int early(int x);\n", "int early(int x) {\n")
        .contains("#define FOUR(x) four(x)\n", "int four(\n    int x,\n    int y) {\n")
        .contains("#define FIVE(x) \\\nint five(int x) { \\\n}\n", "  return 6;\n");
  }

  @Test
  void macrosOfTheSourceCall() {
    assertThat(expand("void main() { X; }\n", Map.of("X", "three(1)"))).contains("int three(");
  }

  @Test
  void ownFunctionsStay() {
    assertThat(expand("int mine(int x) {\n  return x;\n}\nvoid main() {}\n"))
        .contains("int mine(int x) {\n  return x;\n}\n");
  }

  @Test
  void linesKeepTheirNumbers() throws IOException {
    String main = "\nvoid main() { int x = two(1) + nowhere; }\n";
    assertThatThrownBy(() -> compile(main))
        .hasMessageContaining("mine:4")
        .hasMessageContaining("nowhere");
    Files.writeString(folder.resolve("library.glsl"), LIBRARY + "int begins = nothing;\n");
    assertThatThrownBy(() -> compile(main))
        .hasMessageContaining("library.glsl:" + (LIBRARY.lines().count() + 1))
        .hasMessageContaining("nothing");
  }

  private void compile(String main) {
    String glsl = "#version 460\n#include \"library.glsl\"\n" + main;
    try (ShaderCompiler compiler = ShaderCompiler.create(IncludeResolver.ofFolder(folder))) {
      compiler.compile(ShaderSource.of("mine", glsl));
    }
  }
}

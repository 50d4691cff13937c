// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ShaderCompilerTest {

  private static final String TRIVIAL =
      """
      #version 460
      #include "abi.glsl"
      #include "types.glsl"
      void main() { BufferU32(root.args).v[kronos_thread()] = root.count; }
      """;

  private static ShaderCompiler compiler;

  @BeforeAll
  static void open() {
    compiler = ShaderCompiler.create();
  }

  @AfterAll
  static void close() {
    compiler.close();
  }

  @Test
  void readsTheInterfaceOfWhatItCompiles() {
    SpirvModule module = compiler.compile(ShaderSource.of("trivial", TRIVIAL));
    assertThat(module.name()).isEqualTo("trivial");
    assertThat(module.pushConstantBytes()).isEqualTo(24);
    assertThat(module.localSize()).containsExactly(256, 1, 1);
    assertThat(module.bindings()).isEmpty();
  }

  @Test
  void macrosReachTheSource() {
    SpirvModule module =
        compiler.compile(new ShaderSource("small", TRIVIAL, Map.of("WORKGROUP_SIZE", "64")));
    assertThat(module.localSize()).containsExactly(64, 1, 1);
  }

  @Test
  void onlyUsedBindingsAreDeclared() {
    String glsl =
        """
        #include "abi.glsl"
        void main() { kronos_errors.words[0] = uint(kronos_tables.words[root.count]); }
        """;
    assertThat(compiler.compile(ShaderSource.of("bound", glsl)).bindings())
        .containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void sameSourceGivesSameCode() {
    ShaderSource source = ShaderSource.of("trivial", TRIVIAL);
    assertThat(compiler.compile(source).code()).isEqualTo(compiler.compile(source).code());
  }

  @Test
  void errorsNameFileAndLine() {
    String glsl =
        """
        #version 460
        #include "int128.glsl"

        void main() { int x = nowhere; }
        """;
    assertThatThrownBy(() -> compiler.compile(ShaderSource.of("broken", glsl)))
        .isInstanceOf(ShaderCompileException.class)
        .hasMessageContaining("shader does not compile: name=broken")
        .hasMessageContaining("broken:4")
        .hasMessageContaining("nowhere");
  }

  @Test
  void missingIncludeIsNamedWithItsPlace() {
    assertThatThrownBy(
            () -> compiler.compile(ShaderSource.of("lost", "#version 460\n#include \"no.glsl\"\n")))
        .isInstanceOf(ShaderCompileException.class)
        .hasMessageContaining("name=no.glsl")
        .hasMessageContaining("lost:2");
  }

  @Test
  void emptySourceIsAnErrorNotACrash() {
    assertThatThrownBy(() -> compiler.compile(ShaderSource.of("empty", "")))
        .isInstanceOf(ShaderCompileException.class);
  }

  @Test
  void manyThreadsCompileAtOnce() throws Exception {
    byte[] expected = compiler.compile(ShaderSource.of("trivial", TRIVIAL)).code();
    Callable<byte[]> job = () -> compiler.compile(ShaderSource.of("trivial", TRIVIAL)).code();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<byte[]> result : threads.invokeAll(List.of(job, job, job, job, job, job))) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void closedCompilerRefuses() {
    ShaderCompiler closed = ShaderCompiler.create();
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.compile(ShaderSource.of("trivial", TRIVIAL)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void badNamesAreRefused() {
    assertThatThrownBy(() -> ShaderSource.of("a\"b", TRIVIAL))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

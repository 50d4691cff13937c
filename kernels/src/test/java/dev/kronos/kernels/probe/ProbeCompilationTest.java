// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.vulkan.spirv.ShaderCompiler;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles every probe, so that every function of the library is known to compile and validate. */
class ProbeCompilationTest {

  private static ShaderCompiler compiler;

  @BeforeAll
  static void open() {
    compiler = ShaderCompiler.create();
  }

  @AfterAll
  static void close() {
    compiler.close();
  }

  static Stream<Probe> probes() {
    return ProbeCheck.all().stream();
  }

  @ParameterizedTest
  @MethodSource("probes")
  void compiles(Probe probe) {
    assertThat(compiler.compile(probe.source()).code()).isNotEmpty();
    assertThat(probe.inputs(20, 1)).hasSize(20 * probe.inputWords());
  }
}

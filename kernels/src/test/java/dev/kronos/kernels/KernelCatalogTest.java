// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.vulkan.spirv.ShaderBuild;
import dev.kronos.vulkan.spirv.ShaderCompiler;
import dev.kronos.vulkan.spirv.SpirvModule;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelCatalogTest {

  /** The binding to which failed checks are reported. */
  private static final int ERROR_WORDS = 2;

  private static final KernelCatalog CATALOG = KernelCatalog.load();

  static Stream<String> names() {
    return CATALOG.specs().stream().map(KernelSpec::name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyKernelIsCompiledAndIsWhatItDeclares(String name) {
    SpirvModule module = CATALOG.module(name);
    assertThat(module.name()).isEqualTo(name);
    assertThatCode(() -> KernelCheck.verify(CATALOG.spec(name), module)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyKernelCanBeChecked(String name) {
    KernelSpec spec = CATALOG.spec(name);
    try (ShaderCompiler compiler = ShaderCompiler.create()) {
      SpirvModule module = compiler.compile(CATALOG.source(name), ShaderBuild.CHECKED);
      KernelSpec checked =
          new KernelSpec(
              name,
              spec.template(),
              spec.macros(),
              spec.rootBytes(),
              spec.workgroupSize(),
              Set.of(ERROR_WORDS),
              spec.arguments());
      assertThatCode(() -> KernelCheck.verify(checked, module)).doesNotThrowAnyException();
    }
  }

  @Test
  void rowsAreInOrder() {
    assertThat(names()).isSorted();
  }

  @Test
  void unknownKernelIsNamed() {
    assertThatThrownBy(() -> CATALOG.module("no/such"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name=no/such");
  }

  @Test
  void mismatchNamesKernelDeclaredAndFound() {
    KernelSpec spec = CATALOG.spec("memory/copy");
    SpirvModule module = CATALOG.module("memory/copy");
    KernelSpec otherRoot =
        new KernelSpec(spec.name(), spec.template(), Map.of(), 32, 256, Set.of(), spec.arguments());
    assertThatThrownBy(() -> KernelCheck.verify(otherRoot, module))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "kernel differs from its declaration: kernel=memory/copy, what=rootBytes,"
                + " declared=32, found=24");
    KernelSpec otherBindings =
        new KernelSpec(
            spec.name(), spec.template(), Map.of(), 24, 256, Set.of(1), spec.arguments());
    assertThatThrownBy(() -> KernelCheck.verify(otherBindings, module))
        .hasMessageContaining("what=bindings, declared=[1], found=[]");
    KernelSpec otherArguments =
        KernelSpec.of(spec.name(), spec.template(), Map.of(), KernelTable.SUM);
    assertThatThrownBy(() -> KernelCheck.verify(otherArguments, module))
        .hasMessageContaining("what=SumArguments")
        .hasMessageContaining("source@0:8");
  }

  @Test
  void layoutsFollowNaturalAlignment() {
    assertThat(KernelTable.STRINGS.offsetBytes("rows")).isEqualTo(40);
    assertThat(KernelTable.STRINGS.sizeBytes()).isEqualTo(64);
    assertThat(KernelTable.FILL.offsetBytes("word")).isEqualTo(16);
    assertThatThrownBy(() -> KernelTable.FILL.offsetBytes("nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("field=nothing");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.vulkan.spirv.ShaderBuild;
import dev.kronos.vulkan.spirv.ShaderCompiler;
import dev.kronos.vulkan.spirv.ShaderSource;
import dev.kronos.vulkan.spirv.SpirvModule;
import dev.kronos.vulkan.spirv.SpirvReflection;
import dev.kronos.vulkan.spirv.SpirvReflection.Member;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles kernels for storage buffers and push constants, from the sources that ship. */
class BoundKernelsTest {

  /** SPIR-V's number of the capability that addresses need. */
  private static final int PHYSICAL_STORAGE_BUFFER_ADDRESSES = 5347;

  private static final KernelCatalog CATALOG = KernelCatalog.load();
  private static ShaderCompiler compiler;

  @BeforeAll
  static void open() {
    compiler = ShaderCompiler.create();
  }

  @AfterAll
  static void close() {
    compiler.close();
  }

  static Stream<Arguments> kernels() {
    return Stream.of(
        Arguments.of("blas/gemm_float32", Set.of(0, 1, 2), gemm(4)),
        Arguments.of("blas/gemm_float32_small", Set.of(0, 1, 2), gemm(4)),
        Arguments.of("blas/gemm_float64", Set.of(0, 1, 2), gemm(8)),
        Arguments.of("blas/saxpy", Set.of(0, 1), List.of(new Member("a", 8, 4))),
        Arguments.of("reduce/sum_float32", Set.of(0, 1), List.of()),
        Arguments.of("reduce/sum_float64", Set.of(0, 1), List.of()),
        Arguments.of("reduce/sum_int32", Set.of(0, 1), List.of()),
        Arguments.of("reduce/sum_int64", Set.of(0, 1), List.of()),
        Arguments.of("scan/reduce_uint32", Set.of(0, 1), List.of()),
        Arguments.of("scan/reduce_uint64", Set.of(0, 1), List.of()),
        Arguments.of("scan/spine", Set.of(1, 3), List.of()),
        Arguments.of("scan/tiles_uint32", Set.of(0, 1, 2), List.of()),
        Arguments.of("scan/tiles_uint64", Set.of(0, 1, 2), List.of()));
  }

  private static List<Member> gemm(int elementBytes) {
    int sizes = 8 + 2 * elementBytes;
    return List.of(
        new Member("alpha", 8, elementBytes),
        new Member("beta", 8 + elementBytes, elementBytes),
        new Member("m", sizes, 4),
        new Member("n", sizes + 4, 4),
        new Member("k", sizes + 8, 4));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void boundFormHasBindingsAndPushConstantsInsteadOfAddresses(
      String name, Set<Integer> bindings, List<Member> scalars) {
    ShaderSource source = CATALOG.source(name).with("KRONOS_BOUND", "1");
    SpirvModule module = compiler.compile(source);
    assertThat(module.bindings()).isEqualTo(bindings);
    assertThat(module.localSize()).containsExactly(CATALOG.spec(name).workgroupSize(), 1, 1);
    SpirvReflection found = SpirvReflection.of(name, module.code());
    assertThat(found.capabilities()).doesNotContain(PHYSICAL_STORAGE_BUFFER_ADDRESSES);
    List<Member> root = found.structs().get(CATALOG.spec(name).arguments().struct());
    assertThat(root).startsWith(new Member("count", 0, 4), new Member("flags", 4, 4));
    assertThat(root.subList(2, root.size())).isEqualTo(scalars);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void addressFormCompilesAtRunTimeToWhatTheBuildMade(String name) {
    SpirvModule module = compiler.compile(CATALOG.source(name), ShaderBuild.SHIPPED);
    KernelCheck.verify(CATALOG.spec(name), module);
    assertThat(module.code()).hasSameSizeAs(CATALOG.module(name).code());
  }
}

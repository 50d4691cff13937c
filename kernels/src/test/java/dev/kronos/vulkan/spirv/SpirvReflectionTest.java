// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpirvReflectionTest {

  private static SpirvReflection reflect(String glsl) {
    try (ShaderCompiler compiler = ShaderCompiler.create()) {
      SpirvModule module = compiler.compile(ShaderSource.of("reflected", glsl));
      return SpirvReflection.of(module.name(), module.code());
    }
  }

  @Test
  void readsLocalSizeFromSpecialisationConstants() {
    SpirvReflection found =
        reflect(
            """
            #version 460
            layout(local_size_x_id = 0, local_size_y = 2) in;
            layout(local_size_x = 96) in;
            layout(binding = 5, std430) buffer B { uint v[]; } b;
            void main() { b.v[gl_GlobalInvocationID.x] = gl_WorkGroupSize.x; }
            """);
    assertThat(found.localSize()).containsExactly(96, 2, 1);
    assertThat(found.specializedLocalSize()).containsExactly(0);
    assertThat(found.resources()).containsExactly(new SpirvReflection.Resource(0, 5));
    assertThat(found.pushConstantBytes()).isZero();
  }

  @Test
  void readsMembersOfArgumentTables() {
    SpirvReflection found =
        reflect(
            """
            #include "abi.glsl"
            #include "types.glsl"
            layout(buffer_reference, std430, buffer_reference_align = 8) buffer MyArguments {
              Column first; uint n; uvec4 block; uint tail[3];
            };
            void main() {
              MyArguments a = MyArguments(root.args);
              a.tail[0] = uint(a.first.values) + a.n + a.block.y;
            }
            """);
    assertThat(found.structs().get("MyArguments"))
        .containsExactly(
            new SpirvReflection.Member("first", 0, 40),
            new SpirvReflection.Member("n", 40, 4),
            new SpirvReflection.Member("block", 48, 16),
            new SpirvReflection.Member("tail", 64, 12));
  }

  @Test
  void foreignDescriptorSetsAreRefused() {
    String glsl =
        """
        #include "abi.glsl"
        layout(set = 1, binding = 0, std430) buffer B { uint v[]; } b;
        void main() { b.v[0] = root.count; }
        """;
    try (ShaderCompiler compiler = ShaderCompiler.create()) {
      assertThatThrownBy(() -> compiler.compile(ShaderSource.of("foreign", glsl)))
          .isInstanceOf(ShaderCompileException.class)
          .hasMessageContaining("set=1");
    }
  }
}

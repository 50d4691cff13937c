// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import static dev.kronos.vulkan.spirv.SpirvTools.Passes.QUICK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpirvToolsTest {

  private static final int PHYSICAL_STORAGE_BUFFER_ADDRESSES = 5347;

  private static int capabilityAt(byte[] code, int capability) {
    ByteBuffer words = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN);
    int at = 20;
    while (words.getInt(at) != 0x00020011 || words.getInt(at + 4) != capability) {
      at += 8;
    }
    return at;
  }

  private static byte[] code() {
    try (ShaderCompiler compiler = ShaderCompiler.create()) {
      String glsl =
          """
          #include "abi.glsl"
          layout(buffer_reference, std430) buffer Words { uint v[]; };
          void main() { Words(root.args).v[root.count] = 1u; }
          """;
      return compiler.compile(ShaderSource.of("words", glsl)).code();
    }
  }

  @Test
  void refusesWhatIsNotSpirv() {
    byte[] garbage = new byte[64];
    assertThatThrownBy(() -> SpirvModule.of("garbage", garbage))
        .isInstanceOf(ShaderCompileException.class)
        .hasMessageContaining("name=garbage");
    assertThatThrownBy(() -> SpirvTools.validate("garbage", garbage))
        .isInstanceOf(ShaderCompileException.class);
    assertThatThrownBy(() -> SpirvTools.optimise("garbage", garbage, QUICK))
        .isInstanceOf(ShaderCompileException.class);
  }

  @Test
  void refusesTruncatedModules() {
    byte[] code = code();
    byte[] half = Arrays.copyOf(code, code.length / 8 * 4 + 4);
    assertThatThrownBy(() -> SpirvTools.validate("half", half))
        .isInstanceOf(ShaderCompileException.class);
    assertThatThrownBy(() -> SpirvReflection.of("odd", Arrays.copyOf(code, code.length - 1)))
        .isInstanceOf(ShaderCompileException.class);
  }

  @Test
  void validationNamesTheBrokenRule() {
    byte[] code = code();
    int at = capabilityAt(code, PHYSICAL_STORAGE_BUFFER_ADDRESSES);
    byte[] stripped = new byte[code.length - 8];
    System.arraycopy(code, 0, stripped, 0, at);
    System.arraycopy(code, at + 8, stripped, at, code.length - at - 8);
    assertThatThrownBy(() -> SpirvTools.validate("stripped", stripped))
        .isInstanceOf(ShaderCompileException.class)
        .hasMessageContaining("SPIR-V is not valid: name=stripped");
  }

  @Test
  void reflectionSeesCapabilities() {
    assertThat(SpirvReflection.of("words", code()).capabilities())
        .contains(PHYSICAL_STORAGE_BUFFER_ADDRESSES);
  }

  @Test
  void optimisingAgainChangesLittle() {
    byte[] code = code();
    assertThat(SpirvTools.optimise("words", code, QUICK).length).isLessThanOrEqualTo(code.length);
  }
}

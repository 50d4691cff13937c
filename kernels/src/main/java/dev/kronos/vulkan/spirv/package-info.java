// SPDX-License-Identifier: Apache-2.0
/**
 * Compiles GLSL to SPIR-V and reads what SPIR-V declares, for kernels and for programs on plain
 * Vulkan alike: {@link dev.kronos.vulkan.spirv.ShaderCompiler} makes {@link
 * dev.kronos.vulkan.spirv.SpirvModule}s.
 */
package dev.kronos.vulkan.spirv;

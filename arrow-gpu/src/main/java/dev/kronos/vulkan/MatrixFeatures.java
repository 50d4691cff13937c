// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.lwjgl.vulkan.KHRCooperativeMatrix.VK_KHR_COOPERATIVE_MATRIX_EXTENSION_NAME;
import static org.lwjgl.vulkan.KHRShaderBfloat16.VK_KHR_SHADER_BFLOAT16_EXTENSION_NAME;
import static org.lwjgl.vulkan.VK11.vkGetPhysicalDeviceFeatures2;

import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkPhysicalDeviceCooperativeMatrixFeaturesKHR;
import org.lwjgl.vulkan.VkPhysicalDeviceFeatures2;
import org.lwjgl.vulkan.VkPhysicalDeviceShaderBfloat16FeaturesKHR;

/**
 * Holds the features of products on cooperative matrices. Their structures are named to a driver
 * only where it offers the extension that defines them. Lives on a memory stack.
 *
 * @param matrix of VK_KHR_cooperative_matrix, or null
 * @param brain of VK_KHR_shader_bfloat16, or null
 */
record MatrixFeatures(
    VkPhysicalDeviceCooperativeMatrixFeaturesKHR matrix,
    VkPhysicalDeviceShaderBfloat16FeaturesKHR brain) {

  /** Returns what a device supports. */
  static MatrixFeatures supportedBy(
      VkPhysicalDevice device, Extensions extensions, MemoryStack stack) {
    MatrixFeatures found = empty(extensions, stack);
    VkPhysicalDeviceFeatures2 base = VkPhysicalDeviceFeatures2.calloc(stack).sType$Default();
    base.pNext(found.address());
    vkGetPhysicalDeviceFeatures2(device, base);
    return found;
  }

  private static MatrixFeatures empty(Extensions extensions, MemoryStack stack) {
    VkPhysicalDeviceShaderBfloat16FeaturesKHR brain =
        extensions.contains(VK_KHR_SHADER_BFLOAT16_EXTENSION_NAME)
            ? VkPhysicalDeviceShaderBfloat16FeaturesKHR.calloc(stack).sType$Default()
            : null;
    VkPhysicalDeviceCooperativeMatrixFeaturesKHR matrix = null;
    if (extensions.contains(VK_KHR_COOPERATIVE_MATRIX_EXTENSION_NAME)) {
      matrix = VkPhysicalDeviceCooperativeMatrixFeaturesKHR.calloc(stack).sType$Default();
      matrix.pNext(brain == null ? 0 : brain.address());
    }
    return new MatrixFeatures(matrix, brain);
  }

  /** Returns the features to enable: what products use, where supported. */
  MatrixFeatures wanted(Extensions extensions, MemoryStack stack) {
    MatrixFeatures on = empty(extensions, stack);
    if (matrix != null) {
      on.matrix.cooperativeMatrix(matrix.cooperativeMatrix());
    }
    if (brain != null) {
      on.brain
          .shaderBFloat16Type(brain.shaderBFloat16Type())
          .shaderBFloat16CooperativeMatrix(matrix != null && brainMatrix());
    }
    return on;
  }

  /** Returns the address of the first structure of the chain, or 0 when there is none. */
  long address() {
    if (matrix != null) {
      return matrix.address();
    }
    return brain == null ? 0 : brain.address();
  }

  /** Returns whether matrices of 16-bit floats can be multiplied. */
  boolean halfMatrix() {
    return matrix != null && matrix.cooperativeMatrix();
  }

  /** Returns whether matrices of bfloat16 can be multiplied. */
  boolean brainMatrix() {
    return halfMatrix() && brain != null && brain.shaderBFloat16CooperativeMatrix();
  }
}

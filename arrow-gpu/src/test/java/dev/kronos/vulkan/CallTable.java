// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.lwjgl.system.APIUtil;
import org.lwjgl.system.libffi.FFICIF;
import org.lwjgl.system.libffi.FFIType;
import org.lwjgl.system.libffi.LibFFI;

/**
 * Lists the native functions that {@link CallInterceptor} can stand in for, with their parameters:
 * P is a pointer or any other 64-bit value, I a 32-bit value; the last letter is the result, V for
 * none.
 */
final class CallTable {

  private static final String TABLE =
      """
      vkGetInstanceProcAddr PPP
      vkGetDeviceProcAddr PPP
      vkCreateInstance PPPI
      vkDestroyInstance PPV
      vkCreateDebugUtilsMessengerEXT PPPPI
      vkDestroyDebugUtilsMessengerEXT PPPV
      vkEnumeratePhysicalDevices PPPI
      vkEnumerateDeviceExtensionProperties PPPPI
      vkCreateDevice PPPPI
      vkDestroyDevice PPV
      vkCreateBuffer PPPPI
      vkDestroyBuffer PPPV
      vkAllocateMemory PPPPI
      vkFreeMemory PPPV
      vkBindBufferMemory PPPPI
      vkMapMemory PPPPIPI
      vkCreateDescriptorSetLayout PPPPI
      vkDestroyDescriptorSetLayout PPPV
      vkCreatePipelineLayout PPPPI
      vkDestroyPipelineLayout PPPV
      vkCreateDescriptorPool PPPPI
      vkDestroyDescriptorPool PPPV
      vkAllocateDescriptorSets PPPI
      vkUpdateDescriptorSets PIPIPV
      vkCreatePipelineCache PPPPI
      vkDestroyPipelineCache PPPV
      vkGetPipelineCacheData PPPPI
      vkCreateShaderModule PPPPI
      vkDestroyShaderModule PPPV
      vkCreateComputePipelines PPIPPPI
      vkDestroyPipeline PPPV
      vkCreateSemaphore PPPPI
      vkDestroySemaphore PPPV
      vkCreateFence PPPPI
      vkDestroyFence PPPV
      vkCreateCommandPool PPPPI
      vkDestroyCommandPool PPPV
      vkResetCommandPool PPII
      vkAllocateCommandBuffers PPPI
      vkBeginCommandBuffer PPI
      vkEndCommandBuffer PI
      vkCreateQueryPool PPPPI
      vkDestroyQueryPool PPPV
      vkCmdPipelineBarrier2 PPV
      vkCmdBindDescriptorSets PIPIIPIPV
      vkCmdPushConstants PPIIIPV
      vkCmdDispatch PIIIV
      vkCmdCopyBuffer PPPIPV
      vkCmdFillBuffer PPPPIV
      vkQueueSubmit2 PIPPI
      vkQueueWaitIdle PI
      vkWaitSemaphores PPPI
      vkGetSemaphoreCounterValue PPPI
      """;

  private static final Map<String, Call> CALLS = parse();

  /** Calls that make something and may fail for lack of memory, in opening and in use. */
  static final Set<String> CREATING =
      Set.of(
          "vkCreateInstance",
          "vkCreateDebugUtilsMessengerEXT",
          "vkEnumeratePhysicalDevices",
          "vkEnumerateDeviceExtensionProperties",
          "vkCreateDevice",
          "vkCreateBuffer",
          "vkAllocateMemory",
          "vkBindBufferMemory",
          "vkMapMemory",
          "vkCreateDescriptorSetLayout",
          "vkCreatePipelineLayout",
          "vkCreateDescriptorPool",
          "vkAllocateDescriptorSets",
          "vkCreatePipelineCache",
          "vkGetPipelineCacheData",
          "vkCreateShaderModule",
          "vkCreateComputePipelines",
          "vkCreateSemaphore",
          "vkCreateCommandPool",
          "vkResetCommandPool",
          "vkAllocateCommandBuffers",
          "vkBeginCommandBuffer",
          "vkEndCommandBuffer",
          "vkCreateQueryPool");

  private CallTable() {}

  /**
   * Describes a function.
   *
   * @param name its name
   * @param parameters a letter for each
   * @param result the letter of the result
   * @param interfaceOf what libffi needs to make and to take the call
   */
  record Call(String name, String parameters, char result, FFICIF interfaceOf) {

    /** Returns what kind of object the call makes, or null. */
    String makes() {
      return kind("vkCreate", "vkAllocateMemory");
    }

    /** Returns what kind of object the call destroys, or null. */
    String destroys() {
      return kind("vkDestroy", "vkFreeMemory");
    }

    /** Returns which argument is the handle of the object that the call destroys. */
    int handleArgument() {
      return parameters.length() == 2 ? 0 : 1;
    }

    private String kind(String prefix, String memory) {
      if (name.equals(memory)) {
        return "Memory";
      }
      return name.startsWith(prefix)
          ? name.substring(prefix.length()).replace("ComputePipelines", "Pipeline")
          : null;
    }
  }

  /** Returns a function of the table, or null. */
  static Call find(String name) {
    return CALLS.get(name);
  }

  private static Map<String, Call> parse() {
    Map<String, Call> calls = new HashMap<>();
    for (String line : TABLE.lines().toList()) {
      String[] words = line.split(" ", -1);
      String parameters = words[1].substring(0, words[1].length() - 1);
      char result = words[1].charAt(words[1].length() - 1);
      FFIType[] types = new FFIType[parameters.length()];
      for (int i = 0; i < types.length; i++) {
        types[i] = type(parameters.charAt(i));
      }
      FFICIF cif = APIUtil.apiCreateCIF(APIUtil.apiStdcall(), type(result), types);
      calls.put(words[0], new Call(words[0], parameters, result, cif));
    }
    return Map.copyOf(calls);
  }

  private static FFIType type(char letter) {
    return switch (letter) {
      case 'P' -> LibFFI.ffi_type_uint64;
      case 'I' -> LibFFI.ffi_type_uint32;
      default -> LibFFI.ffi_type_void;
    };
  }
}

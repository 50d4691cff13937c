// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import dev.kronos.KronosException;
import java.util.Map;
import org.lwjgl.vulkan.EXTDebugReport;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VK11;
import org.lwjgl.vulkan.VK12;
import org.lwjgl.vulkan.VK13;

/** Names VkResult codes and turns failures into typed exceptions. */
public final class VkResults {

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(VK10.VK_SUCCESS, "VK_SUCCESS"),
          Map.entry(VK10.VK_NOT_READY, "VK_NOT_READY"),
          Map.entry(VK10.VK_TIMEOUT, "VK_TIMEOUT"),
          Map.entry(VK10.VK_INCOMPLETE, "VK_INCOMPLETE"),
          Map.entry(VK10.VK_ERROR_OUT_OF_HOST_MEMORY, "VK_ERROR_OUT_OF_HOST_MEMORY"),
          Map.entry(VK10.VK_ERROR_OUT_OF_DEVICE_MEMORY, "VK_ERROR_OUT_OF_DEVICE_MEMORY"),
          Map.entry(VK10.VK_ERROR_INITIALIZATION_FAILED, "VK_ERROR_INITIALIZATION_FAILED"),
          Map.entry(VK10.VK_ERROR_DEVICE_LOST, "VK_ERROR_DEVICE_LOST"),
          Map.entry(VK10.VK_ERROR_MEMORY_MAP_FAILED, "VK_ERROR_MEMORY_MAP_FAILED"),
          Map.entry(VK10.VK_ERROR_LAYER_NOT_PRESENT, "VK_ERROR_LAYER_NOT_PRESENT"),
          Map.entry(VK10.VK_ERROR_EXTENSION_NOT_PRESENT, "VK_ERROR_EXTENSION_NOT_PRESENT"),
          Map.entry(VK10.VK_ERROR_FEATURE_NOT_PRESENT, "VK_ERROR_FEATURE_NOT_PRESENT"),
          Map.entry(VK10.VK_ERROR_INCOMPATIBLE_DRIVER, "VK_ERROR_INCOMPATIBLE_DRIVER"),
          Map.entry(VK10.VK_ERROR_TOO_MANY_OBJECTS, "VK_ERROR_TOO_MANY_OBJECTS"),
          Map.entry(VK10.VK_ERROR_FRAGMENTED_POOL, "VK_ERROR_FRAGMENTED_POOL"),
          Map.entry(VK10.VK_ERROR_UNKNOWN, "VK_ERROR_UNKNOWN"),
          Map.entry(VK11.VK_ERROR_OUT_OF_POOL_MEMORY, "VK_ERROR_OUT_OF_POOL_MEMORY"),
          Map.entry(VK11.VK_ERROR_INVALID_EXTERNAL_HANDLE, "VK_ERROR_INVALID_EXTERNAL_HANDLE"),
          Map.entry(VK12.VK_ERROR_FRAGMENTATION, "VK_ERROR_FRAGMENTATION"),
          Map.entry(
              VK12.VK_ERROR_INVALID_OPAQUE_CAPTURE_ADDRESS,
              "VK_ERROR_INVALID_OPAQUE_CAPTURE_ADDRESS"),
          Map.entry(VK13.VK_PIPELINE_COMPILE_REQUIRED, "VK_PIPELINE_COMPILE_REQUIRED"),
          Map.entry(EXTDebugReport.VK_ERROR_VALIDATION_FAILED_EXT, "VK_ERROR_VALIDATION_FAILED"));

  private VkResults() {}

  /** Returns the constant's name, or the number where the code is not known. */
  static String name(int code) {
    return NAMES.getOrDefault(code, "VkResult(" + code + ")");
  }

  /**
   * Throws unless {@code code} is a success.
   *
   * @throws KronosException.Exhausted for the codes that say that some memory or room is used up
   * @throws KronosException.DeviceFailure for every other negative code
   */
  public static void check(int code, String call) {
    if (code < 0) {
      throw failure(code, call);
    }
  }

  /** Returns the sentence that names a failed call and its result. */
  static String text(int code, String call) {
    return KronosException.message("Vulkan call failed", "call", call, "result", name(code));
  }

  /** Returns the exception that stands for a failed call. */
  static KronosException failure(int code, String call) {
    String text = text(code, call);
    return switch (code) {
      case VK10.VK_ERROR_OUT_OF_HOST_MEMORY,
          VK10.VK_ERROR_OUT_OF_DEVICE_MEMORY,
          VK10.VK_ERROR_MEMORY_MAP_FAILED,
          VK10.VK_ERROR_TOO_MANY_OBJECTS,
          VK10.VK_ERROR_FRAGMENTED_POOL,
          VK11.VK_ERROR_OUT_OF_POOL_MEMORY,
          VK12.VK_ERROR_FRAGMENTATION ->
          new KronosException.Exhausted(text);
      default -> new KronosException.DeviceFailure(text);
    };
  }
}

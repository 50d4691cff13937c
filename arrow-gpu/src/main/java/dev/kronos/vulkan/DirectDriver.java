// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.lwjgl.system.MemoryStack.stackPush;
import static org.lwjgl.system.MemoryUtil.NULL;
import static org.lwjgl.system.MemoryUtil.memASCII;
import static org.lwjgl.system.MemoryUtil.memAddress;

import dev.kronos.device.IcdManifest;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import org.lwjgl.system.APIUtil;
import org.lwjgl.system.FunctionProvider;
import org.lwjgl.system.JNI;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.NativeResource;
import org.lwjgl.system.SharedLibrary;

/**
 * Stands in for the Vulkan loader over one driver's library, which exports {@code
 * vk_icdGetInstanceProcAddr} in place of {@code vkGetInstanceProcAddr} and wants to agree on a
 * version of the loader interface first. There are no layers and there is one driver; everything
 * else is the same, because device functions never go through the loader.
 */
final class DirectDriver implements FunctionProvider, NativeResource {

  private static final String LOADER_NAME = "vkGetInstanceProcAddr";
  private static final String DRIVER_NAME = "vk_icdGetInstanceProcAddr";
  private static final String NEGOTIATE = "vk_icdNegotiateLoaderICDInterfaceVersion";

  /** First version in which a driver takes Vulkan 1.1 and later without being asked again. */
  private static final int INTERFACE_VERSION = 5;

  private final SharedLibrary library;
  private final long getInstanceProcAddr;

  private DirectDriver(SharedLibrary library, long getInstanceProcAddr) {
    this.library = library;
    this.getInstanceProcAddr = getInstanceProcAddr;
  }

  /**
   * Opens a driver's library.
   *
   * @return the driver, which stays loaded until it is freed
   * @throws DriverException when the library cannot be loaded or is no Vulkan driver
   */
  static DirectDriver open(IcdManifest manifest) throws DriverException {
    SharedLibrary library;
    try {
      library = APIUtil.apiCreateLibrary(manifest.library());
    } catch (LinkageError e) {
      throw new DriverException("its library cannot be loaded: " + manifest.library(), e);
    }
    long entry = library.getFunctionAddress(DRIVER_NAME);
    if (entry == NULL || !negotiate(library)) {
      library.free();
      throw new DriverException("its library is no Vulkan driver: " + manifest.library());
    }
    return new DirectDriver(library, entry);
  }

  @Override
  public long getFunctionAddress(ByteBuffer name) {
    // The name is null-terminated, so it is read by address: its length may count the null.
    return memASCII(memAddress(name)).equals(LOADER_NAME)
        ? getInstanceProcAddr
        : library.getFunctionAddress(name);
  }

  /** Unloads the library; LWJGL calls this when it lets go of the driver. */
  @Override
  public void free() {
    library.free();
  }

  @Override
  public String toString() {
    return "DirectDriver[library=" + library.getName() + "]";
  }

  private static boolean negotiate(SharedLibrary library) {
    long negotiate = library.getFunctionAddress(NEGOTIATE);
    if (negotiate == NULL) {
      return true;
    }
    try (MemoryStack stack = stackPush()) {
      IntBuffer version = stack.ints(INTERFACE_VERSION);
      int result = JNI.callPI(memAddress(version), negotiate);
      return result == 0 && version.get(0) >= 3;
    }
  }
}

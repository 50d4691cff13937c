// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.KronosOptions;
import java.time.Duration;
import java.util.List;
import org.lwjgl.vulkan.VkPhysicalDevice;

/**
 * Has a Vulkan instance to itself and, where asked for, its validation layer, until it is closed.
 * The native instance then waits for the next of its kind, and is destroyed when the JVM exits.
 * Safe for many threads.
 */
public final class VulkanInstance implements AutoCloseable {

  /** How long the JVM's exit waits for threads that are opening or closing a device. */
  private static final Duration EXIT_GRACE = Duration.ofSeconds(10);

  private static final InstancePool<NativeInstance> POOL =
      new InstancePool<>(NativeInstance::close, VulkanLoader::unload);
  private static boolean endsAtExit;

  private final Layers layers;
  private final NativeInstance instance;
  private long messagesAtClose;
  private boolean closed;

  private VulkanInstance(Layers layers, NativeInstance instance) {
    this.layers = layers;
    this.instance = instance;
  }

  /**
   * Takes an instance that waits for its next use, or creates one.
   *
   * @param options whether to load the validation layer, and where to look for drivers
   * @return the instance, which the caller closes after its devices
   * @throws KronosException.NoDevice when there is no Vulkan loader or no driver
   * @throws KronosException.Unsupported when validation is on and its layer is not installed
   * @throws KronosException.Closed when the JVM exits
   */
  public static VulkanInstance create(KronosOptions options) {
    endPoolAtExit(options);
    Layers layers = Layers.of(options);
    try {
      return new VulkanInstance(layers, POOL.take(layers, () -> newInstance(layers, options)));
    } catch (LinkageError e) {
      // LWJGL has an exit hook of its own, which is refused where its first use comes too late.
      requireNotExiting(options);
      throw e;
    }
  }

  private static NativeInstance newInstance(Layers layers, KronosOptions options) {
    VulkanLoader.load(options);
    return NativeInstance.create(layers);
  }

  /** Before anything that only an exit hook would destroy. */
  private static synchronized void endPoolAtExit(KronosOptions options) {
    if (!endsAtExit) {
      Thread hook = new Thread(() -> POOL.end(EXIT_GRACE), "kronos-instance-exit");
      unlessExiting(options, () -> Runtime.getRuntime().addShutdownHook(hook));
      endsAtExit = true;
    }
  }

  private static void requireNotExiting(KronosOptions options) {
    Thread unused = new Thread("kronos-unused");
    unlessExiting(options, () -> Runtime.getRuntime().addShutdownHook(unused));
    unlessExiting(options, () -> Runtime.getRuntime().removeShutdownHook(unused));
  }

  private static void unlessExiting(KronosOptions options, Runnable task) {
    try {
      task.run();
    } catch (IllegalStateException e) {
      throw new KronosException.Closed(message("opened while the JVM exits", "options", options));
    }
  }

  /** Destroys what waits for its next use, as the end of the process does. */
  static void destroyIdle() {
    POOL.destroyIdle();
  }

  /** Returns how many messages the validation layer has sent, to this alone; 0 when it is off. */
  public synchronized long validationMessages() {
    return closed ? messagesAtClose : instance.validationMessages();
  }

  /** Returns the physical devices in the driver's order; may be empty. */
  List<VkPhysicalDevice> physicalDevices() {
    return instance.physicalDevices();
  }

  /** Lets the next one have the instance. The devices that were made from it are destroyed. */
  @Override
  public synchronized void close() {
    if (!closed) {
      messagesAtClose = instance.validationMessages();
      closed = true;
      instance.forgetMessages();
      POOL.giveBack(layers, instance);
    }
  }
}

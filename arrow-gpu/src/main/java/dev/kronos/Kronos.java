// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static dev.kronos.KronosException.message;

import dev.kronos.arrow.KronosAllocatorFactory;
import dev.kronos.device.DeviceInfo;
import dev.kronos.dispatch.Counters;
import dev.kronos.dispatch.Kernels;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.PhysicalDevices;
import dev.kronos.vulkan.VulkanInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.memory.BufferAllocator;

/**
 * One open Vulkan device: memory, kernels, and streams of work. The door to everything else.
 *
 * <pre>{@code
 * try (Kronos kronos = Kronos.open(KronosOptions.fromEnvironment());
 *     DeviceBuffer buffer = kronos.memory().allocate(Pool.DEVICE, 1 << 20);
 *     Stream stream = kronos.newStream()) {
 *   stream.fill(buffer, 0, buffer.sizeBytes(), 0).submit().await();
 * }
 * }</pre>
 *
 * <p>Thread-safe. Several may be open at once. The device is destroyed before the JVM exits, at the
 * latest by a shutdown hook: drivers are known to crash in an exit with a live device. What a
 * device is opened through, Vulkan's instance, outlives it: the next one to open takes it over, and
 * the exit destroys it.
 */
public final class Kronos implements AutoCloseable {
  private static final long EXIT_GRACE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long EXIT_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final OpenDevice device;
  private final BufferAllocator allocator;
  private final Thread exitHook;
  private boolean closed;

  private Kronos(OpenDevice device) {
    this.device = device;
    this.allocator =
        KronosAllocatorFactory.newRootAllocator(device.memory(), Pool.UPLOAD, Long.MAX_VALUE);
    this.exitHook = new Thread(this::closeAtExit, "kronos-exit");
  }

  /**
   * Opens the device that the options ask for.
   *
   * @return the device, which the caller closes
   * @throws KronosException.NoDevice when there is no usable device; the message says why and what
   *     to do
   * @throws KronosException.Unsupported when validation is asked for and its layer is missing
   * @throws KronosException.Closed when the JVM exits
   */
  public static Kronos open(KronosOptions options) {
    LogControl.apply(options.log());
    Kronos kronos = new Kronos(OpenDevice.open(options));
    try {
      Runtime.getRuntime().addShutdownHook(kronos.exitHook);
    } catch (IllegalStateException e) {
      kronos.close();
      throw new KronosException.Closed(message("opened while the JVM exits", "options", options));
    }
    return kronos;
  }

  /**
   * Lists every Vulkan device of this machine, usable or not, without opening one.
   *
   * @return the devices in the driver's order; empty when there is none
   * @throws KronosException.NoDevice when Vulkan itself cannot be loaded; the message says why
   * @throws KronosException.Closed when the JVM exits
   */
  public static List<DeviceInfo> devices(KronosOptions options) {
    try (VulkanInstance instance = VulkanInstance.create(options)) {
      return PhysicalDevices.enumerate(instance);
    }
  }

  /** Returns what is known about the device. */
  public DeviceInfo device() {
    return device.info();
  }

  /** Returns the counters as of now; also after closing. */
  public Counters counters() {
    return device.counters();
  }

  /** Returns the memory pools. */
  public MemoryPools memory() {
    return device.memory();
  }

  /** Returns the kernels. */
  public Kernels kernels() {
    return device.kernels();
  }

  /**
   * Opens a stream, which the caller closes before this.
   *
   * @throws KronosException.Closed when this is closed
   */
  public Stream newStream() {
    return device.streams().newStream();
  }

  /**
   * Opens a stream for copies and fills that run beside the kernels of other streams, on a queue of
   * their own where the device has one. It keeps the same promise as every stream: work that
   * touches the same bytes runs in the order in which it is submitted, whichever stream it comes
   * from. The caller closes it before this.
   *
   * @throws KronosException.Closed when this is closed
   */
  public Stream newTransferStream() {
    return device.streams().newTransferStream();
  }

  /**
   * Waits for the work that was submitted so far and releases the memory that it held, which else
   * goes on the way of later work. Nobody needs this for results: whoever reads them waits for
   * them. Does nothing once this is closed or the device is lost.
   */
  public synchronized void finish() {
    if (!closed) {
      device.finishWork();
    }
  }

  /**
   * Returns the Arrow allocator whose buffers lie in mapped pool memory that the device can read.
   * Owned by this.
   */
  public BufferAllocator allocator() {
    return allocator;
  }

  /**
   * Waits for work in flight and releases everything. Idempotent.
   *
   * @throws KronosException.Leak when streams, buffers or Arrow memory are still held; they are
   *     listed, and everything stays open, so that nothing that is in use is pulled away
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    device.finishWork();
    if (device.sound()) {
      requireNothingHeld();
    }
    closed = true;
    removeHook();
    device.close();
  }

  /** Releases everything, held or not. The JVM is about to go. */
  private void closeAtExit() {
    awaitHolders();
    synchronized (this) {
      if (!closed) {
        closed = true;
        device.abandon();
      }
    }
  }

  /**
   * Gives threads that still work on mapped memory a moment to let go: taking it away under them
   * would crash the JVM, and hosts such as Spark stop their tasks from exit hooks of their own.
   */
  private void awaitHolders() {
    long deadline = System.nanoTime() + EXIT_GRACE_NANOS;
    while (held() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(EXIT_POLL_NANOS);
    }
  }

  private synchronized boolean held() {
    finish();
    return !closed
        && (device.memory().outstandingBuffers() > 0 || device.streams().openStreamCount() > 0);
  }

  private void requireNothingHeld() {
    List<String> held = new ArrayList<>(device.streams().openStreams());
    if (allocator.getAllocatedMemory() > 0 || !allocator.getChildAllocators().isEmpty()) {
      held.add(allocator.toString().strip());
      allocator.getChildAllocators().forEach(child -> held.add(child.toString().strip()));
    }
    held.addAll(device.memory().outstanding());
    if (!held.isEmpty()) {
      throw new KronosException.Leak(
          message(
                  "closed while still in use",
                  "streams",
                  device.streams().openStreamCount(),
                  "buffers",
                  device.memory().outstandingBuffers(),
                  "arrowBytes",
                  allocator.getAllocatedMemory())
              + "\n  "
              + String.join("\n  ", held));
    }
    allocator.close();
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException e) {
      // The JVM is exiting: the hook finds the device closed.
      assert closed;
    }
  }

  @Override
  public String toString() {
    return "Kronos[device=" + device.info().name() + "]";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.device.DeviceInfo;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.spill.BatchStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Holds the one {@link Kronos} of this process: an executor's, or in local mode the application's.
 * The executor plugin opens it at start and closes it at the end; tasks borrow it, on the threads
 * on which Spark says that they run. Thread-safe.
 */
public final class KronosExecutor {
  /** System property of this process that names the open device and its driver. */
  static final String DEVICE_PROPERTY = "kronos.runtime.device";

  /** How long tasks wait for the device while nothing moves. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final RunningTasks TASKS = new RunningTasks();
  private static final Map<Class<?>, AutoCloseable> SHARED = new ConcurrentHashMap<>();
  private static volatile Kronos current;
  private static volatile BatchStore store;
  private static volatile DevicePlaces places;

  private KronosExecutor() {}

  /**
   * Returns the open device.
   *
   * @throws IllegalStateException when this process has none; callers reach this only by a plan
   *     that was made for the device
   */
  public static Kronos current() {
    return opened()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no Vulkan device is open in this executor; its log says why"));
  }

  /** Returns the open device, or nothing where this process has none. */
  public static Optional<Kronos> opened() {
    return Optional.ofNullable(current);
  }

  /**
   * Opens the device, once; a second call keeps the open one.
   *
   * @throws dev.kronos.KronosException.NoDevice when none is usable
   */
  static synchronized void open(KronosOptions options) {
    if (current == null) {
      current = Kronos.open(options);
      // Executors run as many tasks as they have cores, unless told otherwise.
      current.memory().taskShare().among(Runtime.getRuntime().availableProcessors());
      store = new BatchStore(current, SparkSpillFiles::next, options.hostSpillBytes());
      places =
          new DevicePlaces(
              current.memory()::deviceBudgetBytes, options.taskBytes(), PATIENCE_NANOS);
      DeviceInfo device = current.device();
      System.setProperty(
          DEVICE_PROPERTY,
          device.name() + ", driver " + device.driver().name() + " " + device.driver().version());
    }
  }

  /**
   * Returns what the tasks of this process share on the device, one of a class. It is closed just
   * before the device is, and whenever {@link #dropShared()} asks for room; it must be usable after
   * that.
   *
   * @param type the class
   * @param create makes it at the first call
   * @param <T> the class
   */
  public static <T extends AutoCloseable> T shared(Class<T> type, Supplier<T> create) {
    return type.cast(SHARED.computeIfAbsent(type, t -> create.get()));
  }

  /**
   * Returns where tasks keep batches that wait; there is one as long as a device is open.
   *
   * @throws IllegalStateException when this process has no device
   */
  public static BatchStore store() {
    current();
    return store;
  }

  /**
   * Returns what admits tasks to the device.
   *
   * @throws IllegalStateException when this process has no device
   */
  public static DevicePlaces places() {
    current();
    return places;
  }

  /** Returns the tasks of this process, which may use the device. */
  static RunningTasks tasks() {
    return TASKS;
  }

  /**
   * Closes the device, if one is open, as soon as no task runs. Tasks touch its memory, so it stays
   * open where they run on: for the next application in this process, or until the process exits.
   *
   * @param graceNanos how long to wait for tasks to end
   * @return how many tasks ran on; 0 when the device is closed
   * @throws dev.kronos.KronosException.Leak when a task left something behind
   */
  static synchronized int close(long graceNanos) {
    Kronos closing = current;
    if (closing == null) {
      return 0;
    }
    // A task that starts from then on finds no device and runs on the CPU.
    int running = TASKS.whenNoneRuns(graceNanos, () -> current = null);
    if (running == 0) {
      dropShared();
      SHARED.clear();
      store.close();
      closing.close();
    }
    return running;
  }

  /** Gives back what tasks share; those that use it keep it to their end. */
  public static void dropShared() {
    try (Resources all = new Resources()) {
      SHARED.values().forEach(all::own);
    }
  }
}

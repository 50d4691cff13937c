// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.Kronos;
import dev.kronos.memory.MemoryPools;
import dev.kronos.spark.KronosExecutor;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Finds the memory pools of this executor's device for readers and transitions, which Spark creates
 * without a way to hand them anything. Safe for use by many threads.
 */
final class ExecutorMemory {
  private static final AtomicReference<MemoryPools> INSTALLED = new AtomicReference<>();

  private ExecutorMemory() {}

  /** Returns the pools, or empty when this executor has no device. */
  static Optional<MemoryPools> pools() {
    MemoryPools installed = INSTALLED.get();
    return installed != null ? Optional.of(installed) : KronosExecutor.opened().map(Kronos::memory);
  }

  /** Puts other pools in the place of the device's, which lets tests do without a device. */
  static void install(MemoryPools pools) {
    INSTALLED.set(pools);
  }

  /** Ends what {@link #install} began. */
  static void uninstall() {
    INSTALLED.set(null);
  }
}

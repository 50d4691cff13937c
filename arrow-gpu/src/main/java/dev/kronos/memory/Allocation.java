// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

/**
 * Describes one piece of memory obtained from a device: one memory object with one buffer bound
 * over the whole of it, mapped for life where the memory is visible to the host.
 *
 * <p>Owned by the {@link MemoryPools} that asked for it; immutable; safe for use by many threads.
 */
public interface Allocation extends AutoCloseable {
  /** Returns the device address of the first byte; at least 256-byte aligned, never 0. */
  long deviceAddress();

  /** Returns the address at which the host sees the first byte, or 0 when it is not mapped. */
  long hostAddress();

  /** Returns the usable length in bytes; at least what was asked for. */
  long sizeBytes();

  /**
   * Returns the source's own handle of the buffer; only the source that made it may interpret it.
   */
  Object handle();

  /** Gives the memory back to the device. The caller guarantees that no work in flight uses it. */
  @Override
  void close();
}

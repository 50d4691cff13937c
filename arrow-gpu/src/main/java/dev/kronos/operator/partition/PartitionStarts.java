// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.partition;

import dev.kronos.dispatch.Ticket;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;

/**
 * Holds where each partition begins, and after the last one the number of rows; waits for the
 * device when first asked. Not thread-safe.
 */
final class PartitionStarts implements AutoCloseable {
  private final Ticket ticket;
  private DeviceBuffer pending;
  private int[] starts;

  /** Holds what is known. */
  PartitionStarts(int[] starts) {
    this.ticket = null;
    this.starts = starts;
  }

  /**
   * Holds what the device is about to write.
   *
   * @param ticket stands for the work that writes it
   * @param pending memory of the host, a 32-bit number each; its reference passes to this object
   */
  PartitionStarts(Ticket ticket, DeviceBuffer pending) {
    this.ticket = ticket;
    this.pending = pending;
  }

  int[] get() {
    if (starts == null) {
      ticket.await();
      int[] read = new int[Math.toIntExact(pending.sizeBytes() / Integer.BYTES)];
      for (int i = 0; i < read.length; i++) {
        read[i] = HostMemory.intAt(pending.hostAddress() + (long) i * Integer.BYTES);
      }
      starts = read;
    }
    return starts;
  }

  @Override
  public void close() {
    if (pending != null) {
      pending.close();
      pending = null;
    }
  }
}

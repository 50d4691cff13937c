// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.vulkan.CommandSlot;

/**
 * Holds one of the copies of a recording: native commands that were encoded once, and the argument
 * tables that they point to. In flight at most once at a time.
 */
final class Replay extends Submission {

  private final Batch work;
  private final CommandSlot slot;
  private final DeviceBuffer tables;
  private byte[] image;
  private long writtenVersion = -1;
  private long version;

  /**
   * Encodes a copy.
   *
   * @param work the scheduled commands; their table addresses are set to this copy's
   * @param slot for the native commands; owned, and closed when this throws
   * @param tables mapped memory for the argument tables; owned, unless this throws
   */
  Replay(Batch work, CommandSlot slot, DeviceBuffer tables) {
    super(work.lane());
    this.work = work;
    this.slot = slot;
    this.tables = tables;
    long address = tables.deviceAddress();
    for (int i = 0; i < work.size(); i++) {
      Command command = work.command(i);
      if (command.prefixBytes() + command.argumentBytes() > 0) {
        address += command.prefixBytes();
        command.table(address, command.argumentHostAddress(), command.argumentBytes());
        address += ArgumentWriter.aligned(command.argumentBytes());
      }
    }
    try {
      slot.begin();
      work.encode(slot);
    } catch (RuntimeException e) {
      slot.close();
      throw e;
    }
  }

  /** Notes which argument tables the next run takes, and their version. */
  void use(byte[] argumentImage, long imageVersion) {
    image = argumentImage;
    version = imageVersion;
  }

  @Override
  CommandSlot slot() {
    return slot;
  }

  @Override
  void prepare() {
    long writtenBytes = 0;
    if (writtenVersion != version) {
      HostMemory.copy(image, tables.hostAddress());
      writtenVersion = version;
      writtenBytes = image.length;
    }
    work.count(writtenBytes);
  }

  @Override
  boolean conflicts(HazardTracker earlier) {
    return work.conflicts(earlier);
  }

  @Override
  void recordTail(HazardTracker tracker) {
    work.recordTail(tracker);
  }

  @Override
  long after(InFlight others) {
    return work.after(others);
  }

  @Override
  void record(InFlight target, long doneValue) {
    work.record(target, doneValue);
  }

  @Override
  void countLead() {
    work.countLead();
  }

  @Override
  void countQueueWait() {
    work.countQueueWait();
  }

  @Override
  Command command(long argumentAddress) {
    long address = tables.deviceAddress();
    for (int i = 0; i < work.size(); i++) {
      Command command = work.command(i);
      address += command.prefixBytes();
      if (command.runsKernel() && address == argumentAddress) {
        return command;
      }
      address += ArgumentWriter.aligned(command.argumentBytes());
    }
    return null;
  }

  @Override
  void retired(BatchPool pool) {
    work.cells().deviceNanos(slot.deviceNanos());
  }

  @Override
  void refused(BatchPool pool) {
    // Nothing to give back: the recording owns everything.
  }

  /** Destroys the native commands; the device does not use them. */
  void destroy() {
    slot.close();
  }

  /** Gives the memory of the tables back. */
  void release() {
    tables.close();
  }
}

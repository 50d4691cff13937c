// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.memory.DeviceBuffer;

/**
 * Holds one run of a kernel while it is described, in place of a {@link Dispatch} where that would
 * be garbage. Not thread-safe; cleared and filled again.
 */
final class PendingDispatch {

  private final AccessColumns accesses = new AccessColumns();
  private Kernel kernel;
  private Arguments arguments;
  private DeviceBuffer status;
  private int workgroups;
  private int count;
  private int flags;

  /** Becomes what a dispatch says. */
  PendingDispatch set(Dispatch dispatch) {
    start(dispatch.kernel(), dispatch.arguments());
    accesses.addAll(dispatch.accesses());
    flags = dispatch.flags();
    status(dispatch.status());
    return run(dispatch.workgroups(), dispatch.count());
  }

  /** Starts with a kernel and its argument table, neither flags nor status, and no access. */
  void start(Kernel run, Arguments table) {
    kernel = run;
    arguments = table;
    accesses.truncate(0);
    flags = 0;
    status = null;
  }

  /** Sets the kernel's flags. */
  void flags(int value) {
    flags = value;
  }

  /** Sets where the kernel reports errors, or null. */
  void status(DeviceBuffer buffer) {
    status = buffer;
  }

  /** Sets how much is run, which completes it. */
  PendingDispatch run(int workgroupCount, int elements) {
    workgroups = workgroupCount;
    count = elements;
    return this;
  }

  /** Returns the accesses, to add to. */
  AccessColumns accesses() {
    return accesses;
  }

  Kernel kernel() {
    return kernel;
  }

  Arguments arguments() {
    return arguments;
  }

  DeviceBuffer status() {
    return status;
  }

  int workgroups() {
    return workgroups;
  }

  int count() {
    return count;
  }

  int flags() {
    return flags;
  }
}

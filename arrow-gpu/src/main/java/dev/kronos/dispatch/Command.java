// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.CommandSlot;
import dev.kronos.vulkan.ComputePipeline;
import dev.kronos.vulkan.VulkanBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds one piece of recorded work until its batch is encoded. Instances are kept and filled again,
 * so that recording makes no garbage. Not thread-safe.
 */
final class Command {

  /** Says what a command does. */
  enum Kind {
    DISPATCH,
    COPY,
    FILL
  }

  private final AccessColumns accesses;
  private int accessStart;
  private int accessEnd;
  private Kind kind = Kind.DISPATCH;
  private ComputePipeline pipeline;
  private String kernelName;
  private int prefixBytes;
  private long argumentAddress;
  private long argumentHostAddress;
  private int argumentBytes;
  private long statusAddress;
  private int workgroups;
  private int count;
  private int flags;
  private VulkanBuffer source;
  private VulkanBuffer target;
  private long sourceOffset;
  private long targetOffset;
  private long sizeBytes;

  /**
   * Creates a command that does nothing.
   *
   * @param accesses where its accesses go, behind those of the command before it
   */
  Command(AccessColumns accesses) {
    this.accesses = accesses;
  }

  /** Becomes a dispatch; the argument table is set apart. */
  void dispatch(PendingDispatch work, long status) {
    kind = Kind.DISPATCH;
    work.kernel().noteRun();
    pipeline = work.kernel().pipeline();
    kernelName = work.kernel().name();
    workgroups = work.workgroups();
    count = work.count();
    flags = work.flags();
    statusAddress = status;
    accesses.addAll(work.accesses());
    accessEnd = accesses.size();
    if (work.status() != null && !names(work.status())) {
      access(Access.updates(work.status()));
    }
  }

  /** Becomes a copy between two ranges. */
  void copy(Access from, Access to) {
    kind = Kind.COPY;
    source = (VulkanBuffer) from.buffer().handle();
    sourceOffset = from.buffer().slabOffset() + from.offset();
    target = (VulkanBuffer) to.buffer().handle();
    targetOffset = to.buffer().slabOffset() + to.offset();
    sizeBytes = from.sizeBytes();
    access(from);
    access(to);
  }

  /** Becomes a fill of a range. */
  void fill(Access to, int word) {
    kind = Kind.FILL;
    target = (VulkanBuffer) to.buffer().handle();
    targetOffset = to.buffer().slabOffset() + to.offset();
    sizeBytes = to.sizeBytes();
    flags = word;
    access(to);
  }

  /** Becomes a fill of memory that no buffer and no other work knows of. */
  void fillUnknown(VulkanBuffer memory, long offset, long bytes, int word) {
    kind = Kind.FILL;
    target = memory;
    targetOffset = offset;
    sizeBytes = bytes;
    flags = word;
  }

  private void access(Access access) {
    accesses.add(access);
    accessEnd = accesses.size();
  }

  /** Returns the place of the first of the ranges that are read and written. */
  int accessStart() {
    return accessStart;
  }

  /** Returns the place behind the last of the ranges that are read and written. */
  int accessEnd() {
    return accessEnd;
  }

  /** Returns the ranges that are read and written; made anew, for checks and messages. */
  List<Access> accesses() {
    List<Access> list = new ArrayList<>(accessEnd - accessStart);
    for (int i = accessStart; i < accessEnd; i++) {
      list.add(accesses.access(i));
    }
    return list;
  }

  /** Returns whether this runs a kernel. */
  boolean runsKernel() {
    return kind == Kind.DISPATCH;
  }

  /** Writes the native commands. */
  void encode(CommandSlot slot) {
    switch (kind) {
      case DISPATCH -> {
        slot.bind(pipeline);
        slot.root(argumentAddress, statusAddress, count, flags);
        slot.dispatch(workgroups);
      }
      case COPY -> slot.copy(source, sourceOffset, target, targetOffset, sizeBytes);
      case FILL -> slot.fill(target, targetOffset, sizeBytes, flags);
    }
  }

  /** Points the command to its argument table; the device address may differ from run to run. */
  void table(long deviceAddress, long hostAddress, int tableBytes) {
    argumentAddress = deviceAddress;
    argumentHostAddress = hostAddress;
    argumentBytes = tableBytes;
  }

  /** Notes how many bytes in front of the argument table belong to it; a multiple of 16. */
  void prefix(int sizeBytes) {
    prefixBytes = sizeBytes;
  }

  /** Returns how many bytes in front of the argument table belong to it. */
  int prefixBytes() {
    return prefixBytes;
  }

  /** Returns the device address of the argument table, or 0. */
  long argumentAddress() {
    return argumentAddress;
  }

  /** Returns the device address of the status words. */
  long statusAddress() {
    return statusAddress;
  }

  /** Returns the name of the kernel that this runs. */
  String kernelName() {
    return kernelName;
  }

  /** Returns where the host wrote the argument table. */
  long argumentHostAddress() {
    return argumentHostAddress;
  }

  /** Returns the size of the argument table in bytes, a multiple of 8. */
  int argumentBytes() {
    return argumentBytes;
  }

  /** Returns how many bytes go from host pools to the device pool. */
  long bytesUp() {
    return kind == Kind.COPY && isDevice(1) && !isDevice(0) ? sizeBytes : 0;
  }

  /** Returns how many bytes go from the device pool to host pools. */
  long bytesDown() {
    return kind == Kind.COPY && isDevice(0) && !isDevice(1) ? sizeBytes : 0;
  }

  private boolean isDevice(int access) {
    return accesses.buffer(accessStart + access).pool() == Pool.DEVICE;
  }

  /** Returns whether the declared accesses name a buffer. */
  boolean names(DeviceBuffer buffer) {
    for (int i = accessStart; i < accessEnd; i++) {
      if (accesses.buffer(i) == buffer) {
        return true;
      }
    }
    return false;
  }

  /** Drops what it refers to; accesses that follow are its own. */
  void clear() {
    accessStart = accesses.size();
    accessEnd = accessStart;
    table(0, 0, 0);
    prefixBytes = 0;
    pipeline = null;
    kernelName = null;
    source = null;
    target = null;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import dev.kronos.memory.Allocation;

/**
 * Owns one memory object with one buffer bound over the whole of it, mapped for life where the
 * memory is visible to the host. Immutable but for its closing; safe for use by many threads.
 */
public final class VulkanBuffer implements Allocation {

  private final VulkanMemory owner;
  private final long sizeBytes;
  private final int typeIndex;
  final long buffer;
  final long memory;
  private final long deviceAddress;
  private final long hostAddress;

  VulkanBuffer(VulkanMemory owner, Parts parts) {
    this.owner = owner;
    this.sizeBytes = parts.sizeBytes();
    this.typeIndex = parts.typeIndex();
    this.buffer = parts.buffer();
    this.memory = parts.memory();
    this.deviceAddress = parts.deviceAddress();
    this.hostAddress = parts.hostAddress();
  }

  /** Carries the native parts of a buffer from where they are made to the constructor. */
  record Parts(
      long sizeBytes,
      int typeIndex,
      long buffer,
      long memory,
      long deviceAddress,
      long hostAddress) {}

  @Override
  public long deviceAddress() {
    return deviceAddress;
  }

  @Override
  public long hostAddress() {
    return hostAddress;
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  /** Returns this object: recorders take it as the source or the target of copies and fills. */
  @Override
  public Object handle() {
    return this;
  }

  int typeIndex() {
    return typeIndex;
  }

  @Override
  public void close() {
    owner.free(this);
  }
}

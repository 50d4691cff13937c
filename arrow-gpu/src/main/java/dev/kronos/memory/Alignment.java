// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

/** Names what the address of a buffer divides by. */
public enum Alignment {
  /** 64 bytes: what Arrow recommends for its buffers. */
  ARROW(64),
  /** 256 bytes: the greatest offset alignment that a Vulkan device may ask for. */
  DEVICE(256);

  private final int bytes;

  Alignment(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the alignment in bytes, a power of two. */
  public int bytes() {
    return bytes;
  }
}

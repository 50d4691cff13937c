// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

/** Names the kinds of devices, the one to prefer first. */
public enum DeviceType {
  /** A card with memory of its own. */
  DISCRETE("discrete GPU"),
  /** A GPU that shares the memory of the host. */
  INTEGRATED("integrated GPU"),
  /** A device of a virtual machine. */
  VIRTUAL("virtual GPU"),
  /** A software implementation on the CPU. */
  CPU("software device on the CPU"),
  /** Anything else. */
  OTHER("other device");

  private final String words;

  DeviceType(String words) {
    this.words = words;
  }

  /** Returns the kind in words, for reports. */
  public String words() {
    return words;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.program;

/** Names the programs that are compared. */
public enum Contender {
  /** Plain Vulkan in the ordinary style: a submission and a fence for each dispatch. */
  BASELINE("baseline"),
  /** The same with one submission and one fence for the whole batch. */
  BATCHED_BASELINE("batched baseline"),
  /** Kronos, each batch recorded anew on a stream. */
  KRONOS_RECORDED("Kronos, recorded"),
  /** The same, no batch like the one before it, so that nothing can be kept of that one. */
  KRONOS_CHANGING("Kronos, never alike"),
  /** Kronos, a recording submitted again. */
  KRONOS_REPLAYED("Kronos, replayed");

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  /** Returns what reports call it. */
  public String title() {
    return title;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import dev.kronos.KronosOptions;

/** Says which layers lie between an instance and its driver. */
enum Layers {
  /** None. */
  NONE,

  /** The validation layer, with a messenger that counts what it says. */
  VALIDATION;

  /** Returns what the options ask for. */
  static Layers of(KronosOptions options) {
    return options.validation() ? VALIDATION : NONE;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

/** Tells how much of a statement's work was done on the device. */
enum Place {
  /** Every node that computes. */
  WHOLLY,
  /** Some of the nodes that compute. */
  PARTLY,
  /** None of the nodes that compute. */
  NOT,
  /**
   * There was nothing to compute: a command, an error in planning, an answer known when planned.
   */
  NOTHING
}

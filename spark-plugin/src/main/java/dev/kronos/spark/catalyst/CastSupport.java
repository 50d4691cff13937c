// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

/** Says whether values of one type are converted to another on the device. */
public enum CastSupport {
  /** Always. */
  ALWAYS,
  /** Where the session's time zone is UTC: instants become wall clocks or the other way round. */
  IN_UTC,
  /** Never. */
  NEVER
}

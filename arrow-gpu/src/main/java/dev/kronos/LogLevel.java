// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

/** Names how much Kronos writes to the log. */
public enum LogLevel {
  /** Leaves the level to the configuration of the logging library. */
  INHERIT,
  /** Nothing. */
  OFF,
  /** Failures only. */
  ERROR,
  /** Failures and what was refused or degraded. */
  WARN,
  /** One line for each life-cycle event. */
  INFO,
  /** Decisions, one line each. */
  DEBUG,
  /** Everything. */
  TRACE
}

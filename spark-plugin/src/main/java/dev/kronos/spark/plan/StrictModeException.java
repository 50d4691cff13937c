// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import dev.kronos.KronosException;

/** Reports, in strict mode, what would have stayed on the CPU. */
public final class StrictModeException extends KronosException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names nodes and reasons. */
  public StrictModeException(String message) {
    super(message, null);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.KronosException;

/** Reports that a bound of some row's frame could not be computed. */
public final class FrameFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the report for a row among those that were computed together, from 0. */
  public FrameFailure(int row) {
    super(KronosException.message("bound of a frame could not be computed", "row", row));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.KronosException;

/**
 * Reports that evaluating a row of a batch failed, for example by overflow or division by zero. The
 * caller re-runs that row on the host for the exact error. The operator is not usable further.
 */
public final class RowFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int row;

  /** Creates the failure of the row with an index in its batch, 0 or more. */
  public RowFailure(int row) {
    super(KronosException.message("row failed on the device", "row", row));
    this.row = row;
  }

  /** Returns the lowest index of a failed row in the batch. */
  public int row() {
    return row;
  }
}

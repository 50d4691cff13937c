// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

/** Finds out what becomes of the batch that a {@link JoinRun} has begun. */
interface Prober {
  /** Gives out what the batch leads to; throws RowFailure. */
  JoinedBatches probe();
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.column.ColumnBatch;

/**
 * Gives out what became of one batch, in pieces of bounded size, each computed when it is asked
 * for. Belongs to the join that gave it, and to its thread; that join takes no other batch before
 * this is closed.
 */
public interface JoinedBatches extends AutoCloseable {
  /**
   * Computes the next piece and waits for it.
   *
   * @return a complete batch of one row or more that the caller closes, or null when there is no
   *     more
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed in the condition or an
   *     output, naming the row of the probe side's batch; the join is then done for
   */
  ColumnBatch next();

  /** Drops what was not given out. Idempotent. */
  @Override
  void close();
}

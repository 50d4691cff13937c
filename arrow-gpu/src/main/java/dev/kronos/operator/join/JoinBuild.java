// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.HostBatch;

/**
 * Takes in the batches of a build side and makes a {@link BuildTable} of them. Not thread-safe; any
 * number may work on one device at once.
 */
public final class JoinBuild implements AutoCloseable {
  /**
   * Creates the operator and compiles its kernels, or finds them compiled.
   *
   * @param kronos the device; stays the caller's and outlives the operator and its table
   * @param spec what to build
   * @throws KronosException.Unsupported when {@link HashJoin#unsupported(BuildSpec)} gives a reason
   */
  public JoinBuild(Kronos kronos, BuildSpec spec) {
    HashJoin.unsupported(spec)
        .ifPresent(
            reason -> {
              throw new KronosException.Unsupported(reason);
            });
  }

  /**
   * Takes in a batch of host memory.
   *
   * @param batch stays the caller's; may change again as soon as this returns
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   */
  public void add(HostBatch batch) {
    throw closed();
  }

  /**
   * Takes in a batch that is on the device. Its buffers may become the table's: they must not
   * change any more.
   *
   * @param batch stays the caller's
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   */
  public void add(ColumnBatch batch) {
    throw closed();
  }

  /**
   * Makes the table of all rows taken in, and waits for it. Call once.
   *
   * @return the table, with one reference that the caller closes
   * @throws KronosException.Exhausted when there are more than 2^30 rows, more than 2 GiB of
   *     characters in a column, or there is no memory for them
   */
  public BuildTable finish() {
    throw closed();
  }

  private static KronosException.Closed closed() {
    return new KronosException.Closed("build of a join is finished or closed");
  }

  /** Frees what the operator holds; tables given out stay valid. Idempotent. */
  @Override
  public void close() {}
}

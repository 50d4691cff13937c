// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.HostBatch;
import dev.kronos.operator.pipeline.OperatorCounters;
import java.util.Optional;

/**
 * Joins batches of the probe side with a table of the build side. The table is shared, all else is
 * the join's own: also the marks of build rows that found a match, so that a join that puts out
 * build rows without a match must see the whole probe side. Not thread-safe; any number of joins
 * may work on one device and one table at once.
 *
 * <pre>
 *   try (JoinBuild build = new JoinBuild(kronos, spec.build())) {
 *     build.add(batch); ...
 *     try (BuildTable table = build.finish();
 *         HashJoin join = new HashJoin(kronos, spec, table)) {
 *       try (JoinedBatches pieces = join.probe(batch)) {
 *         for (ColumnBatch piece = pieces.next(); piece != null; piece = pieces.next()) { ... }
 *       } ...
 *       try (JoinedBatches rest = join.finish()) { ... }
 *     }
 *   }
 * </pre>
 */
public final class HashJoin implements AutoCloseable {
  /** Rows of a piece unless the caller says otherwise. */
  public static final int DEFAULT_PIECE_ROWS = 1 << 20;

  /**
   * Creates the operator and compiles its kernels, or finds them compiled.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param spec what to compute
   * @param table the build side, built by a spec that equals {@code spec.build()}; the join takes a
   *     reference of its own
   * @throws KronosException.Unsupported when {@link #unsupported(JoinSpec)} gives a reason
   * @throws KronosException.InvalidArgument when the table is of another spec
   */
  public HashJoin(Kronos kronos, JoinSpec spec, BuildTable table) {
    this(kronos, spec, table, DEFAULT_PIECE_ROWS);
  }

  /**
   * Creates the operator with a bound of its own for pieces.
   *
   * @param pieceRows most rows of a piece, 1 or more
   */
  public HashJoin(Kronos kronos, JoinSpec spec, BuildTable table, int pieceRows) {
    unsupported(spec)
        .ifPresent(
            reason -> {
              throw new KronosException.Unsupported(reason);
            });
  }

  /** Returns why a join cannot run on a device, or nothing; needs no device. */
  public static Optional<String> unsupported(JoinSpec spec) {
    return unsupported(spec.build());
  }

  /** Returns why a build side cannot be on a device, or nothing; needs no device. */
  public static Optional<String> unsupported(BuildSpec spec) {
    return Optional.of("hash joins");
  }

  /**
   * Joins a batch of host memory.
   *
   * @param batch of the probe side; stays the caller's and as it is until the pieces are closed
   * @return the pieces, which the caller closes before the next call
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed in a filter or a key; the
   *     operator is then done for
   */
  public JoinedBatches probe(HostBatch batch) {
    throw closed();
  }

  /**
   * Joins a batch that is on the device.
   *
   * @param batch of the probe side; stays the caller's, and open until the pieces are closed
   * @return the pieces, which the caller closes before the next call
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed in a filter or a key; the
   *     operator is then done for
   */
  public JoinedBatches probe(ColumnBatch batch) {
    throw closed();
  }

  /**
   * Gives out the rows of the build side that depend on the whole probe side: those without a match
   * of an outer join, those that a semi, anti or existence join keeps. Nothing for other joins.
   * Call once, after the last batch.
   *
   * @return the pieces, which the caller closes
   */
  public JoinedBatches finish() {
    throw closed();
  }

  /** Returns the counts so far; filters are those of the probe side. */
  public OperatorCounters counters() {
    throw closed();
  }

  private static KronosException.Closed closed() {
    return new KronosException.Closed("join is finished or closed");
  }

  /** Frees what the join holds, and its reference to the table; pieces given out stay valid. */
  @Override
  public void close() {}
}

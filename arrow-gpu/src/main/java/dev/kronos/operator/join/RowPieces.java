// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.column.ColumnBatch;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.join.JoinRun.JoinKernel;
import dev.kronos.operator.join.JoinRun.Work;
import dev.kronos.operator.pipeline.ColumnWriter;

/** Gives out rows that are listed, or all rows, a piece at a time. */
final class RowPieces implements JoinedBatches {
  private final JoinRun run;
  private final JoinKernel kernel;
  private final ColumnWriter writer;
  private final DeviceBuffer list;
  private final int rows;
  private int given;

  /**
   * Creates the pieces.
   *
   * @param run what kernels work on
   * @param kernel writes a piece
   * @param writer makes batches of it
   * @param list numbers of the rows, or null for all
   * @param rows how many
   */
  RowPieces(JoinRun run, JoinKernel kernel, ColumnWriter writer, DeviceBuffer list, int rows) {
    this.run = run;
    this.kernel = kernel;
    this.writer = writer;
    this.list = list;
    this.rows = rows;
  }

  @Override
  public ColumnBatch next() {
    int count = Math.min(run.pieceRows(), rows - given);
    if (count == 0) {
      return null;
    }
    int base = given;
    given += count;
    return writer.write(
        count,
        run.sources(kernel),
        output -> run.record(kernel, new Work(count, 0, base, list, output)));
  }

  @Override
  public void close() {}
}

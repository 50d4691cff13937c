// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.BatchDownload;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.expression.RowAccess;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.aggregate.HashAggregate;
import dev.kronos.operator.project.ProjectBatch;
import dev.kronos.operator.take.TakeBatch;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * Gives rows that lie on the device to operators.
 *
 * @param kronos the device
 * @param batch the rows; stay their owner's
 */
record DeviceRows(Kronos kronos, ColumnBatch batch) implements RowSource {

  @Override
  public ColumnBatch through(ProjectBatch project) {
    return project.apply(batch);
  }

  @Override
  public void into(HashAggregate aggregate) {
    aggregate.add(batch);
  }

  /** Returns the columns of a batch without rows; nobody needs to close it. */
  static ColumnBatch none(ColumnBatch batch) {
    return new ColumnBatch(
        batch.columns().stream()
            .map(column -> new Column(column.layout(), null, null, null, null, 0))
            .toList(),
        0);
  }

  /** Returns how many rows are wanted; throws InvalidArgument when that is negative. */
  static int requireCount(int most) {
    if (most < 0) {
      throw new KronosException.InvalidArgument(message("negative number of rows", "most", most));
    }
    return most;
  }

  /** Returns the first rows, as many as are wanted and there; the caller closes them. */
  ColumnBatch first(int most) {
    if (most >= batch.rows()) {
      return batch.retain();
    }
    return most == 0 ? none(batch) : range(0, most);
  }

  /**
   * Takes rows from an index on.
   *
   * @param rows how many, 1 or more, and no more than there are
   * @return a batch that the caller closes
   */
  private ColumnBatch range(int from, int rows) {
    long sizeBytes = (long) rows * Integer.BYTES;
    try (TakeBatch take = TakeBatch.ofRows(kronos, GroupInput.layouts(batch));
        DeviceBuffer numbers = kronos.memory().allocate(Pool.UPLOAD, sizeBytes)) {
      for (int i = 0; i < rows; i++) {
        HostMemory.putInt(numbers.hostAddress() + (long) i * Integer.BYTES, from + i);
      }
      return take.apply(batch, new BufferSlice(numbers, 0, sizeBytes));
    }
  }

  /** Reads the row from the device: the vectors that it came from may be gone. */
  @Override
  public RowAccess row(int index) {
    try (ColumnBatch row = range(index, 1);
        BatchDownload download = new BatchDownload(kronos)) {
      List<String> names = Collections.nCopies(row.columns().size(), "");
      List<FieldVector> vectors = download.download(row, names);
      Object[] values = vectors.stream().map(vector -> RowValues.read(vector, 0)).toArray();
      vectors.forEach(FieldVector::close);
      return column -> values[column];
    }
  }
}

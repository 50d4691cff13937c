// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.shuffle;

import dev.kronos.Kronos;
import dev.kronos.spark.KronosExecutor;
import dev.kronos.spark.columnar.ArrowBatches;
import dev.kronos.spark.columnar.BatchLayouts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.TaskCompletionListener;
import scala.Product2;

/**
 * Joins the small frames of many map tasks to batches of about the wanted size, in pool memory
 * where the executor has a device. A batch is valid until the next one is asked for or the task
 * completes. Used by the task's thread.
 */
final class JoinedFrames implements ArrowBatches {
  /** Offsets of strings have 31 bits; a batch stays well below. */
  private static final long MAX_BYTES = 1L << 29;

  private final Iterator<? extends Product2<Integer, ColumnarBatch>> input;
  private final int batchRows;
  private final FrameReader reader;
  private BatchFrame held;
  private ColumnarBatch last;

  JoinedFrames(
      Iterator<? extends Product2<Integer, ColumnarBatch>> input,
      StructType schema,
      int batchRows) {
    this.input = input;
    this.batchRows = batchRows;
    BufferAllocator allocator =
        KronosExecutor.opened().map(Kronos::allocator).orElseGet(ArrowUtils::rootAllocator);
    reader =
        new FrameReader(List.of(schema.fieldNames()), BatchLayouts.arrowTypes(schema), allocator);
    TaskCompletionListener listener = context -> closeLast();
    TaskContext.get().addTaskCompletionListener(listener);
  }

  @Override
  public boolean hasNext() {
    return held != null || input.hasNext();
  }

  @Override
  public ColumnarBatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no further batch");
    }
    closeLast();
    List<BatchFrame> frames = frames();
    int rows = frames.stream().mapToInt(BatchFrame::numRows).sum();
    ColumnVector[] columns =
        reader.read(frames).stream().map(ArrowColumnVector::new).toArray(ColumnVector[]::new);
    last = new ColumnarBatch(columns, rows);
    return last;
  }

  /** Takes frames until there are enough; the one that would be too much waits. */
  private List<BatchFrame> frames() {
    List<BatchFrame> frames = new ArrayList<>();
    long rows = 0;
    long sizeBytes = 0;
    while (hasNext()) {
      BatchFrame frame = held != null ? held : (BatchFrame) input.next()._2();
      held = frame;
      rows += frame.numRows();
      sizeBytes += frame.unpackedBytes();
      if (!frames.isEmpty() && (rows > batchRows || sizeBytes > MAX_BYTES)) {
        return frames;
      }
      frames.add(frame);
      held = null;
    }
    return frames;
  }

  private void closeLast() {
    if (last != null) {
      last.close();
      last = null;
    }
  }
}

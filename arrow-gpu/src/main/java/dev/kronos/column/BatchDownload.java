// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.memory.DeviceBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** Copies device batches in Arrow's layout into Arrow vectors in pool memory. Not thread-safe. */
public final class BatchDownload implements AutoCloseable {
  private final Kronos kronos;
  private final Stream stream;
  private final boolean ownsStream;

  /** Creates a downloader on a device; the device stays the caller's. */
  public BatchDownload(Kronos kronos) {
    this.kronos = Objects.requireNonNull(kronos, "kronos");
    this.stream = kronos.newStream();
    this.ownsStream = true;
  }

  /**
   * Creates a downloader whose copies are submitted with what was recorded on a stream before; the
   * device and the stream stay the caller's.
   */
  public BatchDownload(Kronos kronos, Stream stream) {
    this.kronos = Objects.requireNonNull(kronos, "kronos");
    this.stream = Objects.requireNonNull(stream, "stream");
    this.ownsStream = false;
  }

  /**
   * Copies a batch and waits for it.
   *
   * @param batch a complete batch whose columns have Arrow's layouts; stays the caller's
   * @param names a vector name a column
   * @return vectors in memory of the device's allocator; the caller closes them
   * @throws KronosException.Exhausted when there is no room for them
   */
  public List<FieldVector> download(ColumnBatch batch, List<String> names) {
    return download(batch, names, kronos.allocator());
  }

  /**
   * Copies a batch into vectors of an allocator that descends from the device's and waits for it.
   *
   * @param batch a complete batch whose columns have Arrow's layouts; stays the caller's
   * @param names a vector name a column
   * @param allocator where the vectors' memory comes from and is accounted
   * @return vectors that the caller closes
   * @throws KronosException.Exhausted when there is no room for them
   */
  public List<FieldVector> download(
      ColumnBatch batch, List<String> names, BufferAllocator allocator) {
    List<FieldVector> vectors = new ArrayList<>(batch.columns().size());
    try {
      for (int i = 0; i < batch.columns().size(); i++) {
        DataType type = batch.columns().get(i).layout().type();
        FieldVector vector = ArrowColumns.vector(names.get(i), type, allocator);
        vectors.add(vector);
        fill(vector, batch.columns().get(i), batch.rows(), allocator);
      }
      stream.submit().await();
      return vectors;
    } catch (OutOfMemoryException e) {
      vectors.forEach(FieldVector::close);
      throw ArrowMemory.exhausted(e);
    } catch (RuntimeException e) {
      vectors.forEach(FieldVector::close);
      throw e;
    }
  }

  private void fill(FieldVector vector, Column column, int rows, BufferAllocator allocator) {
    if (rows == 0) {
      return;
    }
    List<ArrowBuf> buffers = new ArrayList<>(3);
    try {
      buffers.add(validity(column, rows, allocator));
      if (vector instanceof BaseVariableWidthVector) {
        buffers.add(copy(column.offsets(), (rows + 1L) * Integer.BYTES, allocator));
      }
      buffers.add(copy(column.values(), valueBytes(column, rows), allocator));
      vector.loadFieldBuffers(new ArrowFieldNode(rows, -1), buffers);
    } finally {
      buffers.forEach(ArrowBuf::close);
    }
  }

  private ArrowBuf validity(Column column, int rows, BufferAllocator allocator) {
    long sizeBytes = Validity.BITS.sizeBytes(rows);
    if (column.validity() != null) {
      return copy(column.validity(), sizeBytes, allocator);
    }
    ArrowBuf allValid = allocator.buffer(sizeBytes);
    return allValid.setOne(0, sizeBytes);
  }

  private static long valueBytes(Column column, int rows) {
    Storage storage = column.layout().storage();
    if (storage != Storage.UTF8) {
      return storage.sizeBytes(rows);
    }
    return column.values() == null ? 0 : column.values().sizeBytes();
  }

  private ArrowBuf copy(BufferSlice source, long sizeBytes, BufferAllocator allocator) {
    if (sizeBytes == 0) {
      return allocator.getEmpty();
    }
    ArrowBuf target = allocator.buffer(sizeBytes);
    DeviceBuffer buffer = kronos.memory().bufferAt(target.memoryAddress());
    long offset = target.memoryAddress() - buffer.hostAddress();
    stream.copy(source.buffer(), source.offset(), buffer, offset, sizeBytes);
    return target;
  }

  /** Returns what this downloader recorded so far. */
  public StreamCounters counters() {
    return stream.counters();
  }

  /** Closes the stream, if it is not the caller's. */
  @Override
  public void close() {
    if (ownsStream) {
      stream.close();
    }
  }
}

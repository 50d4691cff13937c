// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spill;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Copies batches between the device, host memory and files, and waits. Not thread-safe. */
final class BatchMover implements AutoCloseable {
  /** Bytes that go through staging memory at once. */
  private static final int CHUNK_BYTES = 4 << 20;

  private final Kronos kronos;
  private final Stream stream;

  BatchMover(Kronos kronos) {
    this.kronos = kronos;
    this.stream = kronos.newStream();
  }

  /** Copies a batch to a new block of host memory, which the caller closes. */
  DeviceBuffer toHost(ColumnBatch batch, BatchShape shape) {
    DeviceBuffer block = kronos.memory().allocate(Pool.READBACK, shape.sizeBytes());
    try {
      List<BufferSlice> slices = slices(batch);
      List<BatchShape.Part> parts = shape.parts();
      for (int i = 0; i < slices.size(); i++) {
        BufferSlice slice = slices.get(i);
        long offset = parts.get(i).offset();
        stream.copy(slice.buffer(), slice.offset(), block, offset, slice.sizeBytes());
      }
      stream.submit().await();
      return block;
    } catch (RuntimeException e) {
      block.close();
      throw e;
    }
  }

  /** Copies a block of host memory to a batch's place on the device. */
  void toDevice(DeviceBuffer block, DeviceBuffer target) {
    stream.copy(block, 0, target, 0, target.sizeBytes());
    stream.submit().await();
  }

  /** Writes a batch, its parts without padding, through a little staging memory. */
  void write(ColumnBatch batch, OutputStream file) throws IOException {
    try (DeviceBuffer staging = kronos.memory().allocate(Pool.READBACK, CHUNK_BYTES)) {
      for (BufferSlice slice : slices(batch)) {
        for (long at = 0; at < slice.sizeBytes(); at += CHUNK_BYTES) {
          int count = (int) Math.min(CHUNK_BYTES, slice.sizeBytes() - at);
          stream.copy(slice.buffer(), slice.offset() + at, staging, 0, count);
          stream.submit().await();
          writeHost(staging.hostAddress(), count, file);
        }
      }
    }
  }

  /** Writes the parts of a block of host memory as {@link #write} does. */
  static void writeBlock(DeviceBuffer block, BatchShape shape, OutputStream file)
      throws IOException {
    for (BatchShape.Part part : shape.parts()) {
      for (long at = 0; at < part.sizeBytes(); at += CHUNK_BYTES) {
        int count = (int) Math.min(CHUNK_BYTES, part.sizeBytes() - at);
        writeHost(block.hostAddress() + part.offset() + at, count, file);
      }
    }
  }

  private static void writeHost(long address, int count, OutputStream file) throws IOException {
    byte[] bytes = new byte[count];
    HostMemory.copy(address, bytes);
    file.write(bytes);
  }

  /** Reads what {@link #write} wrote to a batch's place on the device. */
  void read(InputStream file, BatchShape shape, DeviceBuffer target) throws IOException {
    try (DeviceBuffer staging = kronos.memory().allocate(Pool.UPLOAD, CHUNK_BYTES)) {
      for (BatchShape.Part part : shape.parts()) {
        for (long at = 0; at < part.sizeBytes(); at += CHUNK_BYTES) {
          int count = (int) Math.min(CHUNK_BYTES, part.sizeBytes() - at);
          byte[] bytes = file.readNBytes(count);
          if (bytes.length < count) {
            throw new IOException("spilled batch is cut short");
          }
          HostMemory.copy(bytes, staging.hostAddress());
          stream.copy(staging, 0, target, part.offset() + at, count);
          stream.submit().await();
        }
      }
    }
  }

  private static List<BufferSlice> slices(ColumnBatch batch) {
    List<BufferSlice> slices = new ArrayList<>();
    batch.columns().forEach(column -> slices.addAll(column.slices()));
    return slices;
  }

  @Override
  public void close() {
    stream.close();
  }
}

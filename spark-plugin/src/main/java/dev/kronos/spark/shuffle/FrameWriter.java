// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.shuffle;

import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import dev.kronos.column.Storage;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.spark.unsafe.Platform;

/** Encodes ranges of rows of Arrow vectors as {@link BatchFrame}s. Thread-safe. */
public final class FrameWriter {
  private final List<Storage> storages;

  /**
   * Creates a writer.
   *
   * @param types the types of the columns
   */
  public FrameWriter(List<DataType> types) {
    storages = types.stream().map(ArrowColumns::storage).toList();
  }

  /**
   * Encodes rows.
   *
   * @param vectors the columns, of the writer's types; they stay the caller's
   * @param from the first row
   * @param to the row after the last one
   * @return a frame that shares nothing with the vectors
   * @throws KronosException.Exhausted when the rows do not fit 2 GiB
   */
  public BatchFrame write(List<FieldVector> vectors, int from, int to) {
    Target target = new Target(from, to - from);
    long sizeBytes = 0;
    boolean[] marked = new boolean[storages.size()];
    for (int i = 0; i < storages.size(); i++) {
      marked[i] = BitRanges.anyClear(vectors.get(i).getValidityBufferAddress(), from, to - from);
      sizeBytes += 1 + (marked[i] ? BitRanges.sizeBytes(target.rows) : 0);
      sizeBytes += target.valueBytes(vectors.get(i), storages.get(i));
    }
    target.allocate(sizeBytes);
    for (int i = 0; i < storages.size(); i++) {
      target.putMarks(vectors.get(i), marked[i]);
      target.putValues(vectors.get(i), storages.get(i));
    }
    return new BatchFrame(target.rows, target.bytes);
  }

  /** One frame being written. */
  private static final class Target {
    private final int from;
    private final int rows;
    private byte[] bytes;
    private int at;

    Target(int from, int rows) {
      this.from = from;
      this.rows = rows;
    }

    void allocate(long sizeBytes) {
      if (sizeBytes > Integer.MAX_VALUE - Long.BYTES) {
        throw new KronosException.Exhausted(
            KronosException.message("rows of one partition above 2 GiB", "sizeBytes", sizeBytes));
      }
      bytes = new byte[(int) sizeBytes];
    }

    long valueBytes(FieldVector vector, Storage storage) {
      return switch (storage) {
        case BITS -> BitRanges.sizeBytes(rows);
        case UTF8 -> (long) rows * Integer.BYTES + end(vector, from + rows) - end(vector, from);
        default -> (long) rows * storage.bytesPerValue();
      };
    }

    private static int end(FieldVector vector, int row) {
      return Platform.getInt(null, vector.getOffsetBuffer().memoryAddress() + 4L * row);
    }

    void putMarks(FieldVector vector, boolean marked) {
      bytes[at++] = (byte) (marked ? 1 : 0);
      if (marked) {
        putBits(vector.getValidityBufferAddress());
      }
    }

    private void putBits(long address) {
      BitRanges.extract(address, from, bytes, at, rows);
      at += BitRanges.sizeBytes(rows);
    }

    void putValues(FieldVector vector, Storage storage) {
      switch (storage) {
        case BITS -> putBits(vector.getDataBufferAddress());
        case UTF8 -> putStrings(vector);
        default -> {
          int width = storage.bytesPerValue();
          putBytes(vector.getDataBufferAddress() + (long) width * from, width * rows);
        }
      }
    }

    private void putStrings(FieldVector vector) {
      int start = end(vector, from);
      long ends = vector.getOffsetBuffer().memoryAddress() + 4L * (from + 1);
      long target = (long) Platform.BYTE_ARRAY_OFFSET + at;
      for (long i = 0; i < 4L * rows; i += Integer.BYTES) {
        Platform.putInt(bytes, target + i, Platform.getInt(null, ends + i) - start);
      }
      at += Integer.BYTES * rows;
      long characters = vector.getDataBuffer().memoryAddress();
      putBytes(characters + start, end(vector, from + rows) - start);
    }

    private void putBytes(long address, int count) {
      Platform.copyMemory(null, address, bytes, Platform.BYTE_ARRAY_OFFSET + at, count);
      at += count;
    }
  }
}

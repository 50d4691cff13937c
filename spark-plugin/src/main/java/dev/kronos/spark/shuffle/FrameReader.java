// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.shuffle;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import dev.kronos.column.Storage;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.spark.unsafe.Platform;

/** Joins {@link BatchFrame}s to Arrow vectors. Not thread-safe. */
public final class FrameReader {
  private final List<String> names;
  private final List<DataType> types;
  private final BufferAllocator allocator;

  /**
   * Creates a reader.
   *
   * @param names names of the vectors
   * @param types the types with which the frames were written
   * @param allocator where vectors come from; stays the caller's
   */
  public FrameReader(List<String> names, List<DataType> types, BufferAllocator allocator) {
    this.names = List.copyOf(names);
    this.types = List.copyOf(types);
    this.allocator = allocator;
  }

  /**
   * Joins frames, rows in the order of the frames.
   *
   * @param frames one or more, together of less than 2 GiB
   * @return a vector a column, which the caller closes
   */
  public List<FieldVector> read(List<BatchFrame> frames) {
    List<Source> sources = frames.stream().map(Source::new).toList();
    int rows = frames.stream().mapToInt(BatchFrame::numRows).sum();
    List<FieldVector> vectors = new ArrayList<>(types.size());
    try {
      for (int i = 0; i < types.size(); i++) {
        FieldVector vector = ArrowColumns.vector(names.get(i), types.get(i), allocator);
        vectors.add(vector);
        load(vector, ArrowColumns.storage(types.get(i)), sources, rows);
      }
      return vectors;
    } catch (RuntimeException e) {
      vectors.forEach(FieldVector::close);
      throw e;
    }
  }

  private void load(FieldVector vector, Storage storage, List<Source> sources, int rows) {
    List<ArrowBuf> buffers = new ArrayList<>(3);
    try {
      buffers.add(marks(sources, rows));
      switch (storage) {
        case BITS -> buffers.add(bits(sources, rows));
        case UTF8 -> addStrings(buffers, sources, rows);
        default -> buffers.add(values(sources, (long) rows * storage.bytesPerValue(), storage));
      }
      vector.loadFieldBuffers(new ArrowFieldNode(rows, -1), buffers);
    } finally {
      buffers.forEach(ArrowBuf::close);
    }
  }

  private ArrowBuf marks(List<Source> sources, int rows) {
    ArrowBuf target = zeroed(rows);
    int row = 0;
    for (Source source : sources) {
      if (source.bytes[source.at++] != 0) {
        source.appendBits(target, row);
      } else {
        BitRanges.set(target.memoryAddress(), row, source.rows);
      }
      row += source.rows;
    }
    return target;
  }

  private ArrowBuf bits(List<Source> sources, int rows) {
    ArrowBuf target = zeroed(rows);
    int row = 0;
    for (Source source : sources) {
      source.appendBits(target, row);
      row += source.rows;
    }
    return target;
  }

  private ArrowBuf zeroed(int rows) {
    int sizeBytes = BitRanges.sizeBytes(rows);
    ArrowBuf target = allocator.buffer(sizeBytes);
    return target.setZero(0, sizeBytes);
  }

  private ArrowBuf values(List<Source> sources, long sizeBytes, Storage storage) {
    ArrowBuf target = allocator.buffer(sizeBytes);
    long at = target.memoryAddress();
    for (Source source : sources) {
      at = source.copy(at, source.rows * storage.bytesPerValue());
    }
    return target;
  }

  private void addStrings(List<ArrowBuf> buffers, List<Source> sources, int rows) {
    ArrowBuf offsets = allocator.buffer((rows + 1L) * Integer.BYTES);
    buffers.add(offsets);
    long at = offsets.memoryAddress();
    Platform.putInt(null, at, 0);
    int end = 0;
    for (Source source : sources) {
      at = source.copyEnds(at, end);
      end += source.characters();
    }
    ArrowBuf characters = end == 0 ? allocator.getEmpty() : allocator.buffer(end);
    buffers.add(characters);
    long target = characters.memoryAddress();
    for (Source source : sources) {
      int count = source.characters();
      source.at += source.rows * Integer.BYTES;
      target = source.copy(target, count);
    }
  }

  /** One frame being read. */
  private static final class Source {
    private final byte[] bytes;
    private final int rows;
    private int at;

    Source(BatchFrame frame) {
      this.bytes = frame.bytes();
      this.rows = frame.numRows();
    }

    void appendBits(ArrowBuf target, int row) {
      BitRanges.append(bytes, at, target.memoryAddress(), row, rows);
      at += BitRanges.sizeBytes(rows);
    }

    long copy(long target, int count) {
      Platform.copyMemory(bytes, Platform.BYTE_ARRAY_OFFSET + at, null, target, count);
      at += count;
      return target + count;
    }

    /** Writes, behind an address, where each string ends; returns the address of the last one. */
    long copyEnds(long target, int start) {
      byte[] from = bytes;
      long first = (long) Platform.BYTE_ARRAY_OFFSET + at;
      long sizeBytes = (long) Integer.BYTES * rows;
      for (long i = 0; i < sizeBytes; i += Integer.BYTES) {
        Platform.putInt(null, target + Integer.BYTES + i, start + Platform.getInt(from, first + i));
      }
      return target + sizeBytes;
    }

    private int end(int row) {
      return Platform.getInt(bytes, Platform.BYTE_ARRAY_OFFSET + at + (long) Integer.BYTES * row);
    }

    int characters() {
      return rows == 0 ? 0 : end(rows - 1);
    }
  }
}

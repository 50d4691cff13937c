// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.shuffle;

import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import dev.kronos.column.Storage;
import dev.kronos.spark.shuffle.PackedIntegers.Run;
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
  private final PackedIntegers integers = new PackedIntegers();

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
   * @throws KronosException.Exhausted when the allocator's pool has no room for them
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
      // Arrow's exception cannot be serialised: Spark's driver would get no more than the text.
      throw e.getCause() instanceof KronosException.Exhausted exhausted ? exhausted : e;
    }
  }

  private void load(FieldVector vector, Storage storage, List<Source> sources, int rows) {
    List<ArrowBuf> buffers = new ArrayList<>(3);
    try {
      buffers.add(marks(sources, rows));
      switch (storage) {
        case BITS -> buffers.add(bits(sources, rows));
        case UTF8 -> addStrings(buffers, sources, rows);
        default -> buffers.add(values(sources, rows, storage.bytesPerValue()));
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
      if (source.begin()) {
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

  private ArrowBuf values(List<Source> sources, int rows, int width) {
    ArrowBuf target = allocator.buffer((long) rows * width);
    long at = target.memoryAddress();
    for (Source source : sources) {
      at = source.unpack(at, width);
    }
    return target;
  }

  private void addStrings(List<ArrowBuf> buffers, List<Source> sources, int rows) {
    ArrowBuf offsets = allocator.buffer((rows + 1L) * Integer.BYTES);
    buffers.add(offsets);
    long at = offsets.memoryAddress();
    Platform.putInt(null, at, 0);
    int[] ends = new int[sources.size()];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      Source source = sources.get(i);
      end = source.unpackEnds(at + Integer.BYTES, end);
      ends[i] = end;
      at += (long) Integer.BYTES * source.rows;
    }
    buffers.add(characters(sources, ends));
  }

  private ArrowBuf characters(List<Source> sources, int[] ends) {
    int count = ends[ends.length - 1];
    ArrowBuf target = count == 0 ? allocator.getEmpty() : allocator.buffer(count);
    int start = 0;
    for (int i = 0; i < ends.length; i++) {
      sources.get(i).copy(target.memoryAddress() + start, ends[i] - start);
      start = ends[i];
    }
    return target;
  }

  /** One frame being read, column after column. */
  private final class Source {
    private final byte[] bytes;
    private final int rows;
    private int at;
    private int width;

    Source(BatchFrame frame) {
      this.bytes = frame.bytes();
      this.rows = frame.numRows();
    }

    /** Goes on to the next column; tells whether marks come first. */
    boolean begin() {
      boolean marked = bytes[at++] != 0;
      width = bytes[at++];
      return marked;
    }

    void appendBits(ArrowBuf target, int row) {
      BitRanges.append(bytes, at, target.memoryAddress(), row, rows);
      at += BitRanges.sizeBytes(rows);
    }

    /** Returns the address behind the values. */
    long unpack(long target, int unpacked) {
      if (width == unpacked) {
        copy(target, width * rows);
      } else {
        integers.copy(Run.in(bytes, at, width), Run.at(target, unpacked), rows);
        at += width * rows;
      }
      return target + (long) unpacked * rows;
    }

    /** Writes, at an address, where each string ends; returns where the last one does. */
    int unpackEnds(long target, int start) {
      Run ends = Run.at(target, Integer.BYTES);
      int end = integers.copyEnds(Run.in(bytes, at, width), ends, start, rows);
      at += width * rows;
      return end;
    }

    void copy(long target, int count) {
      Platform.copyMemory(bytes, Platform.BYTE_ARRAY_OFFSET + at, null, target, count);
      at += count;
    }
  }
}

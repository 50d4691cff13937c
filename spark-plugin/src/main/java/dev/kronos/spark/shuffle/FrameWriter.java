// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.shuffle;

import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import dev.kronos.column.Storage;
import dev.kronos.spark.shuffle.PackedIntegers.Run;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.spark.unsafe.Platform;

/** Encodes ranges of rows of Arrow vectors as {@link BatchFrame}s. Not thread-safe. */
public final class FrameWriter {
  private final List<Storage> storages;
  private final PackedIntegers integers = new PackedIntegers();

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
    List<Part> parts = new ArrayList<>(storages.size());
    for (int i = 0; i < storages.size(); i++) {
      parts.add(new Part(vectors.get(i), storages.get(i), from, to - from));
    }
    long sizeBytes = parts.stream().mapToLong(Part::sizeBytes).sum();
    if (sizeBytes > Integer.MAX_VALUE - Long.BYTES) {
      throw new KronosException.Exhausted(
          KronosException.message("rows of one partition above 2 GiB", "sizeBytes", sizeBytes));
    }
    byte[] bytes = new byte[(int) sizeBytes];
    int at = 0;
    for (Part part : parts) {
      at = part.write(bytes, at);
    }
    return new BatchFrame(to - from, parts.stream().mapToLong(Part::unpackedBytes).sum(), bytes);
  }

  /** Some rows of one column, about to be written. */
  private final class Part {
    private final FieldVector vector;
    private final Storage storage;
    private final int from;
    private final int rows;
    private final boolean marked;
    private final int width;

    Part(FieldVector vector, Storage storage, int from, int rows) {
      this.vector = vector;
      this.storage = storage;
      this.from = from;
      this.rows = rows;
      this.marked = BitRanges.anyClear(vector.getValidityBufferAddress(), from, rows);
      this.width = width();
    }

    /** Returns the bytes of a value, or of a string's length, as they travel. */
    private int width() {
      if (storage == Storage.UTF8) {
        return integers.fewestBytes(Run.lengths(offsets()), rows);
      }
      return PackedIntegers.packs(storage)
          ? integers.fewestBytes(Run.at(values(), storage.bytesPerValue()), rows)
          : storage.bytesPerValue();
    }

    /** Returns where the first row's value lies; not for strings and bits. */
    private long values() {
      return vector.getDataBufferAddress() + (long) storage.bytesPerValue() * from;
    }

    private long offsets() {
      return vector.getOffsetBuffer().memoryAddress() + (long) Integer.BYTES * from;
    }

    private int characters() {
      return rows == 0
          ? 0
          : Platform.getInt(null, offsets() + (long) Integer.BYTES * rows) - firstCharacter();
    }

    private int firstCharacter() {
      return rows == 0 ? 0 : Platform.getInt(null, offsets());
    }

    long sizeBytes() {
      return 2 + markBytes() + (storage == Storage.BITS ? bitBytes() : bytes(width));
    }

    /** Returns what the rows take where they are not packed. */
    long unpackedBytes() {
      if (storage == Storage.BITS) {
        return markBytes() + bitBytes();
      }
      return markBytes() + bytes(storage == Storage.UTF8 ? Integer.BYTES : storage.bytesPerValue());
    }

    private long markBytes() {
      return marked ? bitBytes() : 0;
    }

    private int bitBytes() {
      return BitRanges.sizeBytes(rows);
    }

    private long bytes(int bytesPerValue) {
      return (long) bytesPerValue * rows + (storage == Storage.UTF8 ? characters() : 0);
    }

    /** Writes the rows and returns the place behind them. */
    int write(byte[] bytes, int start) {
      int at = start;
      bytes[at++] = (byte) (marked ? 1 : 0);
      bytes[at++] = (byte) width;
      if (marked) {
        at = writeBits(vector.getValidityBufferAddress(), bytes, at);
      }
      return switch (storage) {
        case BITS -> writeBits(vector.getDataBufferAddress(), bytes, at);
        case UTF8 -> writeStrings(bytes, at);
        default -> writeValues(bytes, at);
      };
    }

    private int writeBits(long address, byte[] bytes, int at) {
      BitRanges.extract(address, from, bytes, at, rows);
      return at + bitBytes();
    }

    private int writeValues(byte[] bytes, int at) {
      int unpacked = storage.bytesPerValue();
      if (width == unpacked) {
        return copy(values(), bytes, at, width * rows);
      }
      integers.copy(Run.at(values(), unpacked), Run.in(bytes, at, width), rows);
      return at + width * rows;
    }

    private int writeStrings(byte[] bytes, int at) {
      integers.copy(Run.lengths(offsets()), Run.in(bytes, at, width), rows);
      long characters = vector.getDataBuffer().memoryAddress() + firstCharacter();
      return copy(characters, bytes, at + width * rows, characters());
    }

    private static int copy(long address, byte[] bytes, int at, int count) {
      Platform.copyMemory(null, address, bytes, Platform.BYTE_ARRAY_OFFSET + at, count);
      return at + count;
    }
  }
}

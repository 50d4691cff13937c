// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.KronosException;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.HostBuffer;
import dev.kronos.column.HostColumn;
import dev.kronos.column.PoolBlock;
import dev.kronos.column.Storage;
import dev.kronos.memory.MemoryPools;
import org.apache.spark.sql.execution.vectorized.Dictionary;
import org.apache.spark.unsafe.Platform;

/**
 * Turns what a reader wrote into a {@link PoolColumnVector} into what kernels read.
 *
 * <p>Fixed-width values, null marks and dictionary ids stay where they are. Offsets of strings
 * (Spark keeps an offset and a length a row, Arrow n + 1 offsets), wide decimals and decoded
 * dictionaries are written into blocks of this object. Not safe for use by many threads.
 */
final class VectorSeal implements AutoCloseable {
  private final PoolColumnVector vector;
  private final MemoryPools pools;
  private final PoolBlock offsets;
  private final PoolBlock values;
  private final DictionaryBlocks dictionary;
  private ConstantBlocks nothing;

  VectorSeal(PoolColumnVector vector, MemoryPools pools) {
    this.vector = vector;
    this.pools = pools;
    this.offsets = new PoolBlock(pools);
    this.values = new PoolBlock(pools);
    this.dictionary = new DictionaryBlocks(pools);
  }

  /** Describes the first rows; ranges are valid until the next call or close. */
  HostColumn describe(ColumnLayout layout, int rows) {
    if (rows == 0) {
      return new HostColumn(layout, null, null, null, null, 0, Integer.BYTES);
    }
    if (vector.isAllNull()) {
      return describeNothing(layout, rows);
    }
    if (vector.encoding() != null) {
      return describeEncoded(layout, rows);
    }
    return switch (layout.storage()) {
      case UTF8 -> describeStrings(layout, rows);
      case INT128 -> HostColumn.fixed(layout, marks(rows), widen(rows));
      default -> HostColumn.fixed(layout, marks(rows), stored(layout.storage(), rows));
    };
  }

  @Override
  public void close() {
    offsets.close();
    values.close();
    dictionary.close();
    if (nothing != null) {
      nothing.close();
    }
  }

  private HostBuffer marks(int rows) {
    return vector.numNulls() == 0 ? null : vector.nullBlock().range(rows);
  }

  private HostBuffer stored(Storage storage, int rows) {
    return vector.valueBlock().range(storage.sizeBytes(rows));
  }

  private HostColumn describeNothing(ColumnLayout layout, int rows) {
    if (nothing == null) {
      nothing = new ConstantBlocks(pools);
    }
    return nothing.nulls(layout, rows);
  }

  private HostColumn describeEncoded(ColumnLayout layout, int rows) {
    Dictionary encoding = vector.encoding();
    PoolBlock ids = ((PoolColumnVector) vector.getDictionaryIds()).valueBlock();
    clearIdsOfNulls(ids.address(), rows);
    Storage storage = layout.storage();
    dictionary.load(encoding, storage, () -> largest(ids.address(), rows));
    return new HostColumn(
        layout,
        marks(rows),
        dictionary.values(storage),
        dictionary.offsets(storage),
        ids.range(4L * rows),
        0,
        Integer.BYTES);
  }

  /** Readers leave the ids of null rows as they were; kernels may look them up all the same. */
  private void clearIdsOfNulls(long ids, int rows) {
    if (vector.numNulls() == 0) {
      return;
    }
    long nulls = vector.nullBlock().address();
    for (int row = 0; row < rows; row++) {
      if (Platform.getByte(null, nulls + row) != 0) {
        Platform.putInt(null, ids + 4L * row, 0);
      }
    }
  }

  private static int largest(long ids, int rows) {
    int largest = -1;
    for (int row = 0; row < rows; row++) {
      largest = Math.max(largest, Platform.getInt(null, ids + 4L * row));
    }
    return largest;
  }

  private HostColumn describeStrings(ColumnLayout layout, int rows) {
    offsets.renew();
    offsets.grow(4L * (rows + 1));
    Text text = writeOffsets(rows);
    HostBuffer characters =
        text.contiguous ? vector.valueBlock().range(text.sizeBytes) : gather(rows, text.sizeBytes);
    return HostColumn.strings(layout, marks(rows), offsets.range(4L * (rows + 1)), characters);
  }

  /** Says how many characters there are, and whether they lie one after the other. */
  private record Text(long sizeBytes, boolean contiguous) {}

  /** Readers append characters row by row, so that Arrow's offsets nearly always describe them. */
  private Text writeOffsets(int rows) {
    long nulls = vector.nulls;
    long target = offsets.address();
    long end = 0;
    boolean contiguous = true;
    Platform.putInt(null, target, 0);
    for (long at = 0; at < 4L * rows; at += 4) {
      boolean isNull = nulls != 0 && Platform.getByte(null, nulls + at / 4) != 0;
      int length = isNull ? 0 : Platform.getInt(null, vector.lengths + at);
      contiguous &= length == 0 || Platform.getInt(null, vector.offsets + at) == end;
      end += length;
      Platform.putInt(null, target + at + 4, (int) end);
    }
    if (end > Integer.MAX_VALUE) {
      throw new KronosException.Unsupported(
          KronosException.message("more characters than int32 offsets hold", "sizeBytes", end));
    }
    return new Text(end, contiguous);
  }

  private HostBuffer gather(int rows, long sizeBytes) {
    values.renew();
    values.grow(sizeBytes);
    long source = vector.valueBlock().address();
    for (int row = 0; row < rows; row++) {
      if (!vector.isNullAt(row)) {
        int start = Platform.getInt(null, offsets.address() + 4L * row);
        long from = source + vector.getArrayOffset(row);
        Platform.copyMemory(null, from, null, values.address() + start, vector.getArrayLength(row));
      }
    }
    return values.range(sizeBytes);
  }

  private HostBuffer widen(int rows) {
    values.renew();
    values.grow((long) Int128.BYTES * rows);
    long source = vector.valueBlock().address();
    long target = values.address();
    for (int row = 0; row < rows; row++) {
      boolean isNull = vector.isNullAt(row);
      long from = isNull ? 0 : source + vector.getArrayOffset(row);
      int length = isNull ? 0 : vector.getArrayLength(row);
      Int128.write(null, from, length, target + (long) Int128.BYTES * row);
    }
    return values.range((long) Int128.BYTES * rows);
  }
}

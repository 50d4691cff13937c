// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.HostBuffer;
import dev.kronos.column.HostColumn;
import dev.kronos.column.PoolBlock;
import dev.kronos.column.Storage;
import dev.kronos.memory.MemoryPools;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.Platform;

/**
 * Holds columns whose rows are all alike (partition values, columns that a file lacks) as a
 * dictionary of one entry: nothing is repeated but the ids. Not safe for use by many threads.
 */
final class ConstantBlocks implements AutoCloseable {
  private final PoolBlock ids;
  private final PoolBlock marks;
  private final PoolBlock values;
  private final PoolBlock offsets;

  ConstantBlocks(MemoryPools pools) {
    this.ids = new PoolBlock(pools);
    this.marks = new PoolBlock(pools);
    this.values = new PoolBlock(pools);
    this.offsets = new PoolBlock(pools);
  }

  /** Describes {@code rows} nulls. */
  HostColumn nulls(ColumnLayout layout, int rows) {
    prepare(rows, Int128.BYTES);
    Platform.setMemory(values.address(), (byte) 0, Int128.BYTES);
    marks.renew();
    marks.grow(rows);
    Platform.setMemory(marks.address(), (byte) 1, rows);
    return describe(layout, rows, 0);
  }

  /** Describes {@code rows} times the value that {@code constant} has in every row. */
  HostColumn repeat(ColumnVector constant, ColumnLayout layout, int rows) {
    if (constant.isNullAt(0)) {
      return nulls(layout, rows);
    }
    if (layout.storage() == Storage.UTF8) {
      return repeatString(SparkBytes.of(constant, 0).getBytes(), layout, rows);
    }
    prepare(rows, Int128.BYTES);
    ValueReader.of(layout.type(), layout.storage()).copy(constant, 0, values.address());
    return describe(layout, rows, 0);
  }

  private HostColumn repeatString(byte[] bytes, ColumnLayout layout, int rows) {
    prepare(rows, Math.max(bytes.length, 1));
    Platform.copyMemory(bytes, Platform.BYTE_ARRAY_OFFSET, null, values.address(), bytes.length);
    return describe(layout, rows, bytes.length);
  }

  private void prepare(int rows, int valueBytes) {
    marks.close();
    ids.renew();
    ids.grow(4L * rows);
    Platform.setMemory(ids.address(), (byte) 0, 4L * rows);
    values.renew();
    values.grow(valueBytes);
  }

  private HostColumn describe(ColumnLayout layout, int rows, int characters) {
    HostBuffer validity = marks.address() == 0 ? null : marks.range(rows);
    HostBuffer zeros = ids.range(4L * rows);
    if (layout.storage() != Storage.UTF8) {
      HostBuffer value = values.range(layout.storage().bytesPerValue());
      return new HostColumn(layout, validity, value, null, zeros, 0, Integer.BYTES);
    }
    offsets.renew();
    offsets.grow(8);
    Platform.putInt(null, offsets.address(), 0);
    Platform.putInt(null, offsets.address() + 4, characters);
    return new HostColumn(
        layout, validity, values.range(characters), offsets.range(8), zeros, 0, Integer.BYTES);
  }

  @Override
  public void close() {
    ids.close();
    marks.close();
    values.close();
    offsets.close();
  }
}

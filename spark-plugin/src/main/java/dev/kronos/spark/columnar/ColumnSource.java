// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.HostBuffer;
import dev.kronos.column.HostColumn;
import dev.kronos.column.PoolBlock;
import dev.kronos.column.Storage;
import dev.kronos.memory.MemoryPools;
import org.apache.arrow.vector.FieldVector;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Describes one column of successive batches, copying what does not lie as the layout asks. Holds
 * the memory of its copies. Not safe for use by many threads.
 */
final class ColumnSource implements AutoCloseable {
  private static final int FIRST_CHARACTERS = 1 << 12;

  private final ColumnLayout layout;
  private final ConstantBlocks constant;
  private final PoolBlock marks;
  private final PoolBlock values;
  private final PoolBlock offsets;

  ColumnSource(MemoryPools pools, ColumnLayout layout) {
    this.layout = layout;
    this.constant = new ConstantBlocks(pools);
    this.marks = new PoolBlock(pools);
    this.values = new PoolBlock(pools);
    this.offsets = new PoolBlock(pools);
  }

  HostColumn describe(ColumnVector vector, int rows) {
    if (rows == 0) {
      return new HostColumn(layout, null, null, null, null, 0, Integer.BYTES);
    }
    if (vector instanceof PoolColumnVector pool) {
      return pool.seal(layout, rows);
    }
    if (vector instanceof ConstantColumnVector) {
      return constant.repeat(vector, layout, rows);
    }
    if (vector instanceof ArrowColumnVector arrow
        && ArrowSource.fits(arrow.getValueVector(), layout)) {
      return describeArrow((FieldVector) arrow.getValueVector(), rows);
    }
    return layout.storage() == Storage.UTF8 ? copyStrings(vector, rows) : copyFixed(vector, rows);
  }

  private HostColumn describeArrow(FieldVector vector, int rows) {
    HostBuffer validity = null;
    if (layout.nullable() && vector.getNullCount() > 0) {
      marks.renew();
      marks.grow(rows);
      ArrowSource.expandValidity(vector, rows, marks.address());
      validity = marks.range(rows);
    }
    return ArrowSource.describe(vector, rows, layout, validity);
  }

  private HostColumn copyFixed(ColumnVector vector, int rows) {
    int width = layout.storage().bytesPerValue();
    HostBuffer validity = copyMarks(vector, rows);
    values.renew();
    values.grow((long) width * rows);
    ValueReader reader = ValueReader.of(layout.type(), layout.storage());
    long target = values.address();
    for (int row = 0; row < rows; row++) {
      if (!vector.isNullAt(row)) {
        reader.copy(vector, row, target + (long) width * row);
      }
    }
    return HostColumn.fixed(layout, validity, values.range((long) width * rows));
  }

  private HostColumn copyStrings(ColumnVector vector, int rows) {
    HostBuffer validity = copyMarks(vector, rows);
    values.renew();
    values.grow(FIRST_CHARACTERS);
    offsets.renew();
    offsets.grow(4L * (rows + 1));
    Platform.putInt(null, offsets.address(), 0);
    int end = 0;
    for (int row = 0; row < rows; row++) {
      if (!vector.isNullAt(row)) {
        end = append(SparkBytes.of(vector, row), end);
      }
      Platform.putInt(null, offsets.address() + 4L * (row + 1), end);
    }
    return HostColumn.strings(layout, validity, offsets.range(4L * (rows + 1)), values.range(end));
  }

  private int append(UTF8String text, int start) {
    int end = Math.addExact(start, text.numBytes());
    if (end > values.sizeBytes()) {
      values.grow(2L * end);
    }
    text.writeToMemory(null, values.address() + start);
    return end;
  }

  private HostBuffer copyMarks(ColumnVector vector, int rows) {
    if (!layout.nullable() || !vector.hasNull()) {
      return null;
    }
    marks.renew();
    marks.grow(rows);
    long target = marks.address();
    for (int row = 0; row < rows; row++) {
      Platform.putByte(null, target + row, (byte) (vector.isNullAt(row) ? 1 : 0));
    }
    return marks.range(rows);
  }

  @Override
  public void close() {
    constant.close();
    marks.close();
    values.close();
    offsets.close();
  }
}

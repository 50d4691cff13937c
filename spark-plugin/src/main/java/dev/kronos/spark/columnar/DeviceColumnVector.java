// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.column.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Is a column of results that lies on the device. Operators on the device take it from there; the
 * first one to ask for a value brings the whole batch to the host.
 */
final class DeviceColumnVector extends ColumnVector {
  private final ResidentBatch batch;
  private final int index;
  private ArrowColumnVector host;
  private boolean closed;

  DeviceColumnVector(DataType type, ResidentBatch batch, int index) {
    super(type);
    this.batch = batch;
    this.index = index;
  }

  /** Returns the column on the device; stays this vector's. */
  Column column() {
    return batch.column(index);
  }

  /** Returns the column in host memory; stays this vector's. */
  ArrowColumnVector host() {
    if (host == null) {
      host = batch.host(index);
    }
    return host;
  }

  /** Drops this vector's part in the batch; closing again does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      batch.closeOne();
    }
  }

  @Override
  public boolean hasNull() {
    return column().validity() != null && host().hasNull();
  }

  @Override
  public int numNulls() {
    return column().validity() == null ? 0 : host().numNulls();
  }

  @Override
  public boolean isNullAt(int row) {
    return host().isNullAt(row);
  }

  @Override
  public boolean getBoolean(int row) {
    return host().getBoolean(row);
  }

  @Override
  public byte getByte(int row) {
    return host().getByte(row);
  }

  @Override
  public short getShort(int row) {
    return host().getShort(row);
  }

  @Override
  public int getInt(int row) {
    return host().getInt(row);
  }

  @Override
  public long getLong(int row) {
    return host().getLong(row);
  }

  @Override
  public float getFloat(int row) {
    return host().getFloat(row);
  }

  @Override
  public double getDouble(int row) {
    return host().getDouble(row);
  }

  @Override
  public Decimal getDecimal(int row, int precision, int scale) {
    return host().getDecimal(row, precision, scale);
  }

  @Override
  public UTF8String getUTF8String(int row) {
    return host().getUTF8String(row);
  }

  @Override
  public byte[] getBinary(int row) {
    return host().getBinary(row);
  }

  @Override
  public ColumnarArray getArray(int row) {
    return host().getArray(row);
  }

  @Override
  public ColumnarMap getMap(int row) {
    return host().getMap(row);
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    return host().getChild(ordinal);
  }
}

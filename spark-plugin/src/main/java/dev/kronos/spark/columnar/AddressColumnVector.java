// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.nio.ByteBuffer;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Reads and writes the values of a Spark column vector at raw addresses; where the memory comes
 * from is the subclass's affair.
 *
 * <p>Memory is little-endian, like every device and host that Kronos runs on, so that Spark's
 * little-endian and native-endian methods are the same. Not safe for use by many threads.
 */
abstract class AddressColumnVector extends VersionColumnVector {
  /** Address of one byte a row, 1 = null; 0 while no row was null since the memory was taken. */
  protected long nulls;

  /** Address of the fixed-width values. */
  protected long values;

  /** Address of the int32 offset of each row's bytes in the child; strings and the like only. */
  protected long offsets;

  /** Address of the int32 length of each row's bytes. */
  protected long lengths;

  AddressColumnVector(int capacity, DataType type) {
    super(capacity, type);
  }

  /** Takes zeroed memory for the marks of nulls, so that {@link #nulls} is not 0. */
  abstract void reserveNulls();

  @Override
  long valuesAddress() {
    return values;
  }

  @Override
  public void putNotNull(int rowId) {
    if (nulls != 0) {
      Platform.putByte(null, nulls + rowId, (byte) 0);
    }
  }

  @Override
  public void putNull(int rowId) {
    putNulls(rowId, 1);
  }

  @Override
  public void putNulls(int rowId, int count) {
    if (isAllNull() || count == 0) {
      return;
    }
    if (nulls == 0) {
      reserveNulls();
    }
    Platform.setMemory(nulls + rowId, (byte) 1, count);
    numNulls += count;
  }

  @Override
  public void putNotNulls(int rowId, int count) {
    if (nulls != 0 && numNulls > 0) {
      Platform.setMemory(nulls + rowId, (byte) 0, count);
    }
  }

  @Override
  public boolean isNullAt(int rowId) {
    return isAllNull() || (nulls != 0 && Platform.getByte(null, nulls + rowId) == 1);
  }

  @Override
  public void putBoolean(int rowId, boolean value) {
    putByte(rowId, (byte) (value ? 1 : 0));
  }

  @Override
  public void putBooleans(int rowId, int count, boolean value) {
    putBytes(rowId, count, (byte) (value ? 1 : 0));
  }

  @Override
  public void putBooleans(int rowId, byte src) {
    for (int bit = 0; bit < Byte.SIZE; bit++) {
      putByte(rowId + bit, (byte) (src >>> bit & 1));
    }
  }

  @Override
  public boolean getBoolean(int rowId) {
    return Platform.getByte(null, values + rowId) == 1;
  }

  @Override
  public void putBytes(int rowId, int count, byte value) {
    Platform.setMemory(values + rowId, value, count);
  }

  @Override
  public void putByte(int rowId, byte value) {
    Platform.putByte(null, values + rowId, value);
  }

  @Override
  public void putBytes(int rowId, int count, byte[] src, int srcIndex) {
    copyIn(src, Platform.BYTE_ARRAY_OFFSET + (long) srcIndex, rowId, count);
  }

  @Override
  public byte getByte(int rowId) {
    if (dictionary == null) {
      return Platform.getByte(null, values + rowId);
    }
    return isNullAt(rowId) ? 0 : (byte) dictionary.decodeToInt(dictionaryIds.getDictId(rowId));
  }

  @Override
  public void putShort(int rowId, short value) {
    Platform.putShort(null, values + 2L * rowId, value);
  }

  @Override
  public void putShorts(int rowId, int count, short value) {
    long address = values + 2L * rowId;
    for (int i = 0; i < count; i++) {
      Platform.putShort(null, address + 2L * i, value);
    }
  }

  @Override
  public void putShorts(int rowId, int count, short[] src, int srcIndex) {
    copyIn(src, Platform.SHORT_ARRAY_OFFSET + 2L * srcIndex, 2L * rowId, 2L * count);
  }

  @Override
  public void putShorts(int rowId, int count, byte[] src, int srcIndex) {
    copyIn(src, Platform.BYTE_ARRAY_OFFSET + (long) srcIndex, 2L * rowId, 2L * count);
  }

  @Override
  public short getShort(int rowId) {
    if (dictionary == null) {
      return Platform.getShort(null, values + 2L * rowId);
    }
    return isNullAt(rowId) ? 0 : (short) dictionary.decodeToInt(dictionaryIds.getDictId(rowId));
  }

  @Override
  public void putInt(int rowId, int value) {
    Platform.putInt(null, values + 4L * rowId, value);
  }

  @Override
  public void putInts(int rowId, int count, int value) {
    long address = values + 4L * rowId;
    for (int i = 0; i < count; i++) {
      Platform.putInt(null, address + 4L * i, value);
    }
  }

  @Override
  public void putInts(int rowId, int count, int[] src, int srcIndex) {
    copyIn(src, Platform.INT_ARRAY_OFFSET + 4L * srcIndex, 4L * rowId, 4L * count);
  }

  @Override
  public void putInts(int rowId, int count, byte[] src, int srcIndex) {
    copyIn(src, Platform.BYTE_ARRAY_OFFSET + (long) srcIndex, 4L * rowId, 4L * count);
  }

  @Override
  public void putIntsLittleEndian(int rowId, int count, byte[] src, int srcIndex) {
    putInts(rowId, count, src, srcIndex);
  }

  @Override
  public int getInt(int rowId) {
    if (dictionary == null) {
      return Platform.getInt(null, values + 4L * rowId);
    }
    return isNullAt(rowId) ? 0 : dictionary.decodeToInt(dictionaryIds.getDictId(rowId));
  }

  @Override
  public void putLong(int rowId, long value) {
    Platform.putLong(null, values + 8L * rowId, value);
  }

  @Override
  public void putLongs(int rowId, int count, long value) {
    long address = values + 8L * rowId;
    for (int i = 0; i < count; i++) {
      Platform.putLong(null, address + 8L * i, value);
    }
  }

  @Override
  public void putLongs(int rowId, int count, long[] src, int srcIndex) {
    copyIn(src, Platform.LONG_ARRAY_OFFSET + 8L * srcIndex, 8L * rowId, 8L * count);
  }

  @Override
  public void putLongs(int rowId, int count, byte[] src, int srcIndex) {
    copyIn(src, Platform.BYTE_ARRAY_OFFSET + (long) srcIndex, 8L * rowId, 8L * count);
  }

  @Override
  public void putLongsLittleEndian(int rowId, int count, byte[] src, int srcIndex) {
    putLongs(rowId, count, src, srcIndex);
  }

  @Override
  public long getLong(int rowId) {
    if (dictionary == null) {
      return Platform.getLong(null, values + 8L * rowId);
    }
    return isNullAt(rowId) ? 0 : dictionary.decodeToLong(dictionaryIds.getDictId(rowId));
  }

  @Override
  public void putFloat(int rowId, float value) {
    Platform.putFloat(null, values + 4L * rowId, value);
  }

  @Override
  public void putFloats(int rowId, int count, float value) {
    long address = values + 4L * rowId;
    for (int i = 0; i < count; i++) {
      Platform.putFloat(null, address + 4L * i, value);
    }
  }

  @Override
  public void putFloats(int rowId, int count, float[] src, int srcIndex) {
    copyIn(src, Platform.FLOAT_ARRAY_OFFSET + 4L * srcIndex, 4L * rowId, 4L * count);
  }

  @Override
  public void putFloats(int rowId, int count, byte[] src, int srcIndex) {
    copyIn(src, Platform.BYTE_ARRAY_OFFSET + (long) srcIndex, 4L * rowId, 4L * count);
  }

  @Override
  public void putFloatsLittleEndian(int rowId, int count, byte[] src, int srcIndex) {
    putFloats(rowId, count, src, srcIndex);
  }

  @Override
  public float getFloat(int rowId) {
    if (dictionary == null) {
      return Platform.getFloat(null, values + 4L * rowId);
    }
    return isNullAt(rowId) ? 0 : dictionary.decodeToFloat(dictionaryIds.getDictId(rowId));
  }

  @Override
  public void putDouble(int rowId, double value) {
    Platform.putDouble(null, values + 8L * rowId, value);
  }

  @Override
  public void putDoubles(int rowId, int count, double value) {
    long address = values + 8L * rowId;
    for (int i = 0; i < count; i++) {
      Platform.putDouble(null, address + 8L * i, value);
    }
  }

  @Override
  public void putDoubles(int rowId, int count, double[] src, int srcIndex) {
    copyIn(src, Platform.DOUBLE_ARRAY_OFFSET + 8L * srcIndex, 8L * rowId, 8L * count);
  }

  @Override
  public void putDoubles(int rowId, int count, byte[] src, int srcIndex) {
    copyIn(src, Platform.BYTE_ARRAY_OFFSET + (long) srcIndex, 8L * rowId, 8L * count);
  }

  @Override
  public void putDoublesLittleEndian(int rowId, int count, byte[] src, int srcIndex) {
    putDoubles(rowId, count, src, srcIndex);
  }

  @Override
  public double getDouble(int rowId) {
    if (dictionary == null) {
      return Platform.getDouble(null, values + 8L * rowId);
    }
    return isNullAt(rowId) ? 0 : dictionary.decodeToDouble(dictionaryIds.getDictId(rowId));
  }

  @Override
  public byte[] getBytes(int rowId, int count) {
    if (dictionary != null) {
      return super.getBytes(rowId, count);
    }
    byte[] bytes = new byte[count];
    Platform.copyMemory(null, values + rowId, bytes, Platform.BYTE_ARRAY_OFFSET, count);
    return bytes;
  }

  @Override
  protected UTF8String getBytesAsUTF8String(int rowId, int count) {
    return UTF8String.fromAddress(null, values + rowId, count);
  }

  @Override
  public ByteBuffer getByteBuffer(int rowId, int count) {
    return ByteBuffer.wrap(getBytes(rowId, count));
  }

  @Override
  public int getDictId(int rowId) {
    return Platform.getInt(null, values + 4L * rowId);
  }

  @Override
  public void putArray(int rowId, int offset, int length) {
    Platform.putInt(null, offsets + 4L * rowId, offset);
    Platform.putInt(null, lengths + 4L * rowId, length);
  }

  @Override
  public int getArrayLength(int rowId) {
    return Platform.getInt(null, lengths + 4L * rowId);
  }

  @Override
  public int getArrayOffset(int rowId) {
    return Platform.getInt(null, offsets + 4L * rowId);
  }

  @Override
  public int putByteArray(int rowId, byte[] value, int offset, int count) {
    int start = arrayData().appendBytes(count, value, offset);
    putArray(rowId, start, count);
    return start;
  }

  private void copyIn(Object source, long sourceOffset, long targetOffset, long sizeBytes) {
    Platform.copyMemory(source, sourceOffset, null, values + targetOffset, sizeBytes);
  }
}

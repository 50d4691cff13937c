// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.nio.ByteBuffer;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.BinaryView;

/** Implements what only Spark 4.2 asks of a writable column vector. */
abstract class VersionColumnVector extends WritableColumnVector {
  VersionColumnVector(int capacity, DataType type) {
    super(capacity, type);
  }

  /** Returns the address of the first value; 0 when no values are stored. */
  abstract long valuesAddress();

  @Override
  public void putBytes(int rowId, int count, ByteBuffer src, int srcIndex) {
    long target = valuesAddress() + rowId;
    if (src.hasArray()) {
      long offset = Platform.BYTE_ARRAY_OFFSET + (long) src.arrayOffset() + srcIndex;
      Platform.copyMemory(src.array(), offset, null, target, count);
    } else {
      byte[] bytes = new byte[count];
      src.get(srcIndex, bytes, 0, count);
      Platform.copyMemory(bytes, Platform.BYTE_ARRAY_OFFSET, null, target, count);
    }
  }

  @Override
  public void putShortsFromIntsLittleEndian(int rowId, int count, byte[] src, int srcIndex) {
    long target = valuesAddress() + 2L * rowId;
    long source = Platform.BYTE_ARRAY_OFFSET + (long) srcIndex;
    for (int i = 0; i < count; i++) {
      Platform.putShort(null, target + 2L * i, Platform.getShort(src, source + 4L * i));
    }
  }

  @Override
  protected BinaryView getBytesAsBinaryView(int rowId, int count) {
    return BinaryView.fromAddress(null, valuesAddress() + rowId, count);
  }
}

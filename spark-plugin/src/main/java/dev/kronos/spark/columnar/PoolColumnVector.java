// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.HostColumn;
import dev.kronos.column.PoolBlock;
import dev.kronos.column.Storage;
import dev.kronos.memory.MemoryPools;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Holds a Spark column in mapped pool memory, where the device reads it in place or fetches it with
 * one copy.
 *
 * <p>Layout: fixed-width values as Spark keeps them (booleans one byte, decimals as int or long up
 * to 18 digits); strings, binary and wider decimals as an offset and a length a row into a child of
 * bytes; one byte a row marks nulls and is not held while there are none.
 *
 * <p>Spark's readers write the same vectors again for the next batch. {@link #reset} gives them
 * other memory while device work still holds the old, so a batch described by {@link #seal} stays
 * intact for as long as its buffers are referenced, and only so long. Not safe for use by many
 * threads.
 */
public final class PoolColumnVector extends AddressColumnVector {
  private final MemoryPools pools;
  private final int bytesPerRow;
  private final PoolBlock nullBlock;
  private final PoolBlock valueBlock;
  private final PoolBlock offsetBlock;
  private final PoolBlock lengthBlock;
  private final VectorSeal seal;

  /**
   * Takes memory for {@code capacity} rows; more is taken on demand by {@code reserve}.
   *
   * @param pools where the memory comes from; not null
   * @param capacity rows, 1 or more
   * @param type any type that {@link BatchLayouts} knows
   * @throws dev.kronos.KronosException.Exhausted when the pool has no room
   */
  public PoolColumnVector(MemoryPools pools, int capacity, DataType type) {
    super(capacity, type);
    this.pools = pools;
    this.bytesPerRow = isArray() ? 0 : Storage.narrowest(BatchLayouts.type(type)).bytesPerValue();
    this.nullBlock = new PoolBlock(pools);
    this.valueBlock = new PoolBlock(pools);
    this.offsetBlock = new PoolBlock(pools);
    this.lengthBlock = new PoolBlock(pools);
    this.seal = new VectorSeal(this, pools);
    try {
      reserveChild();
      reserveInternal(capacity);
    } catch (RuntimeException e) {
      abandon();
      throw e;
    }
  }

  private void abandon() {
    if (isArray() && childColumns[0] == null) {
      childColumns = null;
    }
    close();
  }

  private void reserveChild() {
    // Spark's constructor asks for the child before this object knows its pools.
    if (isArray()) {
      int bytes = (int) Math.min((long) capacity * DEFAULT_ARRAY_LENGTH, MAX_CAPACITY);
      childColumns[0] = new PoolColumnVector(pools, bytes, DataTypes.ByteType);
    }
  }

  /**
   * Describes the first {@code rows} rows in place for the device; conversions (offsets of strings,
   * wide decimals, dictionaries) are made here, into memory of this vector.
   *
   * @param layout as {@link BatchLayouts} says for this vector's type
   * @param rows rows that were written, 0 or more
   * @return ranges of this vector's memory: valid until {@link #reset} or {@link #close}, and after
   *     that for whoever holds references to the buffers that they lie in
   */
  HostColumn seal(ColumnLayout layout, int rows) {
    return seal.describe(layout, rows);
  }

  /** Makes room for exactly {@code rows} rows, where Spark's {@code reserve} takes twice that. */
  void ensureRows(int rows) {
    if (rows > capacity) {
      reserveInternal(rows);
    }
  }

  /** Writes a string's bytes without an array in between. */
  void putString(int rowId, UTF8String value) {
    PoolColumnVector bytes = (PoolColumnVector) childColumns[0];
    int count = value.numBytes();
    int start = bytes.getElementsAppended();
    bytes.reserveAdditional(count);
    value.writeToMemory(null, bytes.values + start);
    bytes.addElementsAppended(count);
    putArray(rowId, start, count);
  }

  /** Returns the block of null marks. */
  PoolBlock nullBlock() {
    return nullBlock;
  }

  /** Returns the block of fixed-width values; for bytes of strings, that of the child. */
  PoolBlock valueBlock() {
    return isArray() ? ((PoolColumnVector) childColumns[0]).valueBlock : valueBlock;
  }

  /** Returns Spark's dictionary, or null when the values are not encoded. */
  org.apache.spark.sql.execution.vectorized.Dictionary encoding() {
    return dictionary;
  }

  @Override
  public PoolColumnVector reserveNewColumn(int rows, DataType childType) {
    return pools == null ? null : new PoolColumnVector(pools, rows, childType);
  }

  @Override
  void reserveNulls() {
    nullBlock.grow(capacity);
    nulls = nullBlock.address();
    Platform.setMemory(nulls, (byte) 0, capacity);
  }

  @Override
  protected void reserveInternal(int rows) {
    if (isAllNull()) {
      return;
    }
    if (isArray()) {
      offsetBlock.grow(rows * 4L);
      lengthBlock.grow(rows * 4L);
    } else {
      valueBlock.grow((long) rows * bytesPerRow);
    }
    growNulls(rows);
    capacity = rows;
    refreshAddresses();
  }

  private void growNulls(int rows) {
    if (nulls != 0 && rows > capacity) {
      nullBlock.grow(rows);
      Platform.setMemory(nullBlock.address() + capacity, (byte) 0, rows - capacity);
    }
  }

  @Override
  public void reset() {
    if (!isConstant && !isAllNull()) {
      renewBlocks();
    }
    super.reset();
  }

  private void renewBlocks() {
    if (nullBlock.shared()) {
      nullBlock.close();
      nulls = 0;
      numNulls = 0;
    }
    valueBlock.renew();
    offsetBlock.renew();
    lengthBlock.renew();
    refreshAddresses();
  }

  private void refreshAddresses() {
    nulls = nullBlock.address();
    values = valueBlock.address();
    offsets = offsetBlock.address();
    lengths = lengthBlock.address();
  }

  @Override
  protected void releaseMemory() {
    if (nullBlock == null) {
      return;
    }
    seal.close();
    nullBlock.close();
    valueBlock.close();
    offsetBlock.close();
    lengthBlock.close();
    refreshAddresses();
  }

  @Override
  public WritableColumnVector reserveDictionaryIds(int rows) {
    // Spark's own grows to twice what is asked for; batches are large, so take what is needed.
    if (dictionaryIds != null && rows > ((PoolColumnVector) dictionaryIds).capacity) {
      dictionaryIds.close();
      dictionaryIds = null;
    }
    return super.reserveDictionaryIds(rows);
  }
}

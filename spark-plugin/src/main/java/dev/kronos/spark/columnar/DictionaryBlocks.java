// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.column.HostBuffer;
import dev.kronos.column.PoolBlock;
import dev.kronos.column.Storage;
import dev.kronos.memory.MemoryPools;
import java.lang.reflect.Field;
import java.util.function.IntSupplier;
import org.apache.spark.sql.execution.datasources.parquet.ParquetDictionary;
import org.apache.spark.sql.execution.vectorized.Dictionary;
import org.apache.spark.unsafe.Platform;

/**
 * Keeps the decoded values of a column's dictionary in pool memory, once a dictionary however many
 * batches use it. Not safe for use by many threads.
 */
final class DictionaryBlocks implements AutoCloseable {
  private static final Field WRAPPED = wrappedField();

  private final PoolBlock values;
  private final PoolBlock offsets;
  private Object cached;
  private int entries;

  DictionaryBlocks(MemoryPools pools) {
    this.values = new PoolBlock(pools);
    this.offsets = new PoolBlock(pools);
  }

  /**
   * Decodes a dictionary unless that was done last time.
   *
   * @param storage how values lie in memory
   * @param largestId finds the largest id that a row holds; asked only where the dictionary does
   *     not tell its size
   */
  void load(Dictionary dictionary, Storage storage, IntSupplier largestId) {
    Object identity = wrapped(dictionary);
    // A dictionary of unknown size may not have been decoded far enough.
    if (identity == cached && identity instanceof org.apache.parquet.column.Dictionary) {
      return;
    }
    entries = size(identity, largestId);
    values.renew();
    offsets.renew();
    if (storage == Storage.UTF8) {
      decodeStrings(dictionary);
    } else {
      decodeFixed(dictionary, storage);
    }
    cached = identity;
  }

  /** Returns the values, or the characters of strings. */
  HostBuffer values(Storage storage) {
    return storage == Storage.UTF8
        ? values.range(Platform.getInt(null, offsets.address() + 4L * entries))
        : values.range(storage.sizeBytes(Math.max(entries, 1)));
  }

  /** Returns the offsets of strings, or null for other values. */
  HostBuffer offsets(Storage storage) {
    return storage == Storage.UTF8 ? offsets.range(4L * (entries + 1)) : null;
  }

  @Override
  public void close() {
    cached = null;
    values.close();
    offsets.close();
  }

  private void decodeFixed(Dictionary dictionary, Storage storage) {
    int width = storage.bytesPerValue();
    values.grow((long) width * Math.max(entries, 1));
    Decoder decoder = decoder(storage);
    for (int id = 0; id < entries; id++) {
      decoder.decode(dictionary, id, values.address() + (long) id * width);
    }
  }

  private void decodeStrings(Dictionary dictionary) {
    offsets.grow(4L * (entries + 1));
    int end = 0;
    Platform.putInt(null, offsets.address(), 0);
    values.grow(1);
    for (int id = 0; id < entries; id++) {
      byte[] bytes = dictionary.decodeToBinary(id);
      int start = end;
      end = Math.addExact(end, bytes.length);
      growTo(end);
      Platform.copyMemory(
          bytes, Platform.BYTE_ARRAY_OFFSET, null, values.address() + start, bytes.length);
      Platform.putInt(null, offsets.address() + 4L * (id + 1), end);
    }
  }

  private void growTo(int sizeBytes) {
    if (sizeBytes > values.sizeBytes()) {
      values.grow(2L * sizeBytes);
    }
  }

  private interface Decoder {
    void decode(Dictionary dictionary, int id, long target);
  }

  private static Decoder decoder(Storage storage) {
    return switch (storage) {
      case INT8 -> (d, id, target) -> Platform.putByte(null, target, (byte) d.decodeToInt(id));
      case INT16 -> (d, id, target) -> Platform.putShort(null, target, (short) d.decodeToInt(id));
      case INT32 -> (d, id, target) -> Platform.putInt(null, target, d.decodeToInt(id));
      case INT64 -> (d, id, target) -> Platform.putLong(null, target, d.decodeToLong(id));
      case FLOAT32 -> (d, id, target) -> Platform.putFloat(null, target, d.decodeToFloat(id));
      case FLOAT64 -> (d, id, target) -> Platform.putDouble(null, target, d.decodeToDouble(id));
      case INT128 -> (d, id, target) -> Int128.write(d.decodeToBinary(id), target);
      case BITS, UTF8 -> throw new IllegalStateException("no fixed width: storage=" + storage);
    };
  }

  private static int size(Object identity, IntSupplier largestId) {
    return identity instanceof org.apache.parquet.column.Dictionary parquet
        ? parquet.getMaxId() + 1
        : largestId.getAsInt() + 1;
  }

  /** Spark wraps the dictionary anew for every page; the wrapped one is what stays the same. */
  private static Object wrapped(Dictionary dictionary) {
    if (WRAPPED == null || !(dictionary instanceof ParquetDictionary)) {
      return dictionary;
    }
    try {
      return WRAPPED.get(dictionary);
    } catch (IllegalAccessException e) {
      return dictionary;
    }
  }

  private static Field wrappedField() {
    try {
      Field field = ParquetDictionary.class.getDeclaredField("dictionary");
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.HostBatch;
import dev.kronos.column.HostBuffer;
import dev.kronos.column.HostColumn;
import dev.kronos.column.Storage;
import dev.kronos.column.Validity;
import dev.kronos.expression.Utf8;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** Lays rows of Java values out in Arrow memory, in any layout that columns may have. */
public final class HostTable implements AutoCloseable {
  private final BufferAllocator allocator;
  private final List<ArrowBuf> buffers = new ArrayList<>();
  private final HostBatch batch;

  /** Lays out rows; a column whose number is in {@code dictionaries} becomes a dictionary. */
  public HostTable(
      BufferAllocator allocator,
      List<ColumnLayout> layouts,
      List<Object[]> rows,
      List<Integer> dictionaries) {
    this.allocator = allocator;
    List<HostColumn> columns = new ArrayList<>();
    for (int i = 0; i < layouts.size(); i++) {
      List<Object> values = new ArrayList<>(rows.size());
      for (Object[] row : rows) {
        values.add(row[i]);
      }
      columns.add(
          dictionaries.contains(i)
              ? dictionary(layouts.get(i), values)
              : column(layouts.get(i), values));
    }
    batch = new HostBatch(columns, rows.size());
  }

  /** Returns the batch; valid until this is closed. */
  public HostBatch batch() {
    return batch;
  }

  private HostColumn column(ColumnLayout layout, List<Object> values) {
    HostColumn plain = values(layout, values);
    return new HostColumn(
        layout, validity(layout, values), plain.values(), plain.offsets(), null, 0, Integer.BYTES);
  }

  private HostColumn dictionary(ColumnLayout layout, List<Object> values) {
    Map<Object, Integer> index = new LinkedHashMap<>();
    ArrowBuf ids = buffer(values.size() * 4L);
    for (int row = 0; row < values.size(); row++) {
      Object value = values.get(row);
      Integer id = value == null ? null : index.get(value);
      if (value != null && id == null) {
        id = index.size();
        index.put(value, id);
      }
      // The id of a null row may be anything.
      ids.setInt(row * 4L, id == null ? 0x7FFF0000 : id);
    }
    HostColumn entries = values(layout, new ArrayList<>(index.keySet()));
    return new HostColumn(
        layout,
        validity(layout, values),
        entries.values(),
        entries.offsets(),
        range(ids, values.size() * 4L),
        0,
        Integer.BYTES);
  }

  private HostColumn values(ColumnLayout layout, List<Object> values) {
    if (layout.storage() == Storage.UTF8) {
      return strings(layout, values);
    }
    long sizeBytes = layout.storage().sizeBytes(values.size());
    ArrowBuf buffer = buffer(sizeBytes);
    buffer.setZero(0, buffer.capacity());
    for (int row = 0; row < values.size(); row++) {
      if (values.get(row) != null) {
        put(buffer, layout.storage(), row, values.get(row));
      }
    }
    return HostColumn.fixed(layout, null, range(buffer, sizeBytes));
  }

  private static void put(ArrowBuf buffer, Storage storage, int row, Object value) {
    switch (storage) {
      case BITS -> {
        int bits = buffer.getByte(row / 8) | ((Boolean) value ? 1 << (row % 8) : 0);
        buffer.setByte(row / 8, bits);
      }
      case INT8 -> buffer.setByte(row, (byte) integer(value));
      case INT16 -> buffer.setShort(row * 2L, (short) integer(value));
      case INT32 -> buffer.setInt(row * 4L, (int) integer(value));
      case INT64 -> buffer.setLong(row * 8L, integer(value));
      case INT128 -> {
        BigInteger unscaled = (BigInteger) value;
        buffer.setLong(row * 16L, unscaled.longValue());
        buffer.setLong(row * 16L + 8, unscaled.shiftRight(64).longValue());
      }
      case FLOAT32 -> buffer.setFloat(row * 4L, (Float) value);
      case FLOAT64 -> buffer.setDouble(row * 8L, (Double) value);
      case UTF8 -> throw new AssertionError(storage);
    }
  }

  private static long integer(Object value) {
    return value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).longValue();
  }

  private HostColumn strings(ColumnLayout layout, List<Object> values) {
    long characters = values.stream().mapToLong(v -> v == null ? 0 : ((Utf8) v).sizeBytes()).sum();
    ArrowBuf offsets = buffer((values.size() + 1L) * 4);
    ArrowBuf content = buffer(characters);
    int end = 0;
    offsets.setInt(0, 0);
    for (int row = 0; row < values.size(); row++) {
      if (values.get(row) != null) {
        byte[] bytes = ((Utf8) values.get(row)).bytes();
        content.setBytes(end, bytes);
        end += bytes.length;
      }
      offsets.setInt((row + 1) * 4L, end);
    }
    return HostColumn.strings(
        layout, null, range(offsets, (values.size() + 1L) * 4), range(content, characters));
  }

  private HostBuffer validity(ColumnLayout layout, List<Object> values) {
    if (!values.contains(null)) {
      return null;
    }
    long sizeBytes = layout.validity().sizeBytes(values.size());
    ArrowBuf buffer = buffer(sizeBytes);
    buffer.setZero(0, buffer.capacity());
    for (int row = 0; row < values.size(); row++) {
      boolean valid = values.get(row) != null;
      if (layout.validity() == Validity.BYTES) {
        buffer.setByte(row, valid ? 0 : 1);
      } else if (valid) {
        buffer.setByte(row / 8, buffer.getByte(row / 8) | 1 << (row % 8));
      }
    }
    return range(buffer, sizeBytes);
  }

  private ArrowBuf buffer(long sizeBytes) {
    ArrowBuf buffer = allocator.buffer(Math.max(sizeBytes, 8));
    buffers.add(buffer);
    return buffer;
  }

  private static HostBuffer range(ArrowBuf buffer, long sizeBytes) {
    return new HostBuffer(buffer.memoryAddress(), sizeBytes);
  }

  @Override
  public void close() {
    buffers.forEach(ArrowBuf::close);
  }
}

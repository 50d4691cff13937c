// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.Storage;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a column of a device back as Java values: integers, strings, null. */
final class DecodedRows {
  private DecodedRows() {}

  static List<Object> of(Kronos kronos, Column column, int rows) {
    ByteBuffer marks = read(kronos, column.validity());
    ByteBuffer values = read(kronos, column.values());
    ByteBuffer offsets = read(kronos, column.offsets());
    ByteBuffer ids = read(kronos, column.ids());
    List<Object> decoded = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      int entry = ids == null ? row : ids.getInt(row * Integer.BYTES);
      boolean isNull = marks != null && marks.get(row) != 0;
      decoded.add(isNull ? null : value(column.layout().storage(), values, offsets, entry));
    }
    return decoded;
  }

  private static Object value(Storage storage, ByteBuffer values, ByteBuffer offsets, int entry) {
    if (storage == Storage.UTF8) {
      int from = offsets.getInt(entry * Integer.BYTES);
      byte[] text = new byte[offsets.getInt((entry + 1) * Integer.BYTES) - from];
      values.get(from, text);
      return new String(text, StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[storage.bytesPerValue()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[bytes.length - 1 - i] = values.get(entry * bytes.length + i);
    }
    return new BigInteger(bytes);
  }

  static ByteBuffer read(Kronos kronos, BufferSlice slice) {
    if (slice == null) {
      return null;
    }
    byte[] bytes = new byte[(int) slice.sizeBytes()];
    try (Stream stream = kronos.newStream();
        DeviceBuffer back = kronos.memory().allocate(Pool.READBACK, slice.sizeBytes())) {
      stream.copy(slice.buffer(), slice.offset(), back, 0, slice.sizeBytes()).submit().await();
      HostMemory.copy(back.hostAddress(), bytes);
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}

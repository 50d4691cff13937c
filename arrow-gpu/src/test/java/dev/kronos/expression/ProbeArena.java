// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Storage;
import dev.kronos.column.Validity;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Lays out the input of a probe kernel in one piece of memory and reads its results back. */
final class ProbeArena {
  private static final int ALIGNMENT = 64;
  private static final int ROOM_HEADER = 16;

  private final ExpressionGroup group;
  private final List<Object[]> rows;
  private final byte[] literals;
  private final int tableBytes;
  private final int literalsAt;
  private final List<int[]> columnsAt = new ArrayList<>();
  private final int resultsAt;
  private final int roomAt;
  private final int sizeBytes;

  ProbeArena(ExpressionGroup group, List<Object[]> rows, byte[] literals) {
    this.group = group;
    this.rows = rows;
    this.literals = literals;
    tableBytes = ProbeKernel.COLUMNS_OFFSET + group.inputs().size() * ProbeKernel.COLUMN_BYTES;
    literalsAt = align(tableBytes);
    int end = align(literalsAt + literals.length);
    for (int c = 0; c < group.inputs().size(); c++) {
      int validity = end;
      int offsets = align(validity + rows.size());
      int values = align(offsets + (rows.size() + 1) * Integer.BYTES);
      columnsAt.add(new int[] {validity, offsets, values});
      end = align(values + valueBytes(c) + Long.BYTES);
    }
    resultsAt = end;
    roomAt = resultsAt + rows.size() * group.expressions().size() * ProbeKernel.RESULT_BYTES;
    boolean makesText = MadeText.in(group.expressions());
    sizeBytes = roomAt + (makesText ? ROOM_HEADER + ProbeKernel.ROOM_BYTES : 0);
  }

  private static int align(int offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private int valueBytes(int column) {
    Storage storage = group.inputs().get(column).storage();
    if (storage != Storage.UTF8) {
      return Math.toIntExact(storage.sizeBytes(rows.size()));
    }
    return rows.stream()
        .mapToInt(row -> row[column] == null ? 0 : ((Utf8) row[column]).sizeBytes())
        .sum();
  }

  int sizeBytes() {
    return sizeBytes;
  }

  /** Returns the memory to upload when it will lie at device address {@code base}. */
  byte[] fill(long base) {
    ByteBuffer memory = ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
    memory.putLong(0, base + resultsAt).putLong(Long.BYTES, base + literalsAt);
    memory.putLong(2 * Long.BYTES, base + roomAt);
    memory.put(literalsAt, literals);
    for (int c = 0; c < columnsAt.size(); c++) {
      describe(memory, base, c);
      fillColumn(memory, c);
    }
    return memory.array();
  }

  private void describe(ByteBuffer memory, long base, int c) {
    int at = ProbeKernel.COLUMNS_OFFSET + c * ProbeKernel.COLUMN_BYTES;
    int[] places = columnsAt.get(c);
    memory.putLong(at, group.inputs().get(c).nullable() ? base + places[0] : 0);
    memory.putLong(at + 8, base + places[2]);
    memory.putLong(at + 16, base + places[1]);
  }

  private void fillColumn(ByteBuffer memory, int c) {
    ColumnLayout layout = group.inputs().get(c);
    int[] places = columnsAt.get(c);
    int characters = 0;
    for (int r = 0; r < rows.size(); r++) {
      Object value = rows.get(r)[c];
      mark(memory, places[0], layout.validity(), r, value == null);
      memory.putInt(places[1] + r * Integer.BYTES, characters);
      if (value instanceof Utf8 text) {
        memory.put(places[2] + characters, text.bytes());
        characters += text.sizeBytes();
      } else {
        put(memory, places[2], layout.storage(), r, bits(value));
      }
    }
    memory.putInt(places[1] + rows.size() * Integer.BYTES, characters);
  }

  private static void mark(ByteBuffer memory, int at, Validity validity, int row, boolean isNull) {
    if (validity == Validity.BYTES) {
      memory.put(at + row, (byte) (isNull ? 1 : 0));
    } else if (!isNull) {
      memory.put(at + row / 8, (byte) (memory.get(at + row / 8) | 1 << row % 8));
    }
  }

  /** Null rows hold bits that are wrong for most types, to catch code that looks at them. */
  private static BigInteger bits(Object value) {
    if (value == null) {
      return BigInteger.ONE.negate().shiftLeft(30);
    }
    if (value instanceof BigInteger unscaled) {
      return unscaled;
    }
    if (value instanceof Boolean flag) {
      return flag ? BigInteger.ONE : BigInteger.ZERO;
    }
    if (value instanceof Float number) {
      return BigInteger.valueOf(Float.floatToRawIntBits(number));
    }
    if (value instanceof Double number) {
      return BigInteger.valueOf(Double.doubleToRawLongBits(number));
    }
    return BigInteger.valueOf(((Number) value).longValue());
  }

  private static void put(ByteBuffer memory, int at, Storage storage, int row, BigInteger bits) {
    if (storage == Storage.BITS) {
      int place = at + row / 8;
      memory.put(place, (byte) (memory.get(place) | (bits.testBit(0) ? 1 : 0) << row % 8));
      return;
    }
    for (int i = 0; i < storage.bytesPerValue(); i++) {
      memory.put(at + row * storage.bytesPerValue() + i, bits.shiftRight(8 * i).byteValue());
    }
  }

  /** Returns what the kernel computed, in the form of {@link Outcome}. */
  Outcome result(byte[] memory, long base, int row, int expression) {
    int index = row * group.expressions().size() + expression;
    int at = resultsAt + index * ProbeKernel.RESULT_BYTES;
    ByteBuffer view = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
    int error = view.getInt(at + 20);
    if (error != 0) {
      return new Outcome(null, RowError.of(error));
    }
    boolean isNull = view.getInt(at + 16) != 0;
    DataType type = group.expressions().get(expression).type();
    return new Outcome(isNull ? null : value(view, at, base, type), null);
  }

  private static Object value(ByteBuffer view, int at, long base, DataType type) {
    return switch (Register.of(type)) {
      case BOOL -> view.getInt(at) != 0;
      case INT ->
          type.isDecimal() ? BigInteger.valueOf(view.getInt(at)) : small(view.getInt(at), type);
      case LONG ->
          type.isDecimal() ? BigInteger.valueOf(view.getLong(at)) : (Object) view.getLong(at);
      case FLOAT -> view.getFloat(at);
      case DOUBLE -> view.getDouble(at);
      case WIDE ->
          BigInteger.valueOf(view.getLong(at + 8))
              .shiftLeft(64)
              .add(new BigInteger(Long.toUnsignedString(view.getLong(at))));
      case TEXT -> {
        byte[] text = new byte[view.getInt(at + 8)];
        if (text.length > 0) {
          view.get(Math.toIntExact(view.getLong(at) - base), text);
        }
        yield Utf8.of(text);
      }
    };
  }

  /** Registers must hold small integers sign-extended; what does not is returned as it is. */
  private static Object small(int register, DataType type) {
    Object value = RowArithmetic.box(register, type.kind());
    return ((Number) value).intValue() == register ? value : (Object) register;
  }

  /** Evaluates an expression for a row in Java. */
  Outcome expected(int row, int expression) {
    Object[] values = rows.get(row);
    try {
      return new Outcome(
          RowEvaluator.evaluate(group.expressions().get(expression), c -> values[c]), null);
    } catch (RowErrorException e) {
      return new Outcome(null, e.error());
    }
  }
}

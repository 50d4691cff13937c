// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the constants of generated code, in slots of 16 bytes followed by the characters of
 * strings. Position-independent; to be placed at an address divisible by 16. Not thread-safe.
 *
 * <pre>
 *   integers, dates, booleans  int64 low word, sign extended into the high word
 *   decimals                   int128, low word first
 *   floating point             the bits in the low word
 *   strings                    uint64 offset of the characters from the start, uint32 length
 * </pre>
 */
public final class LiteralTable {
  /** Bytes of one slot. */
  public static final int SLOT_BYTES = 16;

  private final List<Literal> slots = new ArrayList<>();
  private final Map<Literal, Integer> index = new HashMap<>();

  /** Makes an empty table. */
  public LiteralTable() {}

  /** Returns the slot of a constant that is not null; equal constants share one. */
  int slot(Literal literal) {
    return index.computeIfAbsent(
        literal,
        key -> {
          slots.add(key);
          return slots.size() - 1;
        });
  }

  /** Gives constants that are not null consecutive slots of their own; returns the first. */
  int block(List<Literal> literals) {
    slots.addAll(literals);
    return slots.size() - literals.size();
  }

  /** Returns the number of slots. */
  public int slots() {
    return slots.size();
  }

  /** Returns the constants in slot order. */
  public List<Literal> values() {
    return List.copyOf(slots);
  }

  /** Returns the table as bytes: slots, then characters, padded to a multiple of 16. */
  public byte[] toBytes() {
    int characters = slots.stream().mapToInt(LiteralTable::characters).sum();
    int size = slots.size() * SLOT_BYTES + characters;
    int padded = (size + SLOT_BYTES - 1) / SLOT_BYTES * SLOT_BYTES;
    ByteBuffer table = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
    int end = slots.size() * SLOT_BYTES;
    for (int i = 0; i < slots.size(); i++) {
      Object value = slots.get(i).value();
      if (value instanceof Utf8 text) {
        table.putLong(i * SLOT_BYTES, end).putInt(i * SLOT_BYTES + Long.BYTES, text.sizeBytes());
        table.put(end, text.bytes());
        end += text.sizeBytes();
      } else {
        put(table, i * SLOT_BYTES, bits(value));
      }
    }
    return table.array();
  }

  private static int characters(Literal literal) {
    return literal.value() instanceof Utf8 text ? text.sizeBytes() : 0;
  }

  private static void put(ByteBuffer table, int offset, BigInteger bits) {
    table.putLong(offset, bits.longValue());
    table.putLong(offset + Long.BYTES, bits.shiftRight(Long.SIZE).longValue());
  }

  private static BigInteger bits(Object value) {
    if (value instanceof BigInteger unscaled) {
      return unscaled;
    }
    if (value instanceof Boolean flag) {
      return flag ? BigInteger.ONE : BigInteger.ZERO;
    }
    if (value instanceof Double number) {
      return BigInteger.valueOf(Double.doubleToRawLongBits(number));
    }
    if (value instanceof Float number) {
      return BigInteger.valueOf(Float.floatToRawIntBits(number));
    }
    return BigInteger.valueOf(((Number) value).longValue());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.memory.MemoryPools;
import java.nio.ByteBuffer;

/**
 * Lists the runs of small integers of a column's pages: the headers of Parquet's hybrid of run
 * lengths and bit packing ("Run Length Encoding / Bit-Packing Hybrid" in the format's Encodings.md)
 * are read here, packed values are left to the device. {@code parquet_runs.glsl} draws an entry.
 */
final class RunTable implements AutoCloseable {
  private static final int REPEATED = 0;
  private static final int PACKED = 1;
  private static final int COUNTED = 2;
  private static final int EXPANDED = 3;
  private static final int WIDTH_SHIFT = 8;
  private static final int NOT_KEPT = Integer.MIN_VALUE;

  private final PageBlock table;
  private final PageBlock packed;
  private int values;
  private int runs;
  private int lastForm;
  private int lastFirst;
  private int lastValue;

  /**
   * Creates an empty table.
   *
   * @param packed where packed values are kept; stays the caller's
   */
  RunTable(MemoryPools pools, PageBlock packed) {
    this.table = new PageBlock(pools);
    this.packed = packed;
  }

  PageBlock table() {
    return table;
  }

  /** Returns the values of all runs. */
  int values() {
    return values;
  }

  int runs() {
    return runs;
  }

  /** Tells whether value i is i, for every i. */
  boolean isIdentity() {
    return runs == 0 || (runs == 1 && lastForm == COUNTED && lastValue == 0);
  }

  /** Adds one value several times. */
  void addRepeated(int value, int count) {
    boolean longer = runs > 0 && lastForm == REPEATED && lastValue == value;
    add(longer, REPEATED, value, 0, count);
  }

  /** Adds values that ascend by one. */
  void addCounted(int value, int count) {
    boolean longer = runs > 0 && lastForm == COUNTED && lastValue + (values - lastFirst) == value;
    add(longer, COUNTED, value, 0, count);
  }

  /** Adds values that the device expands from pages that it decompresses. */
  void addExpanded(int count) {
    add(runs > 0 && lastForm == EXPANDED, EXPANDED, 0, 0, count);
  }

  /** Adds packed values that begin at a byte of the packed ones. */
  void addPacked(int offset, int width, int count) {
    add(false, PACKED | width << WIDTH_SHIFT, 0, offset, count);
  }

  private void add(boolean longer, int form, int value, int offset, int count) {
    if (count == 0) {
      return;
    }
    if (!longer) {
      lastForm = form;
      lastFirst = values;
      lastValue = value;
      table.appendInt(values);
      table.appendInt(form);
      table.appendInt(value);
      table.appendInt(offset);
      runs++;
    }
    values = Math.addExact(values, count);
  }

  /**
   * Reads the runs of a page and keeps its bytes, unless no run is packed.
   *
   * @param source runs from position to limit, which are left as they are
   * @param width bits of a value, 0 to 32
   * @param count values that the page has
   * @return how many of the values are not 0, where {@code width} is 1; else not defined
   * @throws KronosException.InvalidArgument when there are fewer values
   */
  int addRuns(ByteBuffer source, int width, int count) {
    int start = source.position();
    int base = NOT_KEPT;
    int at = start;
    int left = count;
    int ones = 0;
    while (left > 0) {
      long header = varint(source, at);
      at += (int) (header >>> Integer.SIZE);
      int runLength = (int) header >>> 1;
      if (((int) header & 1) == 0) {
        int value = value(source, at, width);
        int taken = Math.min(left, runLength);
        addRepeated(value, taken);
        ones += value == 0 ? 0 : taken;
        at += (width + 7) / 8;
        left -= taken;
      } else {
        int taken = (int) Math.min(left, runLength * 8L);
        require(source, at, ((long) taken * width + 7) / 8);
        base = base == NOT_KEPT ? packed.append(source, start, source.remaining()) - start : base;
        addPacked(base + at, width, taken);
        ones += width == 1 ? ones(source, at, taken) : 0;
        at = (int) Math.min(source.limit(), at + (long) runLength * width);
        left -= taken;
      }
    }
    return ones;
  }

  /** Returns the number in the low half, and the bytes it takes in the high one. */
  private static long varint(ByteBuffer source, int at) {
    int value = 0;
    for (int i = 0; i < 5; i++) {
      require(source, at + i, 1);
      byte part = source.get(at + i);
      value |= (part & 127) << (7 * i);
      if (part >= 0) {
        return ((long) (i + 1) << Integer.SIZE) | Integer.toUnsignedLong(value);
      }
    }
    throw damaged("run length of more than 32 bits", at, source.limit());
  }

  private static int value(ByteBuffer source, int at, int width) {
    int bytes = (width + 7) / 8;
    require(source, at, bytes);
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (source.get(at + i) & 255) << (8 * i);
    }
    return value;
  }

  private static int ones(ByteBuffer source, int at, int bits) {
    int ones = 0;
    for (int i = 0; i < bits / 8; i++) {
      ones += Integer.bitCount(source.get(at + i) & 255);
    }
    int rest = bits % 8;
    return rest == 0
        ? ones
        : ones + Integer.bitCount(source.get(at + bits / 8) & ((1 << rest) - 1));
  }

  private static void require(ByteBuffer source, int at, long bytes) {
    if (at + bytes > source.limit()) {
      throw damaged("page ends inside of a run", at + bytes, source.limit());
    }
  }

  private static KronosException damaged(String what, long at, long limit) {
    return new KronosException.InvalidArgument(message(what, "offset", at, "bytes", limit));
  }

  @Override
  public void close() {
    table.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.device.DeviceType;
import dev.kronos.memory.MemoryPools;
import java.nio.ByteBuffer;

/**
 * Keeps the pages of a column that the device decompresses, and lists them; {@code
 * compressed_page.glsl} draws an entry. Not thread-safe.
 */
final class CompressedPages implements AutoCloseable {
  private static final int VALUES = 0;
  private static final int IDS = 1;
  private static final int STRINGS = 2;
  private static final int ALIGNMENT = 16;
  private static final byte[] PADDING = new byte[ALIGNMENT];

  /** What every device can dispatch: a workgroup a page. */
  private static final int MOST_PAGES = 65_535;

  /** Turns that are left out of account. */
  private static final int FEW_TURNS = 512;

  /**
   * Lavapipe 22.3 ends the loops of an invocation after 65,535 turns in total, of which the checks
   * of checked kernels take some.
   */
  private static final long SOFTWARE_TURNS = 32_768;

  private final PageBlock bytes;
  private final PageBlock table;
  private final long mostTurns;
  private final long expectedBytes;
  private int pages;
  private int scratchBytes;
  private boolean intoValues;
  private boolean hasIds;
  private boolean hasStrings;

  /**
   * Creates an empty list.
   *
   * @param expectedBytes about how many bytes will be kept; more may come
   */
  CompressedPages(MemoryPools pools, DeviceType device, long expectedBytes) {
    this.bytes = new PageBlock(pools);
    this.table = new PageBlock(pools);
    this.mostTurns = device == DeviceType.CPU ? SOFTWARE_TURNS : Long.MAX_VALUE;
    this.expectedBytes = expectedBytes;
  }

  /**
   * Tells whether kernels get to the end of a page.
   *
   * @param rows rows of the page
   */
  boolean takes(SnappyBytes page, int rows) {
    // As snappy.comp, expand.comp and string_ends.comp tell; a string takes four bytes or more.
    long tags = 3L * page.tags().remaining() + 2L * page.sizeBytes();
    long runs = 2L * page.valueBytes() + rows / 64;
    return pages < MOST_PAGES && Math.max(tags, runs) + FEW_TURNS <= mostTurns;
  }

  /** Adds a page whose values go to a byte of the column's values. */
  void addValues(SnappyBytes page, int target) {
    intoValues = true;
    int head = scratch(page.start());
    add(page, head, target, VALUES);
    addRange(0, 0, 0);
  }

  /**
   * Adds a page of strings whose values go to a byte of the column's values.
   *
   * @param first number of its first string among the column's
   * @param count strings that it has
   * @param before characters of the column before it
   */
  void addStrings(SnappyBytes page, int target, int first, int count, int before) {
    intoValues = true;
    hasStrings = true;
    int head = scratch(page.start());
    add(page, head, target, STRINGS);
    addRange(first, count, before);
  }

  /**
   * Adds a page of ids.
   *
   * @param first position of its first value among the column's
   * @param count values that it has
   */
  void addIds(SnappyBytes page, int first, int count) {
    hasIds = true;
    int head = scratch(page.sizeBytes());
    add(page, head, head + page.start(), IDS);
    addRange(first, count, 0);
  }

  private void add(SnappyBytes page, int head, int body, int form) {
    int tagBytes = page.tags().remaining();
    int padding = -tagBytes & (ALIGNMENT - 1);
    bytes.reserve(
        tagBytes + padding, Math.max(tagBytes + padding, expectedBytes - bytes.sizeBytes()));
    table.appendInt(bytes.append(page.tags(), page.tags().position(), tagBytes));
    bytes.append(ByteBuffer.wrap(PADDING), 0, padding);
    table.appendInt(tagBytes);
    table.appendInt(page.sizeBytes());
    table.appendInt(page.start());
    table.appendInt(head);
    table.appendInt(body);
    table.appendInt(form);
    pages++;
  }

  private void addRange(int first, int count, int before) {
    table.appendInt(first);
    table.appendInt(count);
    table.appendInt(before);
  }

  private int scratch(int sizeBytes) {
    int start = scratchBytes;
    long end = start + (sizeBytes + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT;
    if (end > Integer.MAX_VALUE) {
      throw new KronosException.Exhausted(message("column chunk too large", "bytes", end));
    }
    scratchBytes = (int) end;
    return start;
  }

  PageBlock bytes() {
    return bytes;
  }

  PageBlock table() {
    return table;
  }

  int pages() {
    return pages;
  }

  /** Returns the memory that the pages need besides that of values; a multiple of 16. */
  int scratchBytes() {
    return scratchBytes;
  }

  boolean intoValues() {
    return intoValues;
  }

  boolean hasIds() {
    return hasIds;
  }

  boolean hasStrings() {
    return hasStrings;
  }

  @Override
  public void close() {
    bytes.close();
    table.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.Storage;
import dev.kronos.memory.MemoryPools;
import dev.kronos.operator.pipeline.Resources;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Collects the pages of one column for {@link DecodePages}: keeps their bytes in pool memory and
 * reads the headers of runs and the lengths of strings, no values.
 *
 * <p>The values of the dictionary and of all plain pages are kept one behind the other, as entries.
 * Each row has the number of an entry: that of a dictionary's page is in the page, and those of a
 * plain page ascend. A dictionary that gives way to plain pages in the middle is nothing special.
 * Not thread-safe.
 */
public final class ColumnPages implements AutoCloseable {
  private final Resources resources = new Resources();
  private final ColumnLayout layout;
  private final PhysicalType physical;
  private final PageBlock values;
  private final PageBlock offsets;
  private final PageBlock packed;
  private final RunTable levels;
  private final RunTable ids;
  private final long expectedBytes;
  private int entries;
  private int characters;
  private int rows;

  /**
   * Starts a column.
   *
   * @param pools where bytes are kept; stay the caller's
   * @param layout what the column becomes: marks of nulls as bytes, see {@link DecodePages}
   * @param physical how the file stores values
   * @param expectedBytes about how many bytes all pages have; more may come
   * @throws KronosException.Unsupported when such values cannot be brought to the layout
   */
  public ColumnPages(
      MemoryPools pools, ColumnLayout layout, PhysicalType physical, long expectedBytes) {
    FixedWidths.requireSupported(layout, physical);
    this.layout = layout;
    this.physical = physical;
    this.expectedBytes = expectedBytes;
    this.values = resources.own(new PageBlock(pools));
    this.offsets = resources.own(new PageBlock(pools));
    this.packed = resources.own(new PageBlock(pools));
    this.levels = resources.own(new RunTable(pools, packed));
    this.ids = resources.own(new RunTable(pools, packed));
    if (layout.storage() == Storage.UTF8) {
      offsets.appendInt(0);
    }
    if (physical.form() == PhysicalType.Form.BITS) {
      values.append(ByteBuffer.wrap(new byte[] {0, 1}), 0, 2);
      entries = 2;
    }
  }

  /**
   * Adds the dictionary, before any page.
   *
   * @param plain its values, plainly encoded, from position to limit
   * @param count how many there are
   * @throws KronosException.InvalidArgument when there are fewer values
   */
  public void addDictionary(ByteBuffer plain, int count) {
    if (entries > 0) {
      throw new KronosException.InvalidArgument(
          message("dictionary behind other values", "entries", entries));
    }
    addEntries(littleEndian(plain), count);
  }

  /**
   * Adds a page.
   *
   * @throws KronosException.InvalidArgument when the page has not what it says
   */
  public void addPage(PageValues page) {
    int present = page.rows();
    if (page.levels() == null) {
      levels.addRepeated(1, present);
    } else {
      present = levels.addRuns(littleEndian(page.levels()), 1, page.rows());
    }
    rows = Math.addExact(rows, page.rows());
    ByteBuffer source = littleEndian(page.values());
    switch (page.encoding()) {
      case PLAIN -> addPlain(source, present);
      case DICTIONARY -> addIds(source, present);
      case RUNS -> addBooleans(source, present);
      default -> throw new IllegalStateException("no such encoding: " + page.encoding());
    }
  }

  private static ByteBuffer littleEndian(ByteBuffer source) {
    return source.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void addPlain(ByteBuffer source, int present) {
    if (physical.form() == PhysicalType.Form.BITS) {
      int sizeBytes = (present + 7) / 8;
      require(source, source.position(), sizeBytes);
      ids.addPacked(packed.append(source, source.position(), sizeBytes), 1, present);
    } else {
      int first = entries;
      addEntries(source, present);
      ids.addCounted(first, present);
    }
  }

  private void addIds(ByteBuffer source, int present) {
    if (present == 0) {
      return;
    }
    require(source, source.position(), 1);
    int width = source.get() & 255;
    if (width > Integer.SIZE) {
      throw new KronosException.InvalidArgument(message("ids of many bits", "bits", width));
    }
    packed.reserve(source.remaining(), stillExpected(source.remaining()));
    ids.addRuns(source, width, present);
  }

  private void addBooleans(ByteBuffer source, int present) {
    require(source, source.position(), Integer.BYTES);
    int sizeBytes = source.getInt();
    require(source, source.position(), sizeBytes);
    ids.addRuns(source.limit(source.position() + sizeBytes), 1, present);
  }

  private void addEntries(ByteBuffer source, int count) {
    int sizeBytes =
        layout.storage() == Storage.UTF8
            ? addLengths(source, count)
            : Math.multiplyExact(physical.widthBytes(), count);
    require(source, source.position(), sizeBytes);
    values.reserve(sizeBytes, entries == 0 ? sizeBytes : stillExpected(sizeBytes));
    values.append(source, source.position(), sizeBytes);
    entries = Math.addExact(entries, count);
  }

  /** Returns the bytes of so many strings and their lengths. */
  private int addLengths(ByteBuffer source, int count) {
    int at = source.position();
    offsets.reserve(Math.multiplyExact(count, Integer.BYTES), offsets.sizeBytes());
    for (int i = 0; i < count; i++) {
      require(source, at, Integer.BYTES);
      int length = source.getInt(at);
      at += Integer.BYTES;
      require(source, at, length);
      at += length;
      characters = Math.addExact(characters, length);
      offsets.appendInt(characters);
    }
    return at - source.position();
  }

  /** Returns how many bytes are still expected. */
  private long stillExpected(int atLeast) {
    long left = expectedBytes - values.sizeBytes() - packed.sizeBytes();
    return Math.max(left, atLeast);
  }

  private static void require(ByteBuffer source, int at, long sizeBytes) {
    if (sizeBytes < 0 || at + sizeBytes > source.limit()) {
      throw new KronosException.InvalidArgument(
          message("page ends early", "needed", sizeBytes, "left", source.limit() - at));
    }
  }

  /** Ends the column: what has no entry gets one, so that kernels have something to read. */
  void complete() {
    if (entries == 0) {
      int sizeBytes = layout.storage() == Storage.UTF8 ? Integer.BYTES : physical.widthBytes();
      addEntries(littleEndian(ByteBuffer.allocate(sizeBytes)), 1);
    }
  }

  ColumnLayout layout() {
    return layout;
  }

  PhysicalType physical() {
    return physical;
  }

  /** Returns rows of all pages so far. */
  public int rows() {
    return rows;
  }

  /** Returns the bytes that were kept so far. */
  public long sizeBytes() {
    return 0L
        + values.sizeBytes()
        + offsets.sizeBytes()
        + packed.sizeBytes()
        + levels.table().sizeBytes()
        + ids.table().sizeBytes();
  }

  int entries() {
    return entries;
  }

  int characters() {
    return characters;
  }

  boolean hasNulls() {
    return ids.values() < rows;
  }

  /** Tells whether the entries are the rows' values in order. */
  boolean isDirect() {
    return !hasNulls() && ids.isIdentity();
  }

  PageBlock values() {
    return values;
  }

  PageBlock offsets() {
    return offsets;
  }

  PageBlock packed() {
    return packed;
  }

  RunTable levels() {
    return levels;
  }

  RunTable ids() {
    return ids;
  }

  /** Drops the memory; work in flight keeps what it needs. May be called again. */
  @Override
  public void close() {
    resources.close();
  }
}

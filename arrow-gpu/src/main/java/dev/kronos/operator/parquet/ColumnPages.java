// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.Storage;
import dev.kronos.device.DeviceType;
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
  private final MemoryPools pools;
  private final ColumnLayout layout;
  private final PhysicalType physical;
  private final PageBlock values;
  private final PageBlock offsets;
  private final PageBlock packed;
  private final RunTable levels;
  private final RunTable ids;
  private final ValueParts valueParts = new ValueParts();
  private final ValueParts offsetParts = new ValueParts();
  private final long expectedBytes;
  private CompressedPages compressed;
  private DeviceDecompression onDevice = DeviceDecompression.NONE;
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
    this.pools = pools;
    this.layout = layout;
    this.physical = physical;
    this.expectedBytes = expectedBytes;
    this.values = resources.own(new PageBlock(pools));
    this.offsets = resources.own(new PageBlock(pools));
    this.packed = resources.own(new PageBlock(pools));
    this.levels = resources.own(new RunTable(pools, packed));
    this.ids = resources.own(new RunTable(pools, packed));
    this.compressed = resources.own(new CompressedPages(pools, DeviceType.CPU, 0));
    if (layout.storage() == Storage.UTF8) {
      offsets.appendInt(0);
      offsetParts.addOfHost(0, Integer.BYTES);
    }
    if (physical.form() == PhysicalType.Form.BITS) {
      values.append(ByteBuffer.wrap(new byte[] {0, 1}), 0, 2);
      entries = 2;
    }
  }

  /**
   * Lets the device decompress pages; else {@link #takes} says no.
   *
   * @param which which pages
   * @param device what kind of device that is
   * @param compressedBytes about how many bytes all pages have in the file; more may come
   */
  public void decompressOn(DeviceDecompression which, DeviceType device, long compressedBytes) {
    compressed = resources.own(new CompressedPages(pools, device, compressedBytes));
    onDevice = which;
  }

  /**
   * Tells whether a page may be added as it is in the file. Booleans may not.
   *
   * @param encoding how the page's values are encoded
   * @param rows rows of the page, or entries of the dictionary
   */
  public boolean takes(PageValues.Encoding encoding, SnappyBytes page, int rows) {
    boolean known =
        encoding != PageValues.Encoding.RUNS && physical.form() != PhysicalType.Form.BITS;
    return known && onDevice.has(physical.form(), encoding) && compressed.takes(page, rows);
  }

  /**
   * Adds the dictionary, before any page.
   *
   * @param plain its values, plainly encoded, from position to limit
   * @param count how many there are
   * @throws KronosException.InvalidArgument when there are fewer values
   */
  public void addDictionary(ByteBuffer plain, int count) {
    requireNoEntries();
    addEntries(littleEndian(plain), count);
  }

  /** Adds a dictionary that {@link #takes} said yes to; see the other form. */
  public void addDictionary(SnappyBytes plain, int count) {
    requireNoEntries();
    addEntries(plain, count);
  }

  private void requireNoEntries() {
    if (entries > 0) {
      throw new KronosException.InvalidArgument(
          message("dictionary behind other values", "entries", entries));
    }
  }

  /**
   * Adds a page.
   *
   * @throws KronosException.InvalidArgument when the page has not what it says
   */
  public void addPage(PageValues page) {
    int present = addRows(page.rows(), page.levels());
    ByteBuffer source = littleEndian(page.values());
    switch (page.encoding()) {
      case PLAIN -> addPlain(source, present);
      case DICTIONARY -> addIds(source, present);
      case RUNS -> addBooleans(source, present);
      default -> throw new IllegalStateException("no such encoding: " + page.encoding());
    }
  }

  /**
   * Adds a page that {@link #takes} said yes to.
   *
   * @param count rows of the page, 0 or more
   * @param levelRuns runs of definition levels as of {@link PageValues#levels}, or null
   * @param encoding how the values are encoded
   * @throws KronosException.InvalidArgument when the page has not what it says; damage that only
   *     the device finds is told by {@link DecodePages#check}
   */
  public void addPage(
      int count, ByteBuffer levelRuns, PageValues.Encoding encoding, SnappyBytes page) {
    int present = addRows(count, levelRuns);
    if (present == 0) {
      return;
    }
    if (encoding == PageValues.Encoding.DICTIONARY) {
      compressed.addIds(page, ids.values(), present);
      ids.addExpanded(present);
    } else {
      int first = entries;
      addEntries(page, present);
      ids.addCounted(first, present);
    }
  }

  /** Returns how many rows are not null. */
  private int addRows(int count, ByteBuffer levelRuns) {
    int present = count;
    if (levelRuns == null) {
      levels.addRepeated(1, count);
    } else {
      present = levels.addRuns(littleEndian(levelRuns), 1, count);
    }
    rows = Math.addExact(rows, count);
    return present;
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
    valueParts.addOfHost(values.append(source, source.position(), sizeBytes), sizeBytes);
    entries = Math.addExact(entries, count);
  }

  private void addEntries(SnappyBytes page, int count) {
    if (layout.storage() == Storage.UTF8) {
      addStrings(page, count);
    } else {
      addFixed(page, count);
    }
  }

  /** Takes it that a page has nothing besides its strings, which the device finds out. */
  private void addStrings(SnappyBytes page, int count) {
    int lengthBytes = Math.multiplyExact(count, Integer.BYTES);
    if (page.valueBytes() < lengthBytes) {
      throw new KronosException.InvalidArgument(
          message("page ends early", "needed", lengthBytes, "left", page.valueBytes()));
    }
    int target = valueParts.add(page.valueBytes());
    compressed.addStrings(page, target, entries, count, characters);
    offsetParts.add(lengthBytes);
    characters = Math.addExact(characters, page.valueBytes() - lengthBytes);
    entries = Math.addExact(entries, count);
  }

  private void addFixed(SnappyBytes page, int count) {
    int sizeBytes = Math.multiplyExact(physical.widthBytes(), count);
    if (page.valueBytes() == sizeBytes) {
      compressed.addValues(page, valueParts.add(sizeBytes));
      entries = Math.addExact(entries, count);
    } else {
      // What the page has besides would be written over the next one.
      addEntries(littleEndian(page.first(page.sizeBytes()).position(page.start())), count);
    }
  }

  /** Returns the bytes of so many strings and their lengths. */
  private int addLengths(ByteBuffer source, int count) {
    int at = source.position();
    offsetParts.addOfHost(offsets.sizeBytes(), Math.multiplyExact(count, Integer.BYTES));
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
        + compressed.bytes().sizeBytes()
        + compressed.table().sizeBytes()
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

  ValueParts valueParts() {
    return valueParts;
  }

  ValueParts offsetParts() {
    return offsetParts;
  }

  /** Returns the pages that the device decompresses. */
  CompressedPages compressed() {
    return compressed;
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

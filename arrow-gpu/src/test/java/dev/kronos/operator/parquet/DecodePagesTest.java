// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.column.Storage;
import dev.kronos.column.Validity;
import dev.kronos.device.DeviceType;
import dev.kronos.kernels.twin.ParquetPages;
import dev.kronos.memory.HostMemory;
import dev.kronos.operator.parquet.PageValues.Encoding;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Encodes random rows in pages of every kind, decodes them on the device and compares. */
class DecodePagesTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());
  private static final int[] PAGE_ROWS = {0, 1, 255, 256, 257, 2047, 4096, 70_001};
  private static final int DICTIONARY_ENTRIES = 37;

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private final Random random = new Random(SEED);

  /** One kind of column: what it becomes, how it is stored, how long its strings are. */
  record Kind(DataType type, PhysicalType physical, int length) {
    ColumnLayout layout() {
      return new ColumnLayout(type, Storage.narrowest(type), Validity.BYTES, Nullability.NULLABLE);
    }
  }

  static Stream<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    kinds.add(new Kind(DataType.BOOLEAN, PhysicalType.BITS, 0));
    kinds.add(new Kind(DataType.STRING, PhysicalType.STRING, 12));
    kinds.add(new Kind(DataType.STRING, PhysicalType.STRING, 200));
    for (DataType type : List.of(DataType.INT8, DataType.INT16, DataType.INT32, DataType.DATE)) {
      kinds.add(new Kind(type, PhysicalType.littleEndian(4), 0));
    }
    for (DataType type : List.of(DataType.INT64, DataType.TIMESTAMP, DataType.FLOAT64)) {
      kinds.add(new Kind(type, PhysicalType.littleEndian(8), 0));
    }
    kinds.add(new Kind(DataType.FLOAT32, PhysicalType.littleEndian(4), 0));
    for (int precision : new int[] {5, 12, 30}) {
      DataType decimal = DataType.decimal(precision, 2);
      kinds.add(new Kind(decimal, PhysicalType.littleEndian(4), 0));
      kinds.add(new Kind(decimal, PhysicalType.littleEndian(8), 0));
      for (int width : new int[] {3, 8, 9, 16, 17}) {
        kinds.add(new Kind(decimal, PhysicalType.bigEndian(width), 0));
      }
    }
    return kinds.stream();
  }

  private Object value(Kind kind) {
    return switch (kind.physical.form()) {
      case BITS -> BigInteger.valueOf(random.nextInt(2));
      case STRING -> "\u00e4\u20ac".repeat(random.nextInt(kind.length / 2 + 1)) + random.nextInt();
      default -> {
        int bytes = Math.min(kind.physical.widthBytes(), kind.layout().storage().bytesPerValue());
        yield new BigInteger(bytes * 8, random).subtract(BigInteger.ONE.shiftLeft(bytes * 8 - 1));
      }
    };
  }

  private static byte[] plain(Kind kind, List<Object> values) {
    if (kind.physical.form() == PhysicalType.Form.BITS) {
      byte[] bits = new byte[(values.size() + 7) / 8];
      for (int i = 0; i < values.size(); i++) {
        bits[i / 8] |= (byte) (((BigInteger) values.get(i)).intValue() << i % 8);
      }
      return bits;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    values.forEach(value -> bytes.writeBytes(plain(kind.physical, value)));
    return bytes.toByteArray();
  }

  private static byte[] plain(PhysicalType physical, Object value) {
    if (value instanceof String text) {
      byte[] characters = text.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(4 + characters.length)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(characters.length)
          .put(characters)
          .array();
    }
    byte[] digits = ((BigInteger) value).toByteArray();
    int width = physical.widthBytes();
    byte[] bytes = new byte[width];
    Arrays.fill(bytes, (byte) (((BigInteger) value).signum() < 0 ? -1 : 0));
    System.arraycopy(digits, 0, bytes, width - digits.length, digits.length);
    if (physical.form() == PhysicalType.Form.LITTLE_ENDIAN) {
      for (int i = 0; i < width / 2; i++) {
        byte swapped = bytes[i];
        bytes[i] = bytes[width - 1 - i];
        bytes[width - 1 - i] = swapped;
      }
    }
    return bytes;
  }

  /** Tells how often rows of a page are null: never, sometimes, always. */
  private enum Nulls {
    NO_LEVELS,
    NONE,
    SOME,
    ALL
  }

  /** A column that is being filled, and the rows that it shall give. */
  private record Filled(ColumnPages pages, List<Object> expected) {}

  /** Adds a page; where the column takes it so, compressed, with its levels in it or apart. */
  private void add(ColumnPages pages, PageValues page) {
    boolean inside = page.levels() != null && random.nextBoolean();
    byte[] levels = inside ? bytes(page.levels()) : new byte[0];
    byte[] values = bytes(page.values());
    byte[] all = Arrays.copyOf(levels, levels.length + values.length);
    System.arraycopy(values, 0, all, levels.length, values.length);
    SnappyBytes compressed = compressed(all).from(levels.length);
    if (pages.takes(page.encoding(), compressed, page.rows())) {
      ByteBuffer runs = inside ? compressed.first(levels.length) : page.levels();
      pages.addPage(page.rows(), runs, page.encoding(), compressed);
    } else {
      pages.addPage(page);
    }
  }

  private SnappyBytes compressed(byte[] page) {
    byte[] tags = SnappyWriter.compress(page);
    byte[] shifted = new byte[tags.length + 9];
    byte[] whole = SnappyWriter.withLength(tags, page.length);
    System.arraycopy(whole, 0, shifted, 2, whole.length);
    return SnappyBytes.of(ByteBuffer.wrap(shifted, 2, whole.length), page.length);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private void addPage(Filled filled, Kind kind, List<Object> dictionary, int rows, Nulls nulls) {
    int[] levels = new int[rows];
    for (int i = 0; i < rows; i++) {
      levels[i] = nulls == Nulls.SOME ? random.nextInt(2) : nulls == Nulls.ALL ? 0 : 1;
    }
    int present = IntStream.of(levels).sum();
    PageEncoder encoder = new PageEncoder(random);
    ByteBuffer levelRuns =
        nulls == Nulls.NO_LEVELS ? null : ByteBuffer.wrap(encoder.runs(levels, 1));
    List<Object> values = new ArrayList<>();
    if (dictionary.isEmpty()) {
      for (int i = 0; i < present; i++) {
        values.add(value(kind));
      }
      add(
          filled.pages(),
          new PageValues(rows, levelRuns, Encoding.PLAIN, ByteBuffer.wrap(plain(kind, values))));
    } else {
      int width = 6 + random.nextInt(20);
      int[] ids = new int[present];
      for (int i = 0; i < present; i++) {
        ids[i] = i > 0 && random.nextInt(3) > 0 ? ids[i - 1] : random.nextInt(dictionary.size());
        values.add(dictionary.get(ids[i]));
      }
      byte[] runs = encoder.runs(ids, width);
      byte[] data = new byte[runs.length + 1];
      data[0] = (byte) width;
      System.arraycopy(runs, 0, data, 1, runs.length);
      add(
          filled.pages(),
          new PageValues(rows, levelRuns, Encoding.DICTIONARY, ByteBuffer.wrap(data)));
    }
    int next = 0;
    for (int level : levels) {
      filled.expected().add(level == 0 ? null : values.get(next++));
    }
  }

  /** Tells what the pages of a column are. */
  private record Pages(boolean withDictionary, boolean thenPlain, DeviceDecompression onDevice) {
    boolean compressed() {
      return onDevice != DeviceDecompression.NONE;
    }
  }

  private void check(Kind kind, Nulls nulls, Pages of) {
    List<Object> expected = new ArrayList<>();
    try (ColumnPages pages =
            new ColumnPages(open.kronos().memory(), kind.layout(), kind.physical, 1000);
        DecodePages decode = new DecodePages(open.kronos())) {
      Filled filled = new Filled(pages, expected);
      if (of.compressed()) {
        pages.decompressOn(of.onDevice(), DeviceType.CPU, random.nextInt(10_000));
      }
      List<Object> dictionary = new ArrayList<>();
      if (of.withDictionary()) {
        for (int i = 0; i < DICTIONARY_ENTRIES; i++) {
          dictionary.add(value(kind));
        }
        byte[] plain = plain(kind, dictionary);
        if (pages.takes(Encoding.PLAIN, compressed(plain), dictionary.size())) {
          pages.addDictionary(compressed(plain), dictionary.size());
        } else {
          pages.addDictionary(ByteBuffer.wrap(plain), dictionary.size());
        }
      }
      for (int i = 0; i < PAGE_ROWS.length; i++) {
        boolean plain = !of.withDictionary() || (of.thenPlain() && i > PAGE_ROWS.length / 2);
        addPage(filled, kind, plain ? List.of() : dictionary, PAGE_ROWS[i], nulls);
      }
      try (ColumnBatch batch = decode.apply(List.of(pages), expected.size())) {
        decode.check();
        assertThat(batch.columns().get(0).ids() == null)
            .isEqualTo(
                (nulls == Nulls.NO_LEVELS || nulls == Nulls.NONE)
                    && !of.withDictionary()
                    && kind.physical.form() != PhysicalType.Form.BITS);
        assertThat(DecodedRows.of(open.kronos(), batch.columns().get(0), expected.size()))
            .as("seed=%d kind=%s nulls=%s pages=%s", SEED, kind, nulls, of)
            .isEqualTo(expected);
        if (of.compressed()) {
          assertThat(pages.compressed().pages() > 0 || !isTaken(kind, nulls, of)).isTrue();
          boolean strings = of.onDevice() == DeviceDecompression.ALL;
          assertThat(strings || !pages.compressed().hasStrings()).isTrue();
        } else {
          checkTwin(pages, batch);
        }
      }
    }
  }

  private static boolean isTaken(Kind kind, Nulls nulls, Pages of) {
    boolean plainIsDevices = of.onDevice().has(kind.physical.form(), Encoding.PLAIN);
    boolean bits = kind.physical.form() == PhysicalType.Form.BITS;
    // Of long strings all pages may have more than software devices take.
    boolean small = kind.length < 100 || of.withDictionary();
    boolean plain = plainIsDevices && !bits && small && (of.withDictionary() || nulls != Nulls.ALL);
    return plain || (of.withDictionary() && nulls != Nulls.ALL);
  }

  private static void checkTwin(ColumnPages pages, ColumnBatch batch) {
    if (batch.columns().get(0).ids() == null) {
      return;
    }
    byte[] packed = bytes(pages.packed());
    boolean[] present = ParquetPages.present(ints(pages.levels().table()), packed, batch.rows());
    int[] ids = ParquetPages.ids(present, ints(pages.ids().table()), packed);
    ByteBuffer found = DecodedRows.read(open.kronos(), batch.columns().get(0).ids());
    int[] onDevice = new int[ids.length];
    found.asIntBuffer().get(onDevice);
    assertThat(onDevice).isEqualTo(ids);
  }

  private static byte[] bytes(PageBlock block) {
    byte[] bytes = new byte[block.sizeBytes()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = HostMemory.byteAt(block.range().address() + i);
    }
    return bytes;
  }

  private static int[] ints(PageBlock block) {
    return IntStream.range(0, block.sizeBytes() / 4).map(i -> block.intAt(i * 4)).toArray();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void plainPages(Kind kind) {
    for (Nulls nulls : Nulls.values()) {
      for (DeviceDecompression onDevice : DeviceDecompression.values()) {
        check(kind, nulls, new Pages(false, false, onDevice));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void dictionaries(Kind kind) {
    if (kind.physical.form() != PhysicalType.Form.BITS) {
      for (DeviceDecompression onDevice : DeviceDecompression.values()) {
        check(kind, Nulls.NO_LEVELS, new Pages(true, false, onDevice));
        check(kind, Nulls.SOME, new Pages(true, true, onDevice));
        check(kind, Nulls.ALL, new Pages(true, true, onDevice));
      }
    }
  }

  @Test
  void idBeyondTheDictionaryIsAnError() {
    Kind kind = new Kind(DataType.INT32, PhysicalType.littleEndian(4), 0);
    try (ColumnPages pages =
            new ColumnPages(open.kronos().memory(), kind.layout(), kind.physical, 100);
        DecodePages decode = new DecodePages(open.kronos())) {
      pages.addDictionary(ByteBuffer.allocate(8), 2);
      byte[] runs = new PageEncoder(random).runs(new int[] {0, 1, 2}, 2);
      byte[] data = new byte[runs.length + 1];
      data[0] = 2;
      System.arraycopy(runs, 0, data, 1, runs.length);
      pages.addPage(new PageValues(3, null, Encoding.DICTIONARY, ByteBuffer.wrap(data)));
      decode.apply(List.of(pages), 3).close();
      assertThatThrownBy(decode::check)
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining("dictionary lacks: column=0");
    }
  }

  /** What only the device can find is told by check(). */
  @Test
  void damagedPagesAreErrors() {
    Kind kind = new Kind(DataType.INT64, PhysicalType.littleEndian(8), 0);
    byte[] values = new byte[80];
    random.nextBytes(values);
    assertDamaged(kind, Encoding.PLAIN, new byte[] {8, 1, 2}, "ends early");
    assertDamaged(kind, Encoding.PLAIN, new byte[] {9, 0, 0}, "before its start");
    assertDamaged(
        kind, Encoding.PLAIN, new SnappyWriter().literal(values, 0, 79, 1).toBytes(), "fewer");
    assertDamaged(
        kind, Encoding.PLAIN, new SnappyWriter().literal(new byte[81], 0, 81, 1).toBytes(), "more");
    byte[] wide = new byte[80];
    wide[0] = 33;
    assertDamaged(kind, Encoding.DICTIONARY, SnappyWriter.compress(wide), "many bits");
    Arrays.fill(values, (byte) -1);
    values[0] = 3;
    assertDamaged(kind, Encoding.DICTIONARY, SnappyWriter.compress(values), "32 bits");
    byte[] runs = new byte[80];
    Arrays.fill(runs, (byte) 3);
    runs[79] = 99;
    assertDamaged(kind, Encoding.DICTIONARY, SnappyWriter.compress(runs), "inside of a run");
  }

  private void assertDamaged(Kind kind, Encoding encoding, byte[] tags, String message) {
    int rows = encoding == Encoding.PLAIN ? 10 : 100_000;
    try (ColumnPages pages =
            new ColumnPages(open.kronos().memory(), kind.layout(), kind.physical, 100);
        DecodePages decode = new DecodePages(open.kronos())) {
      pages.decompressOn(DeviceDecompression.ALL, DeviceType.CPU, 100);
      SnappyBytes sound = compressed(new byte[80]);
      pages.addDictionary(sound, 10);
      pages.addPage(10, null, Encoding.PLAIN, sound);
      SnappyBytes page = new SnappyBytes(ByteBuffer.wrap(tags), 80, 0);
      assertThat(pages.takes(encoding, page, rows)).isTrue();
      pages.addPage(rows, null, encoding, page);
      decode.apply(List.of(pages), 10 + rows).close();
      assertThatThrownBy(decode::check)
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining(message)
          .hasMessageContaining("column=0, compressedPage=2");
    }
  }

  @Test
  void damagedStringsAreErrors() {
    Kind kind = new Kind(DataType.STRING, PhysicalType.STRING, 9);
    byte[] page = plain(kind, List.of("a", "bcd", ""));
    page[0] = 9;
    try (ColumnPages pages =
            new ColumnPages(open.kronos().memory(), kind.layout(), kind.physical, 100);
        DecodePages decode = new DecodePages(open.kronos())) {
      pages.decompressOn(DeviceDecompression.ALL, DeviceType.CPU, 100);
      pages.addPage(3, null, Encoding.PLAIN, compressed(page));
      decode.apply(List.of(pages), 3).close();
      assertThatThrownBy(decode::check)
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining("another length than the page: column=0, compressedPage=0");
      SnappyBytes less = compressed(new byte[11]);
      assertThatThrownBy(() -> pages.addPage(3, null, Encoding.PLAIN, less))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining("page ends early");
    }
  }

  /** A page may have more bytes than its values; they must not get to the next page's. */
  @Test
  void bytesBehindTheValuesAreLeftOut() {
    Kind kind = new Kind(DataType.INT64, PhysicalType.littleEndian(8), 0);
    try (ColumnPages pages =
        new ColumnPages(open.kronos().memory(), kind.layout(), kind.physical, 100)) {
      pages.decompressOn(DeviceDecompression.ALL, DeviceType.CPU, 100);
      List<Object> expected = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        expected.add(value(kind));
        byte[] page = Arrays.copyOf(plain(kind, expected.subList(i, i + 1)), 8 + i % 2 * 5);
        pages.addPage(1, null, Encoding.PLAIN, compressed(page));
      }
      SnappyBytes less = compressed(new byte[7]);
      assertThatThrownBy(() -> pages.addPage(1, null, Encoding.PLAIN, less))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining("page ends early");
      assertThat(pages.compressed().pages()).isEqualTo(2);
    }
  }

  @Test
  void pagesThatEndEarlyAreErrors() {
    Kind kind = new Kind(DataType.STRING, PhysicalType.STRING, 0);
    for (int cut = 0; cut < 9; cut++) {
      byte[] bytes = Arrays.copyOf(plain(kind, List.of("a", "bc")), cut);
      try (ColumnPages pages =
          new ColumnPages(open.kronos().memory(), kind.layout(), kind.physical, 100)) {
        PageValues page = new PageValues(2, null, Encoding.PLAIN, ByteBuffer.wrap(bytes));
        assertThatThrownBy(() -> pages.addPage(page))
            .isInstanceOf(KronosException.InvalidArgument.class);
      }
    }
    try (ColumnPages pages =
        new ColumnPages(open.kronos().memory(), kind.layout(), kind.physical, 100)) {
      byte[] endless = {-1, -1, -1, -1, -1, -1};
      PageValues page =
          new PageValues(9, ByteBuffer.wrap(endless), Encoding.PLAIN, ByteBuffer.allocate(0));
      assertThatThrownBy(() -> pages.addPage(page)).hasMessageContaining("run length");
    }
  }

  @Test
  void booleansAsRuns() {
    Kind kind = new Kind(DataType.BOOLEAN, PhysicalType.BITS, 0);
    int[] values = random.ints(1000, 0, 2).toArray();
    byte[] runs = new PageEncoder(random).runs(values, 1);
    ByteBuffer data = ByteBuffer.allocate(runs.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(runs.length).put(runs).flip();
    try (ColumnPages pages =
            new ColumnPages(open.kronos().memory(), kind.layout(), kind.physical, 100);
        DecodePages decode = new DecodePages(open.kronos())) {
      pages.addPage(new PageValues(values.length, null, Encoding.RUNS, data));
      try (ColumnBatch batch = decode.apply(List.of(pages), values.length)) {
        List<Object> expected = new ArrayList<>();
        IntStream.of(values).forEach(value -> expected.add(BigInteger.valueOf(value)));
        assertThat(DecodedRows.of(open.kronos(), batch.columns().get(0), values.length))
            .isEqualTo(expected);
      }
    }
  }
}

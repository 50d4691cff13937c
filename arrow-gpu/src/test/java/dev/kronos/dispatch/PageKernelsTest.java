// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.kernels.twin.ParquetPages;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.parquet.PageEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expands ids and finds strings in pages, sound ones and damaged ones, as the twin does. */
@Tag("subgroups")
class PageKernelsTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());
  private static final int UNTOUCHED = 0x5A5A5A5A;
  private static final int IDS = 1;
  private static final int STRINGS = 2;

  private static DeviceArrays arrays;

  private final Random random = new Random(SEED);

  @BeforeAll
  static void open() {
    arrays = new DeviceArrays();
  }

  @AfterAll
  static void close() {
    arrays.close();
  }

  @AfterEach
  void clear() {
    arrays.clear();
  }

  /** Runs a kernel on one page between two others, which have no bytes for it. */
  private int run(int form, byte[] page, int skip, int before, int... into) {
    int first = form == IDS ? 1 : 0;
    int[] entry = {0, 0, page.length, skip, 0, 16 + skip, form, first, into.length - 2, before};
    int[] table = new int[3 * entry.length];
    System.arraycopy(entry, 0, table, entry.length, entry.length);
    ByteBuffer bytes = ByteBuffer.allocate((page.length + 31) / 16 * 16 + 16);
    bytes.put(16, page);
    int[] words = new int[bytes.capacity() / Integer.BYTES];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
    DeviceBuffer pages = arrays.of(table);
    DeviceBuffer source = arrays.of(words);
    DeviceBuffer target = arrays.of(into);
    DeviceBuffer status = arrays.of(new int[1]);
    arrays.run(
        form == IDS ? "parquet/expand" : "parquet/string_ends",
        Arguments.builder()
            .putAddress(pages)
            .putAddress(source)
            .putAddress(target)
            .putAddress(status),
        List.of(
            Access.reads(pages),
            Access.reads(source),
            Access.updates(target),
            Access.updates(status)),
        DeviceArrays.Run.of(2, 3));
    System.arraycopy(arrays.ints(target), 0, into, 0, into.length);
    int found = arrays.ints(status)[0];
    arrays.clear();
    return found;
  }

  /** Returns an array whose ends are not the page's. */
  private static int[] untouched(int count) {
    int[] into = new int[count + 2];
    Arrays.fill(into, UNTOUCHED);
    return into;
  }

  private void assertAsTwin(int form, byte[] page, int skip, int count) {
    int[] expected = new int[count];
    int before = form == STRINGS ? random.nextInt(1000) : 0;
    int damage =
        form == IDS
            ? ParquetPages.expand(page, skip, expected)
            : ParquetPages.stringEnds(Arrays.copyOfRange(page, skip, page.length), expected);
    int[] into = untouched(count);
    int status = run(form, page, skip, before, into);
    String text =
        String.format("seed=%d count=%d skip=%d bytes=%d", SEED, count, skip, page.length);
    assertThat(status).as(text).isEqualTo(damage == 0 ? 0 : 16 + damage);
    assertThat(into[0]).as(text).isEqualTo(UNTOUCHED);
    assertThat(into[count + 1]).as(text).isEqualTo(UNTOUCHED);
    if (damage == 0 || form == STRINGS) {
      int[] found = Arrays.copyOfRange(into, 1, count + 1);
      assertThat(Arrays.stream(found).map(end -> end - before))
          .as(text)
          .containsExactly(box(expected));
    }
  }

  private static Integer[] box(int... values) {
    return Arrays.stream(values).boxed().toArray(Integer[]::new);
  }

  private byte[] ids(int count, int width, int skip) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      boolean same = i > 0 && random.nextInt(4) > 0;
      values[i] = same ? values[i - 1] : random.nextInt() & (int) ((1L << width) - 1);
    }
    byte[] runs = new PageEncoder(random).runs(values, width);
    byte[] page = new byte[skip + 1 + runs.length];
    page[skip] = (byte) width;
    System.arraycopy(runs, 0, page, skip + 1, runs.length);
    return page;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 12, 16, 17, 24, 25, 31, 32})
  void idsOfAnyWidth(int width) {
    for (int count : new int[] {1, 7, 8, 9, 500, 3000}) {
      int skip = random.nextInt(20);
      assertAsTwin(IDS, ids(count, width, skip), skip, count);
    }
  }

  /** The last group of eight may be cut off where a window of the page ends, too. */
  @Test
  void groupsThatAreCutOff() {
    for (int skip = 0; skip < 4; skip++) {
      for (int count = 1017; count <= 1024; count++) {
        byte[] page = new byte[skip + 3 + 4 * count];
        random.nextBytes(page);
        page[skip] = 32;
        page[skip + 1] = (byte) (128 | 1);
        page[skip + 2] = 2;
        assertAsTwin(IDS, page, skip, count);
      }
    }
  }

  @Test
  void damagedIds() {
    for (int i = 0; i < 150; i++) {
      int count = 1 + random.nextInt(200);
      int skip = random.nextInt(3);
      byte[] page = ids(count, random.nextInt(33), skip);
      for (int change = random.nextInt(3); change > 0; change--) {
        int at = skip + random.nextInt(Math.min(6, page.length - skip));
        page[at] = (byte) (random.nextInt(4) == 0 ? -1 : random.nextInt(256));
      }
      int kept = random.nextInt(3) == 0 ? skip + random.nextInt(page.length - skip) : page.length;
      assertAsTwin(IDS, Arrays.copyOf(page, kept), skip, count);
    }
    byte[] endless = {3, -1, -1, -1, -1, -1, -1};
    assertAsTwin(IDS, endless, 0, 9);
    assertAsTwin(IDS, Arrays.copyOf(endless, 5), 0, 9);
    assertAsTwin(IDS, new byte[] {33, 2, 1}, 0, 1);
  }

  private byte[] strings(int count, int longest, int skip) {
    ByteBuffer page = ByteBuffer.allocate(skip + count * (4 + longest));
    page.order(ByteOrder.LITTLE_ENDIAN).position(skip);
    for (int i = 0; i < count; i++) {
      int size = random.nextInt(longest + 1);
      page.putInt(size).position(page.position() + size);
    }
    return Arrays.copyOf(page.array(), page.position());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 100, 3000})
  void stringsOfAnyLength(int longest) {
    for (int count : new int[] {1, 2, 31, 32, 33, 300}) {
      int skip = random.nextInt(20);
      assertAsTwin(STRINGS, strings(count, longest, skip), skip, count);
    }
  }

  @Test
  void damagedStrings() {
    for (int i = 0; i < 100; i++) {
      int count = 1 + random.nextInt(50);
      int skip = random.nextInt(3);
      byte[] page = strings(count, random.nextInt(60), skip);
      page[skip + random.nextInt(page.length - skip)] = (byte) random.nextInt(256);
      int kept = Math.max(skip + 4 * count, page.length - random.nextInt(3));
      assertAsTwin(STRINGS, Arrays.copyOf(page, kept), skip, count);
    }
  }
}

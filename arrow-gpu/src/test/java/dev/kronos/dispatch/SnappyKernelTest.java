// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.kernels.KernelCatalog;
import dev.kronos.kernels.twin.SnappyPages;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.parquet.SnappyWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
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

/** Decompresses pages of every tag, and damaged ones, on the device and by the twin. */
@Tag("subgroups")
class SnappyKernelTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());
  private static final byte UNTOUCHED = 0x5A;
  private static final int PAGE_INTS = 10;

  private static DeviceArrays arrays;

  private final Random random = new Random(SEED);
  private final ByteArrayOutputStream source = new ByteArrayOutputStream();
  private final List<int[]> table = new ArrayList<>();
  private byte[] values = new byte[0];
  private byte[] scratch = new byte[0];

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

  /** Adds a page whose first bytes go to the scratch memory, and notes what is to come out. */
  private int add(byte[] tags, int sizeBytes, int skip) {
    byte[] page = new byte[sizeBytes];
    int damage = SnappyPages.decompress(tags, page);
    int head = scratch.length;
    // Pages lie without a gap at any address, so that what is written beyond an end shows.
    int body = values.length;
    scratch = appended(scratch, Arrays.copyOf(page, skip));
    values = appended(values, Arrays.copyOfRange(page, skip, sizeBytes));
    int start = source.size();
    source.writeBytes(tags);
    source.writeBytes(new byte[-source.size() & 15]);
    table.add(new int[] {start, tags.length, sizeBytes, skip, head, body, 0, 0, 0, 0});
    return damage;
  }

  private static byte[] appended(byte[] before, byte... more) {
    byte[] all = Arrays.copyOf(before, before.length + more.length);
    System.arraycopy(more, 0, all, before.length, more.length);
    return all;
  }

  private static DeviceBuffer upload(byte... bytes) {
    int[] words = new int[Math.max(4, (bytes.length + 15) / 16 * 4)];
    byte[] padded = Arrays.copyOf(bytes, words.length * Integer.BYTES);
    ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
    return arrays.of(words);
  }

  private static byte[] download(DeviceBuffer buffer, int sizeBytes) {
    int[] words = arrays.ints(buffer);
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Integer.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(words);
    return Arrays.copyOf(bytes.array(), sizeBytes);
  }

  private static byte[] untouched(int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    Arrays.fill(bytes, UNTOUCHED);
    return bytes;
  }

  /** Runs all pages and returns the status; what came out takes the place of what should. */
  private int run(Kernel kernel, byte[] intoScratch, byte[] intoValues) {
    int[] words = table.stream().flatMapToInt(Arrays::stream).toArray();
    DeviceBuffer pages = arrays.of(words);
    DeviceBuffer compressed = upload(source.toByteArray());
    DeviceBuffer heads = upload(intoScratch);
    DeviceBuffer bodies = upload(intoValues);
    DeviceBuffer status = arrays.of(new int[1]);
    arrays.run(
        kernel,
        Arguments.builder()
            .putAddress(pages)
            .putAddress(compressed)
            .putAddress(heads)
            .putAddress(bodies)
            .putAddress(status),
        List.of(
            Access.reads(pages),
            Access.reads(compressed),
            Access.updates(heads),
            Access.updates(bodies),
            Access.updates(status)),
        DeviceArrays.Run.of(table.size(), words.length / PAGE_INTS));
    System.arraycopy(download(heads, intoScratch.length), 0, intoScratch, 0, intoScratch.length);
    System.arraycopy(download(bodies, intoValues.length), 0, intoValues, 0, intoValues.length);
    return arrays.ints(status)[0];
  }

  private static Kernel kernel() {
    return arrays.kernels().named("parquet/snappy");
  }

  private void assertAllPages(Kernel kernel) {
    byte[] intoScratch = untouched(scratch.length);
    byte[] intoValues = untouched(values.length);
    assertThat(run(kernel, intoScratch, intoValues)).as("seed=%d", SEED).isZero();
    assertThat(intoScratch).as("seed=%d", SEED).isEqualTo(scratch);
    assertThat(intoValues).as("seed=%d", SEED).isEqualTo(values);
  }

  @Test
  void pagesOfAnyTags() {
    for (int sizeBytes : new int[] {1, 2, 63, 64, 65, 1000, 4095, 9000, 20_000, 30_001}) {
      for (int i = 0; i < 4; i++) {
        byte[] tags = SnappyWriter.random(random, sizeBytes);
        assertThat(add(tags, sizeBytes, i == 0 ? 0 : random.nextInt(sizeBytes + 1))).isZero();
      }
    }
    assertAllPages(kernel());
  }

  /** Most copies are from farther than what is kept in shared memory. */
  @Test
  void littleIsKeptOfTheOutput() {
    for (int i = 0; i < 8; i++) {
      add(SnappyWriter.random(random, 10_000 + i), 10_000 + i, i);
    }
    assertAllPages(
        arrays
            .kernels()
            .compile(KernelCatalog.load().source("parquet/snappy").with("RECENT_BYTES", "1024u")));
  }

  @Test
  void pagesThatWereCompressed() {
    byte[] words = new byte[9_000];
    for (int i = 0; i < words.length; i++) {
      words[i] = (byte) (i % 8 < 3 ? random.nextInt(i % 8 == 2 ? 4 : 256) : 0);
    }
    add(SnappyWriter.compress(words), words.length, 10);
    byte[] noise = new byte[9_000];
    random.nextBytes(noise);
    add(SnappyWriter.compress(noise), noise.length, 7);
    add(SnappyWriter.compress(new byte[9_000]), 9_000, 6);
    add(SnappyWriter.compress(new byte[0]), 0, 0);
    assertAllPages(kernel());
  }

  /** A pattern of so many bytes is repeated by copies of every length. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 16, 31, 32, 33, 63, 64, 65, 127, 128})
  void copiesThatOverlap(int offset) {
    byte[] fresh = new byte[8192];
    random.nextBytes(fresh);
    SnappyWriter tags = new SnappyWriter();
    tags.literal(fresh, 0, offset, 4);
    int sizeBytes = offset;
    for (int length = 1; length <= 64; length++) {
      tags.copy(offset, length, length % 2 == 0 ? 2 : 4);
      sizeBytes += length;
      // The copy takes some or all of the literal before it.
      tags.literal(fresh, length, length, length > 60 ? 1 : 0).copy(offset, 65 - length, 2);
      sizeBytes += 65;
    }
    assertThat(add(tags.toBytes(), sizeBytes, 5)).isZero();
    assertAllPages(kernel());
  }

  @Test
  void literalsOfEveryLength() {
    byte[] fresh = new byte[70_000];
    random.nextBytes(fresh);
    SnappyWriter tags = new SnappyWriter();
    int sizeBytes = 0;
    int[] lengths = {1, 2, 59, 60, 61, 64, 65, 127, 128, 129, 255, 256, 1023, 8191, 8193, 12_345};
    for (int length : lengths) {
      int fewest = length <= 60 ? 0 : length <= 256 ? 1 : 2;
      for (int bytes = fewest; bytes <= 4; bytes++) {
        tags.literal(fresh, length, length, bytes).copy(1 + random.nextInt(length), 9, 2);
        sizeBytes += length + 9;
      }
    }
    assertThat(add(tags.toBytes(), sizeBytes, 300)).isZero();
    assertAllPages(kernel());
  }

  private void assertDamage(byte[] tags, int sizeBytes, int expected) {
    source.reset();
    table.clear();
    values = new byte[0];
    scratch = new byte[0];
    byte[] sound = new byte[100];
    add(new SnappyWriter().literal(sound, 0, 100, 1).toBytes(), 100, 3);
    int damage = add(tags, sizeBytes, 0);
    add(new SnappyWriter().literal(sound, 0, 100, 1).toBytes(), 100, 4);
    byte[] intoScratch = untouched(scratch.length);
    byte[] intoValues = untouched(values.length);
    int status = run(kernel(), intoScratch, intoValues);
    String page = String.format("seed=%d tags=%s", SEED, Arrays.toString(tags));
    assertThat(damage).as(page).isEqualTo(expected < 0 ? damage : expected);
    assertThat(status).as(page).isEqualTo(damage == 0 ? 0 : 16 + damage);
    int from = 97;
    int to = from + sizeBytes;
    if (damage == 0) {
      assertThat(intoValues).as(page).isEqualTo(values);
    }
    assertThat(Arrays.copyOf(intoValues, from)).as(page).containsOnly(0);
    assertThat(Arrays.copyOfRange(intoValues, to, intoValues.length)).as(page).containsOnly(0);
    arrays.clear();
  }

  @Test
  void damagedPagesSayWhatIsWrong() {
    byte[] fresh = new byte[200];
    random.nextBytes(fresh);
    byte[] four = new SnappyWriter().literal(fresh, 0, 4, 0).toBytes();
    assertDamage(new byte[0], 1, SnappyPages.TOO_SHORT);
    assertDamage(four, 5, SnappyPages.TOO_SHORT);
    assertDamage(four, 3, SnappyPages.TOO_LONG);
    assertDamage(Arrays.copyOf(four, 3), 4, SnappyPages.ENDS_EARLY);
    for (int offset : new int[] {0, 5, 70_000, -1, Integer.MIN_VALUE}) {
      byte[] page = new SnappyWriter().literal(fresh, 0, 4, 0).copy(offset, 6, 4).toBytes();
      assertDamage(page, 10, SnappyPages.OFFSET);
      assertDamage(new SnappyWriter().copy(offset, 6, 4).toBytes(), 6, SnappyPages.OFFSET);
    }
    byte[] copied = new SnappyWriter().literal(fresh, 0, 4, 0).copy(4, 6, 2).toBytes();
    assertDamage(copied, 9, SnappyPages.TOO_LONG);
    assertDamage(copied, 10, 0);
    assertDamage(Arrays.copyOf(copied, copied.length - 1), 10, SnappyPages.ENDS_EARLY);
    for (int bytes = 1; bytes <= 4; bytes++) {
      byte[] huge = new byte[1 + bytes];
      Arrays.fill(huge, (byte) -1);
      huge[0] = (byte) ((59 + bytes) << 2);
      assertDamage(huge, 100, SnappyPages.ENDS_EARLY);
      assertDamage(Arrays.copyOf(huge, bytes), 100, SnappyPages.ENDS_EARLY);
    }
  }

  @Test
  void damageAtRandomIsFoundAsByTheTwin() {
    for (int i = 0; i < 150; i++) {
      int sizeBytes = 1 + random.nextInt(400);
      byte[] tags = SnappyWriter.random(random, sizeBytes);
      for (int change = random.nextInt(3); change >= 0; change--) {
        tags[random.nextInt(tags.length)] = (byte) random.nextInt(256);
      }
      int kept = random.nextInt(4) == 0 ? random.nextInt(tags.length) : tags.length;
      assertDamage(Arrays.copyOf(tags, kept), sizeBytes, -1);
    }
  }
}

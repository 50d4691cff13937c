// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.kernels.KernelCatalog;
import dev.kronos.kernels.twin.SortKeys;
import dev.kronos.kernels.twin.SortKeys.Order;
import dev.kronos.kernels.twin.SortKeys.Specials;
import dev.kronos.memory.DeviceBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the kernels that make keys of columns against their twin. */
@Tag("subgroups")
class SortKeysKernelTest {

  private static final int COUNT = 1003;
  private static final int DOWNWARDS = 2;
  private static final int NULLS_FIRST = 4;
  private static final int PART = 1;
  private static final long[] NASTY = {
    0,
    -1,
    1,
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    0x8000_0000L,
    0x7FFF_FFFFL,
    0x7F80_0000L,
    0xFF80_0000L,
    0x7F80_0001L,
    0xFFC0_0000L,
    0x7FF0_0000_0000_0000L,
    0xFFF0_0000_0000_0000L,
    0x7FF0_0000_0000_0001L,
    0xFFF8_0000_0000_0000L
  };

  private static DeviceArrays arrays;

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

  /** Makes the key of the value in a row. */
  @FunctionalInterface
  interface Twin {
    long key(SortKeys keys, long value);
  }

  /**
   * A kernel, how many bytes a value takes, and its twin.
   *
   * @param stride bytes from one value to the next
   * @param lowest first byte of the value that the kernel reads
   */
  record Kind(String name, int stride, int lowest, Twin twin) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind("int8", 1, 0, (keys, value) -> keys.ofUnsigned((byte) value + 0x80)),
        new Kind("int16", 2, 0, (keys, value) -> keys.ofUnsigned((short) value + 0x8000)),
        new Kind("int32", 4, 0, SortKeys::ofSigned),
        new Kind("int64", 8, 0, SortKeys::ofSigned),
        new Kind("float32", 4, 0, SortKeys::ofFloat),
        new Kind("float64", 8, 0, SortKeys::ofFloat),
        new Kind("int128_low", 16, 0, SortKeys::ofUnsigned),
        new Kind("int128_narrow", 16, 0, SortKeys::ofSigned),
        new Kind("int128_high", 16, 8, SortKeys::ofSigned));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void keysOfNumbersEqualTheTwin(Kind kind) {
    Random random = new Random(5);
    long[] values =
        IntStream.range(0, COUNT)
            .mapToLong(i -> i < NASTY.length ? NASTY[i] : random.nextLong() >> random.nextInt(64))
            .toArray();
    DeviceBuffer source = numbers(kind, values);
    for (Variant variant : Variant.values()) {
      SortKeys twin = variant.twin(bits(kind.name));
      Run run = new Run(kind.name, new DeviceBuffer[] {source, null}, variant);
      run.check(row -> kind.twin.key(twin, values[row]));
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void keysOfStringsEqualTheTwin(List<String> texts) {
    byte[][] bytes =
        texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    ByteBuffer characters = ByteBuffer.allocate(32 * COUNT).order(ByteOrder.LITTLE_ENDIAN);
    int[] offsets = new int[COUNT + 1];
    for (int i = 0; i < COUNT; i++) {
      characters.put(bytes[i % bytes.length]);
      offsets[i + 1] = characters.position();
    }
    DeviceBuffer[] source = {words(characters), arrays.of(offsets)};
    for (Variant variant : Variant.values()) {
      new Run("utf8", source, variant)
          .check(row -> variant.twin(64).ofString(bytes[row % bytes.length], PART));
      new Run("length", source, variant)
          .check(row -> variant.twin(32).ofUnsigned(bytes[row % bytes.length].length));
    }
  }

  static List<List<String>> texts() {
    return List.of(
        List.of(
            "", "short", "eight by", "eight byt", "sixteen bytes ..", "more than sixteen bytes"),
        List.of("12345678\0", "12345678", "12345678\u00FF\uFFFD"));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void keysOfBitsAndNullsEqualTheTwin(Variant variant) {
    int[] bits = new Random(9).ints(COUNT / 32 + 2).toArray();
    DeviceBuffer source = arrays.of(bits);
    new Run("bits", new DeviceBuffer[] {source, null}, variant)
        .check(row -> variant.twin(32).ofUnsigned(bit(bits, row + Run.BIT_OFFSET)));
    Run nulls = new Run("nulls", new DeviceBuffer[] {source, null}, variant);
    SortKeys twin = variant.twin(32);
    assertThat(nulls.keys())
        .isEqualTo(
            Arrays.stream(nulls.rows)
                .mapToLong(row -> nulls.valid(row) ? twin.ofValue() : twin.ofNull())
                .toArray());
  }

  static Variant[] variants() {
    return Variant.values();
  }

  private static int bit(int[] words, int at) {
    return (words[at / 32] >>> (at % 32)) & 1;
  }

  private static int bits(String kernel) {
    return KernelCatalog.load().spec("sort/keys_" + kernel).macros().get("KEY_BYTES").equals("8")
        ? 64
        : 32;
  }

  private static DeviceBuffer numbers(Kind kind, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(kind.stride * COUNT + 16).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < COUNT; i++) {
      int end = Math.min(Long.BYTES, kind.stride - kind.lowest);
      for (int b = 0; b < end; b++) {
        bytes.put(i * kind.stride + kind.lowest + b, (byte) (values[i] >>> (8 * b)));
      }
    }
    return words(bytes);
  }

  private static DeviceBuffer words(ByteBuffer bytes) {
    int[] words = new int[bytes.capacity() / Integer.BYTES];
    bytes.rewind().asIntBuffer().get(words);
    return arrays.of(words);
  }

  /** Lists the orders. */
  enum Variant {
    UP(Order.UP, Specials.LAST, 0),
    DOWN(Order.DOWN, Specials.LAST, DOWNWARDS),
    DOWN_NULLS_FIRST(Order.DOWN, Specials.FIRST, DOWNWARDS | NULLS_FIRST);

    private final Order order;
    private final Specials specials;
    private final int flags;

    Variant(Order order, Specials specials, int flags) {
      this.order = order;
      this.specials = specials;
      this.flags = flags;
    }

    SortKeys twin(int bits) {
      return new SortKeys(bits, order, specials);
    }
  }

  /** Gives the key of a row. */
  @FunctionalInterface
  private interface Expected {
    long of(int row);
  }

  /** Runs a kernel over rows in another order, some of them null. */
  private static final class Run {
    static final int BIT_OFFSET = 3;

    private final String kernel;
    private final DeviceBuffer[] valuesAndOffsets;
    private final Variant variant;
    private final int[] validity = new Random(2).ints(COUNT / 32 + 2).toArray();
    private final DeviceBuffer range = arrays.of(-1L, 0L);
    final int[] rows = new Random(4).ints(COUNT, 0, COUNT).toArray();

    Run(String kernel, DeviceBuffer[] valuesAndOffsets, Variant variant) {
      this.kernel = kernel;
      this.valuesAndOffsets = valuesAndOffsets;
      this.variant = variant;
    }

    boolean valid(int row) {
      return bit(validity, row + BIT_OFFSET) == 1;
    }

    void check(Expected expected) {
      long[] keys = keys();
      long least = -1;
      long greatest = 0;
      for (int i = 0; i < COUNT; i++) {
        boolean valid = valid(rows[i]);
        long key = valid ? expected.of(rows[i]) : 0;
        assertThat(keys[i]).as("%s %s row %d", kernel, variant, rows[i]).isEqualTo(key);
        least = valid && Long.compareUnsigned(key, least) < 0 ? key : least;
        greatest = valid && Long.compareUnsigned(key, greatest) > 0 ? key : greatest;
      }
      assertThat(arrays.longs(range)).containsExactly(least, greatest);
    }

    long[] keys() {
      boolean wide = bits(kernel) == 64;
      DeviceBuffer keys = wide ? arrays.of(new long[COUNT]) : arrays.of(new int[COUNT]);
      DeviceBuffer valid = arrays.of(validity);
      DeviceBuffer order = arrays.of(rows);
      Arguments arguments = Arguments.builder().putAddress(valid).putAddress(valuesAndOffsets[0]);
      List<Access> accesses =
          new ArrayList<>(
              List.of(
                  Access.reads(valid),
                  Access.reads(valuesAndOffsets[0]),
                  Access.reads(order),
                  Access.writes(keys),
                  Access.updates(range)));
      if (valuesAndOffsets[1] == null) {
        arguments.putLong(0);
      } else {
        arguments.putAddress(valuesAndOffsets[1]);
        accesses.add(Access.reads(valuesAndOffsets[1]));
      }
      arguments.putLong(0).putLong(BIT_OFFSET);
      arguments.putAddress(order).putAddress(keys).putAddress(range).putInt(PART).putInt(0);
      arrays.run(
          "sort/keys_" + kernel,
          arguments,
          accesses,
          new DeviceArrays.Run(2, COUNT, variant.flags));
      return wide
          ? arrays.longs(keys)
          : Arrays.stream(arrays.ints(keys)).mapToLong(Integer::toUnsignedLong).toArray();
    }
  }
}

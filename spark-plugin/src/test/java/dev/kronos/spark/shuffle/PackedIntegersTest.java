// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.shuffle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.spark.shuffle.PackedIntegers.Run;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packs integers whose fewest bytes are known and takes them out again. */
class PackedIntegersTest {
  private static final long SEED = 20261128;

  private final RootAllocator allocator = new RootAllocator();
  private final PackedIntegers integers = new PackedIntegers();

  @AfterEach
  void nothingIsLeftBehind() {
    allocator.close();
  }

  private ArrowBuf memory(List<BigInteger> values, int width) {
    ArrowBuf memory = allocator.buffer((long) values.size() * width);
    for (int i = 0; i < values.size(); i++) {
      for (int b = 0; b < width; b++) {
        memory.setByte((long) i * width + b, values.get(i).shiftRight(8 * b).byteValue());
      }
    }
    return memory;
  }

  private static List<Byte> bytes(ArrowBuf memory) {
    return IntStream.range(0, (int) memory.capacity()).mapToObj(memory::getByte).toList();
  }

  /** The value at either end of what fits is packed so; the next one needs more. */
  @ParameterizedTest
  @CsvSource({
    "2, 127, 1",
    "2, -128, 1",
    "2, 128, 2",
    "2, -129, 2",
    "4, -1, 1",
    "4, 32767, 2",
    "4, 32768, 4",
    "4, -32769, 4",
    "8, 0, 1",
    "8, 2147483647, 4",
    "8, 2147483648, 8",
    "8, -9223372036854775808, 8",
    "16, -2147483648, 4",
    "16, 9223372036854775807, 8",
    "16, 9223372036854775808, 16",
    "16, -9223372036854775808, 8",
    "16, -9223372036854775809, 16",
    "16, 99999999999999999999999999999999999999, 16"
  })
  void oneValueDecides(int width, BigInteger value, int expected) {
    for (int place : new int[] {0, 1023, 1024, 2048}) {
      List<BigInteger> values =
          new ArrayList<>(java.util.Collections.nCopies(2049, BigInteger.ONE));
      values.set(place, value);
      try (ArrowBuf memory = memory(values, width)) {
        assertThat(integers.fewestBytes(Run.at(memory.memoryAddress(), width), values.size()))
            .as("place %d", place)
            .isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1023, 1024, 1025, 3000})
  void integersComeBackAsTheyWere(int count) {
    Random random = new Random(SEED + count);
    for (int width = 2; width <= 16; width *= 2) {
      for (int bits = 1; bits < Math.min(64, 8 * width); bits += 3) {
        List<BigInteger> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          values.add(BigInteger.valueOf(random.nextLong() >> (64 - bits)));
        }
        try (ArrowBuf memory = memory(values, width);
            ArrowBuf back = allocator.buffer(Math.max(1, (long) count * width))) {
          Run plain = Run.at(memory.memoryAddress(), width);
          int packed = integers.fewestBytes(plain, count);
          assertThat(packed).isLessThanOrEqualTo(Math.max(1, 2 * ((bits + 7) / 8)));
          byte[] target = new byte[5 + packed * count];
          integers.copy(plain, Run.in(target, 5, packed), count);
          integers.copy(Run.in(target, 5, packed), Run.at(back.memoryAddress(), width), count);
          assertThat(bytes(back).subList(0, count * width))
              .as("seed %d, width %d, bits %d", SEED + count, width, bits)
              .isEqualTo(bytes(memory).subList(0, count * width));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "127, 1", "128, 2", "40000, 4"})
  void lengthsBecomeEndsAgain(int longest, int expected) {
    int count = 2500;
    int first = 77;
    Random random = new Random(longest);
    List<Integer> ends = new ArrayList<>(List.of(first));
    for (int i = 0; i < count; i++) {
      int length = i == count / 2 ? longest : random.nextInt(longest + 1);
      ends.add(ends.get(i) + length);
    }
    List<BigInteger> offsets = ends.stream().map(BigInteger::valueOf).collect(Collectors.toList());
    try (ArrowBuf memory = memory(offsets, 4);
        ArrowBuf back = allocator.buffer(4L * count)) {
      int packed = integers.fewestBytes(Run.lengths(memory.memoryAddress()), count);
      assertThat(packed).isEqualTo(expected);
      byte[] target = new byte[packed * count];
      integers.copy(Run.lengths(memory.memoryAddress()), Run.in(target, 0, packed), count);
      Run ended = Run.at(back.memoryAddress(), 4);
      int end = integers.copyEnds(Run.in(target, 0, packed), ended, first, count);
      assertThat(end).isEqualTo(ends.get(count));
      assertThat(IntStream.range(0, count).mapToObj(i -> back.getInt(4L * i)))
          .isEqualTo(ends.subList(1, ends.size()));
    }
  }
}

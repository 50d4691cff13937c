// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.kernels.twin.Gathers;
import dev.kronos.memory.DeviceBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the kernels that take values by the numbers of their rows against their twin. */
@Tag("subgroups")
class GatherKernelTest {

  private static final int SOURCES = 500;

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

  @ParameterizedTest
  @CsvSource({"8, 0", "8, 1000", "16, 1002", "32, 1", "64, 777", "128, 300"})
  void valuesEqualTheTwin(int bits, int count) {
    byte[] source = new byte[SOURCES * bits / Byte.SIZE];
    new Random(bits).nextBytes(source);
    int[] rows = new Random(count).ints(count, 0, SOURCES).toArray();
    int targetInts = (count * bits / Byte.SIZE + 3) / Integer.BYTES;
    DeviceBuffer target = arrays.of(new int[targetInts]);
    run("sort/gather_" + bits, ints(source), rows, target, 0);
    assertThat(arrays.ints(target)).isEqualTo(Arrays.copyOf(taken(source, bits, rows), targetInts));
  }

  /** Takes values of up to 64 bits by the twin, and wider ones as two of them. */
  private static int[] taken(byte[] source, int bits, int... rows) {
    int part = Math.min(bits, Long.SIZE) / Byte.SIZE;
    int parts = bits / Byte.SIZE / part;
    long[] values = new long[source.length / part];
    for (int i = 0; i < source.length; i++) {
      values[i / part] |= (source[i] & 0xFFL) << (i % part * Byte.SIZE);
    }
    int[] places = new int[rows.length * parts];
    Arrays.setAll(places, i -> rows[i / parts] * parts + i % parts);
    byte[] bytes = new byte[(places.length * part + 3) / Integer.BYTES * Integer.BYTES];
    long[] taken = Gathers.values(values, places);
    for (int i = 0; i < taken.length * part; i++) {
      bytes[i] = (byte) (taken[i / part] >>> (i % part * Byte.SIZE));
    }
    return asInts(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 1000, 9000})
  void bitsEqualTheTwin(int count) {
    int[] source = new Random(1).ints(SOURCES / 32 + 2).toArray();
    int[] rows = new Random(count).ints(count, 0, SOURCES).toArray();
    DeviceBuffer target = arrays.of(new int[(count + 31) / 32]);
    int bitOffset = 5;
    run("sort/gather_bits", arrays.of(source), rows, target, bitOffset);
    assertThat(arrays.ints(target)).isEqualTo(Gathers.bits(source, bitOffset, rows));
  }

  private static void run(
      String kernel, DeviceBuffer source, int[] rows, DeviceBuffer target, int bitOffset) {
    DeviceBuffer order = arrays.of(rows);
    Arguments arguments =
        Arguments.builder()
            .putAddress(source)
            .putAddress(order)
            .putAddress(target)
            .putInt(bitOffset)
            .putInt(0);
    List<Access> accesses =
        List.of(Access.reads(source), Access.reads(order), Access.writes(target));
    arrays.run(kernel, arguments, accesses, DeviceArrays.Run.of(2, rows.length));
  }

  private static DeviceBuffer ints(byte... bytes) {
    return arrays.of(asInts(bytes));
  }

  private static int[] asInts(byte... bytes) {
    int[] ints = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(ints);
    return ints;
  }
}

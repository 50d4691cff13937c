// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.sort.SortBuffers.Rows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("subgroups")
class RadixSortTest {

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static int[] sizes(KeyWidth width, Rows rows) {
    int tile = width.tile(rows);
    return new int[] {1, 2, 255, tile - 1, tile, tile + 1, 1 << 16, 100_000};
  }

  @ParameterizedTest
  @EnumSource
  void signedKeysAreSortedUpwards(KeyWidth width) {
    for (int size : sizes(width, Rows.NONE)) {
      long[] keys = keys(width, size, -1);
      Sorted found = sort(width, keys, KeyRange.signed(width, SortOrder.ASCENDING), Rows.NONE);
      assertThat(found.keys).isEqualTo(Arrays.stream(keys).sorted().toArray());
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsOfEqualKeysStayInOrderDownwards(KeyWidth width) {
    for (int size : sizes(width, Rows.NUMBERED)) {
      long[] keys = keys(width, size, 300);
      Sorted found = sort(width, keys, KeyRange.signed(width, SortOrder.DESCENDING), Rows.NUMBERED);
      int[] expected =
          IntStream.range(0, size)
              .boxed()
              .sorted(Comparator.comparing((Integer i) -> keys[i]).reversed())
              .mapToInt(i -> i)
              .toArray();
      assertThat(found.rows).isEqualTo(expected);
    }
  }

  @Test
  void knownRangeSavesPasses() {
    long[] keys = keys(KeyWidth.INT64, 5000, 200);
    KeyRange range = KeyRange.between(0, 199);
    long before = open.kronos().counters().dispatches();
    Sorted found = sort(KeyWidth.INT64, keys, range, Rows.NONE);
    long onePass = 5;
    assertThat(open.kronos().counters().dispatches() - before).isEqualTo(onePass);
    assertThat(found.keys).isEqualTo(Arrays.stream(keys).sorted().toArray());
  }

  @Test
  void rangesOfUnsignedKeysNeedNoMoreBitsThanTheyDiffer() {
    assertThat(KeyRange.between(7, 7).bits()).isZero();
    assertThat(KeyRange.between(-1, 0).bits()).isZero();
    assertThat(KeyRange.between(-300, -45).bits()).isEqualTo(8);
    assertThat(KeyRange.between(1, 257).bits()).isEqualTo(9);
    assertThat(KeyRange.between(0, -1).bits()).isEqualTo(64);
  }

  @Test
  void allEqualKeysKeepTheirRows() {
    Sorted found = sort(KeyWidth.INT32, new long[10_000], KeyRange.between(0, 0), Rows.NUMBERED);
    assertThat(found.rows).isEqualTo(IntStream.range(0, 10_000).toArray());
  }

  @Test
  void noKeysAreNoWork() {
    assertThat(sort(KeyWidth.INT32, new long[0], KeyRange.between(0, 9), Rows.NUMBERED).rows)
        .isEmpty();
  }

  @Test
  void tooFewKeysAreRefused() {
    try (Stream stream = open.kronos().newStream();
        DeviceBuffer source = open.kronos().memory().allocate(Pool.DEVICE, 8);
        SortBuffers buffers = new SortBuffers(open.kronos(), KeyWidth.INT32, 3, Rows.NONE)) {
      RadixSort sort = new RadixSort(open.kronos(), KeyWidth.INT32);
      assertThatThrownBy(() -> sort.record(stream, source, buffers, KeyRange.between(0, 1)))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("fewer keys than to be sorted: source=");
    }
  }

  private static long[] keys(KeyWidth width, int size, int spread) {
    Random random = new Random(size);
    long[] keys = new long[size];
    for (int i = 0; i < size; i++) {
      long key = spread < 0 ? random.nextLong() : random.nextInt(spread);
      keys[i] = width == KeyWidth.INT32 ? (int) key : key;
    }
    return keys;
  }

  private record Sorted(long[] keys, int[] rows) {}

  private static Sorted sort(KeyWidth width, long[] keys, KeyRange range, Rows rows) {
    long keyBytes = (long) keys.length * width.sizeBytes();
    try (Stream stream = open.kronos().newStream();
        DeviceBuffer source = open.kronos().memory().allocate(Pool.DEVICE, keyBytes);
        DeviceBuffer host = open.kronos().memory().allocate(Pool.READBACK, 12L * keys.length);
        SortBuffers buffers = new SortBuffers(open.kronos(), width, keys.length, rows)) {
      for (int i = 0; i < keys.length; i++) {
        put(width, host.hostAddress(), i, keys[i]);
      }
      stream.copy(host, 0, source, 0, keyBytes);
      new RadixSort(open.kronos(), width).record(stream, source, buffers, range);
      stream.copy(buffers.keys(), 0, host, 0, keyBytes);
      if (rows == Rows.NUMBERED) {
        stream.copy(buffers.rows(), 0, host, keyBytes, 4L * keys.length);
      }
      stream.submit().await();
      return read(width, host.hostAddress(), keys.length, rows);
    }
  }

  private static Sorted read(KeyWidth width, long address, int count, Rows rows) {
    long[] keys = IntStream.range(0, count).mapToLong(i -> key(width, address, i)).toArray();
    long rowsAt = address + (long) count * width.sizeBytes();
    int[] numbers =
        rows == Rows.NONE
            ? null
            : IntStream.range(0, count).map(i -> HostMemory.intAt(rowsAt + 4L * i)).toArray();
    return new Sorted(keys, numbers);
  }

  private static void put(KeyWidth width, long address, int i, long key) {
    if (width == KeyWidth.INT32) {
      HostMemory.putInt(address + 4L * i, (int) key);
    } else {
      HostMemory.putLong(address + 8L * i, key);
    }
  }

  private static long key(KeyWidth width, long address, int i) {
    return width == KeyWidth.INT32
        ? HostMemory.intAt(address + 4L * i)
        : HostMemory.longAt(address + 8L * i);
  }
}

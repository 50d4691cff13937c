// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.column.BufferSlice;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.Resources;
import java.util.stream.IntStream;

/**
 * Holds arrays on the device whose contents are a function of the place, so that the host keeps no
 * copy: filled and read a piece at a time.
 */
final class DeviceData implements AutoCloseable {

  private static final long PIECE_BYTES = 64L << 20;

  private final Kronos kronos;
  private final Stream stream;
  private final Resources resources = new Resources();

  DeviceData(Kronos kronos) {
    this.kronos = kronos;
    this.stream = resources.own(kronos.newStream());
  }

  /** Gives the element at a place; the low bytes of it where elements are narrower. */
  @FunctionalInterface
  interface Contents {
    long at(int place);
  }

  /** Takes an element, sign-extended; places come in order. */
  @FunctionalInterface
  interface Reader {
    void take(int place, long element);
  }

  /** Returns a number that looks random, for a place. */
  static long random(long place) {
    long z = (place + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns the place whose {@link #random} is a number: every number is that of one place. */
  static long place(long random) {
    long z = random ^ (random >>> 31) ^ (random >>> 62);
    z *= inverse(0x94D049BB133111EBL);
    z = z ^ (z >>> 27) ^ (z >>> 54);
    z *= inverse(0xBF58476D1CE4E5B9L);
    z = z ^ (z >>> 30) ^ (z >>> 60);
    return z * inverse(0x9E3779B97F4A7C15L) - 1;
  }

  /** Returns what an odd number times gives 1, by Newton's iteration: 3 bits, then 6, 12, ... */
  private static long inverse(long odd) {
    long x = odd;
    for (int bits = 3; bits < Long.SIZE; bits *= 2) {
      x *= 2 - odd * x;
    }
    return x;
  }

  /** Allocates without filling; this closes it. */
  DeviceBuffer allocate(long sizeBytes) {
    return resources.own(kronos.memory().allocate(Pool.DEVICE, sizeBytes));
  }

  /** Allocates and fills; this closes it. */
  DeviceBuffer filled(int count, int elementBytes, Contents contents) {
    DeviceBuffer target = allocate((long) count * elementBytes);
    int piece = (int) (PIECE_BYTES / elementBytes);
    try (DeviceBuffer host = kronos.memory().allocate(Pool.UPLOAD, PIECE_BYTES)) {
      for (int first = 0; first < count; first += piece) {
        int start = first;
        int size = Math.min(piece, count - first);
        IntStream.range(0, size)
            .parallel()
            .forEach(i -> put(host.hostAddress(), i, elementBytes, contents.at(start + i)));
        long offset = (long) first * elementBytes;
        stream.copy(host, 0, target, offset, (long) size * elementBytes).submit().await();
      }
    }
    return target;
  }

  private static void put(long address, int i, int elementBytes, long element) {
    if (elementBytes == Long.BYTES) {
      HostMemory.putLong(address + (long) i * Long.BYTES, element);
    } else {
      HostMemory.putInt(address + (long) i * Integer.BYTES, (int) element);
    }
  }

  /** Reads elements from the start of a buffer in their order. */
  void read(DeviceBuffer source, int count, int elementBytes, Reader reader) {
    read(BufferSlice.whole(source), count, elementBytes, reader);
  }

  /** Reads elements in their order. */
  void read(BufferSlice source, int count, int elementBytes, Reader reader) {
    int piece = (int) (PIECE_BYTES / elementBytes);
    try (DeviceBuffer host = kronos.memory().allocate(Pool.READBACK, PIECE_BYTES)) {
      for (int first = 0; first < count; first += piece) {
        int size = Math.min(piece, count - first);
        long offset = source.offset() + (long) first * elementBytes;
        stream.copy(source.buffer(), offset, host, 0, (long) size * elementBytes).submit().await();
        for (int i = 0; i < size; i++) {
          long at = host.hostAddress() + (long) i * elementBytes;
          boolean wide = elementBytes == Long.BYTES;
          reader.take(first + i, wide ? HostMemory.longAt(at) : HostMemory.intAt(at));
        }
      }
    }
  }

  @Override
  public void close() {
    resources.close();
  }
}

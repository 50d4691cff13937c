// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;

/** Holds the same random values as vectors and as arrays. */
final class CallData implements AutoCloseable {
  private static final int GROUPS = 1000;

  /** Rows and columns of matrices. */
  static final int SIDE = 256;

  final long[] longs;
  final long[] others;
  final int[] ints;
  final int[] groups;
  final int[] places;
  final int[] keys;
  final boolean[] flags;
  final double[] doubles;
  final float[] matrix = new float[SIDE * SIDE];
  final String[] words;
  final BigIntVector longVector;
  final BigIntVector otherVector;
  final IntVector intVector;
  final IntVector groupVector;
  final IntVector placeVector;
  final IntVector keyVector;
  final BitVector flagVector;
  final Float8Vector doubleVector;
  final Float4Vector matrixVector;
  final VarCharVector wordVector;

  CallData(BufferAllocator allocator, int count) {
    longs = new long[count];
    others = new long[count];
    ints = new int[count];
    groups = new int[count];
    places = new int[count];
    keys = new int[Math.max(1, count / 10)];
    flags = new boolean[count];
    doubles = new double[count];
    words = new String[count];
    longVector = new BigIntVector("longs", allocator);
    otherVector = new BigIntVector("others", allocator);
    intVector = new IntVector("ints", allocator);
    groupVector = new IntVector("groups", allocator);
    placeVector = new IntVector("places", allocator);
    keyVector = new IntVector("keys", allocator);
    flagVector = new BitVector("flags", allocator);
    doubleVector = new Float8Vector("doubles", allocator);
    matrixVector = new Float4Vector("matrix", allocator);
    wordVector = new VarCharVector("words", allocator);
    draw();
    fill();
  }

  /** Numbers are small enough for sums of products to be exact in any order. */
  private void draw() {
    for (int i = 0; i < longs.length; i++) {
      long random = DeviceData.random(i);
      longs[i] = random >> 40;
      others[i] = DeviceData.random(i + longs.length) >> 40;
      ints[i] = Math.floorMod((int) random, longs.length);
      groups[i] = Math.floorMod((int) (random >> 8), GROUPS);
      places[i] = Math.floorMod((int) (random >> 16), longs.length);
      flags[i] = (random & 1) == 0;
      doubles[i] = random >> 48;
      words[i] = String.format(Locale.ROOT, "%05x", random & 0xFFFFF);
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = 10 * i;
    }
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = Math.floorMod((int) DeviceData.random(i), 16) - 8;
    }
  }

  private void fill() {
    for (int i = 0; i < longs.length; i++) {
      longVector.setSafe(i, longs[i]);
      otherVector.setSafe(i, others[i]);
      intVector.setSafe(i, ints[i]);
      groupVector.setSafe(i, groups[i]);
      placeVector.setSafe(i, places[i]);
      flagVector.setSafe(i, flags[i] ? 1 : 0);
      doubleVector.setSafe(i, doubles[i]);
      wordVector.setSafe(i, words[i].getBytes(StandardCharsets.UTF_8));
    }
    for (int i = 0; i < keys.length; i++) {
      keyVector.setSafe(i, keys[i]);
    }
    for (int i = 0; i < matrix.length; i++) {
      matrixVector.setSafe(i, matrix[i]);
    }
    longVector.setValueCount(longs.length);
    otherVector.setValueCount(longs.length);
    intVector.setValueCount(longs.length);
    groupVector.setValueCount(longs.length);
    placeVector.setValueCount(longs.length);
    flagVector.setValueCount(longs.length);
    doubleVector.setValueCount(longs.length);
    wordVector.setValueCount(longs.length);
    keyVector.setValueCount(keys.length);
    matrixVector.setValueCount(matrix.length);
  }

  @Override
  public void close() {
    longVector.close();
    otherVector.close();
    intVector.close();
    groupVector.close();
    placeVector.close();
    keyVector.close();
    flagVector.close();
    doubleVector.close();
    matrixVector.close();
    wordVector.close();
  }
}

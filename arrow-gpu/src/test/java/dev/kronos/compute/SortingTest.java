// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.compute.SortOracle.Shape;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.SortOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("subgroups")
class SortingTest {

  private static OpenKronos open;
  private static Sorting sorting;

  @BeforeAll
  static void openDevice() {
    open = new OpenKronos();
    sorting = new Sorting(open.kronos());
  }

  @AfterAll
  static void closeDevice() {
    open.close();
  }

  @AfterEach
  void nothingIsLeftAllocated() {
    assertThat(open.kronos().allocator().getAllocatedMemory()).isZero();
    assertThat(OpenKronos.heldBuffers(open.kronos())).isZero();
  }

  private static BufferAllocator allocator() {
    return open.kronos().allocator();
  }

  static Stream<SortOracle.Key> ordersOfEachType() {
    List<SortOracle.Key> keys = new ArrayList<>();
    for (SortKind kind : SortKind.values()) {
      for (SortOrder order : SortOrder.values()) {
        for (NullPlacement nulls : NullPlacement.values()) {
          keys.add(new SortOracle.Key(kind, List.of(), order, nulls));
        }
      }
    }
    return keys.stream();
  }

  @ParameterizedTest
  @MethodSource("ordersOfEachType")
  void eachTypeIsSortedInEachOrder(SortOracle.Key of) {
    for (int count : new int[] {0, 1, 2, 300, 4097}) {
      List<Object> values = Shape.WITH_NULLS.values(of.kind(), count, count);
      check(new SortOracle.Key(of.kind(), values, of.order(), of.nulls()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachShapeIsSorted(Shape shape) {
    for (SortKind kind : SortKind.values()) {
      List<Object> values = shape.values(kind, 1000, 7);
      check(new SortOracle.Key(kind, values, SortOrder.DESCENDING, NullPlacement.AT_START));
      check(new SortOracle.Key(kind, values, SortOrder.ASCENDING, NullPlacement.AT_END));
    }
  }

  @ParameterizedTest
  @EnumSource
  void nastyValuesMeetEachOther(SortKind kind) {
    List<Object> values = new ArrayList<>();
    for (Object value : kind.nasty()) {
      values.addAll(kind.nasty());
      values.add(value);
      values.add(null);
    }
    check(new SortOracle.Key(kind, values, SortOrder.ASCENDING, NullPlacement.AT_END));
    check(new SortOracle.Key(kind, values, SortOrder.DESCENDING, NullPlacement.AT_START));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {2559, 2560, 2561, 4095, 4096, 5119, 5120, 5121, 32_767, 32_768, 65_537, 100_000})
  void sizesAroundTilesAreSorted(int count) {
    for (SortKind kind : List.of(SortKind.INT32, SortKind.FLOAT64)) {
      List<Object> values = Shape.RANDOM.values(kind, count, count);
      check(new SortOracle.Key(kind, values, SortOrder.ASCENDING, NullPlacement.AT_END));
    }
  }

  @Test
  void severalKeysAreSortedByTheFirstThenTheNext() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 6; round++) {
      List<SortOracle.Key> keys = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        SortKind kind = SortKind.values()[random.nextInt(SortKind.values().length)];
        Shape shape = i == 2 ? Shape.WITH_NULLS : Shape.ZIPF;
        keys.add(
            new SortOracle.Key(
                kind,
                shape.values(kind, 2000, random.nextLong()),
                SortOrder.values()[random.nextInt(2)],
                NullPlacement.values()[random.nextInt(2)]));
      }
      assertThat(indices(keys))
          .as("seed=%d round=%d", seed, round)
          .isEqualTo(SortOracle.order(keys));
    }
  }

  @ParameterizedTest
  @EnumSource
  void firstValuesAreFoundWithAndWithoutSelecting(SortKind kind) {
    for (Shape shape : List.of(Shape.RANDOM, Shape.WITH_NULLS, Shape.ZIPF, Shape.ALL_EQUAL)) {
      List<Object> values = shape.values(kind, 6000, 11);
      for (SortOrder order : SortOrder.values()) {
        SortOracle.Key key = new SortOracle.Key(kind, values, order, NullPlacement.AT_END);
        int[] expected = SortOracle.order(List.of(key));
        try (FieldVector vector = kind.vector(allocator(), values)) {
          for (int most : new int[] {0, 1, 10, 750, 751, 5999, 6000, 6001}) {
            SortKey by = new SortKey(vector, order, NullPlacement.AT_END);
            try (IntVector found = sorting.topK(by, most)) {
              assertThat(ints(found))
                  .as("%s %s %s %d", kind, shape, order, most)
                  .isEqualTo(Arrays.copyOf(expected, Math.min(most, 6000)));
            }
          }
        }
      }
    }
  }

  @Test
  void fewFirstValuesCostLessThanSorting() {
    List<Object> values = Shape.RANDOM.values(SortKind.INT64, 50_000, 3);
    try (FieldVector vector = SortKind.INT64.vector(allocator(), values)) {
      long before = open.kronos().counters().streams().deviceNanos();
      sorting.topK(SortKey.ascending(vector), 10).close();
      long few = open.kronos().counters().streams().deviceNanos() - before;
      sorting.sortIndices(List.of(SortKey.ascending(vector))).close();
      long all = open.kronos().counters().streams().deviceNanos() - before - few;
      assertThat(few).isLessThan(all);
    }
  }

  @Test
  void vectorsOfDifferentLengthsAreRefused() {
    try (FieldVector one = SortKind.INT32.vector(allocator(), List.of(1));
        FieldVector two = SortKind.INT32.vector(allocator(), List.of(1, 2))) {
      List<SortKey> keys = List.of(SortKey.ascending(one), SortKey.descending(two));
      assertThatThrownBy(() -> sorting.sortIndices(keys))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("vectors of different lengths: first=1, vector=values, length=2");
    }
  }

  @Test
  void noKeysAndNegativeCountsAreRefused() {
    assertThatThrownBy(() -> sorting.sortIndices(List.of()))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessage("nothing to sort by: keys=0");
    try (FieldVector vector = SortKind.INT32.vector(allocator(), List.of(1))) {
      assertThatThrownBy(() -> sorting.topK(SortKey.ascending(vector), -1))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("negative number of rows: most=-1");
    }
  }

  @Test
  void typesWithoutColumnsAreRefused() {
    try (DateMilliVector vector = new DateMilliVector("dates", allocator())) {
      assertThatThrownBy(() -> sorting.sort(SortKey.ascending(vector)))
          .isInstanceOf(KronosException.Unsupported.class);
    }
  }

  /** Compares indices and values with the oracle's. */
  private static void check(SortOracle.Key key) {
    int[] expected = SortOracle.order(List.of(key));
    String what = "%s %s %s of %d".formatted(key.kind(), key.order(), key.nulls(), expected.length);
    assertThat(indices(List.of(key))).as(what).isEqualTo(expected);
    try (FieldVector vector = key.kind().vector(allocator(), key.values());
        FieldVector sorted = sorting.sort(new SortKey(vector, key.order(), key.nulls()))) {
      assertThat(sorted.getName()).isEqualTo("values");
      assertThat(sorted.getValueCount()).isEqualTo(expected.length);
      for (int i = 0; i < expected.length; i++) {
        if (!same(sorted, i, vector, expected[i])) {
          assertThat(sorted.getObject(i))
              .as(what + " at " + i)
              .isEqualTo(vector.getObject(expected[i]));
        }
      }
    }
  }

  private static boolean same(FieldVector a, int i, FieldVector b, int j) {
    return a.isNull(i)
        ? b.isNull(j)
        : !b.isNull(j) && Objects.deepEquals(a.getObject(i), b.getObject(j));
  }

  private static int[] indices(List<SortOracle.Key> keys) {
    List<FieldVector> vectors = new ArrayList<>();
    try {
      List<SortKey> by = new ArrayList<>();
      for (SortOracle.Key key : keys) {
        vectors.add(key.kind().vector(allocator(), key.values()));
        by.add(new SortKey(vectors.get(vectors.size() - 1), key.order(), key.nulls()));
      }
      try (IntVector found = sorting.sortIndices(by)) {
        return ints(found);
      }
    } finally {
      vectors.forEach(FieldVector::close);
    }
  }

  private static int[] ints(IntVector vector) {
    int[] values = new int[vector.getValueCount()];
    for (int i = 0; i < values.length; i++) {
      assertThat(vector.isNull(i)).isFalse();
      values[i] = vector.get(i);
    }
    return values;
  }
}

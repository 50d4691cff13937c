// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.DataType;
import dev.kronos.operator.join.JoinType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares joins of vectors with their plain-Java twin, byte by byte and in order. */
class JoinsTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  private static OpenKronos open;
  private static Map<JoinType, BiFunction<JoinSide, JoinSide, List<FieldVector>>> functions;

  @BeforeAll
  static void openDevice() {
    open = new OpenKronos();
    Joins joins = new Joins(open.kronos());
    functions =
        Map.of(
            JoinType.INNER, joins::inner,
            JoinType.LEFT_OUTER, joins::left,
            JoinType.RIGHT_OUTER, joins::right,
            JoinType.FULL_OUTER, joins::full,
            JoinType.LEFT_SEMI, joins::semi,
            JoinType.LEFT_ANTI, joins::anti);
  }

  @AfterAll
  static void closeDevice() {
    open.close();
  }

  static Stream<DataType> types() {
    return NastyRows.TYPES.stream();
  }

  /** Holds a side: one key or two, and a value that tells rows apart. */
  private record Side(List<DataType> types, List<List<Object>> columns, List<FieldVector> vectors)
      implements AutoCloseable {

    static Side of(List<DataType> types, int rows, NastyRows.Nulls nulls, long seed) {
      List<List<Object>> columns = NastyRows.columns(types, rows, nulls, seed);
      List<FieldVector> vectors = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        int offset = NastyRows.OFFSETS[(int) Math.floorMod(seed + i, 4L)];
        vectors.add(
            ArrowVectors.slice(offset, types.get(i), columns.get(i), open.kronos().allocator()));
      }
      return new Side(types, columns, vectors);
    }

    List<List<Object>> keys(int keys) {
      List<List<Object>> meanings = new ArrayList<>();
      for (int i = 0; i < keys; i++) {
        meanings.add(OracleTypes.meanings(types.get(i), columns.get(i)));
      }
      return meanings;
    }

    JoinSide side(int keys) {
      return new JoinSide(vectors.subList(0, keys), vectors);
    }

    @Override
    public void close() {
      vectors.forEach(FieldVector::close);
    }
  }

  private static void check(String what, JoinType type, int keys, Side left, Side right) {
    List<int[]> pairs = JoinOracle.pairs(type, left.keys(keys), right.keys(keys));
    List<FieldVector> found = functions.get(type).apply(left.side(keys), right.side(keys));
    try {
      List<Side> sides = type.keepsLeftOnly() ? List.of(left) : List.of(left, right);
      int next = 0;
      for (int s = 0; s < sides.size(); s++) {
        for (int i = 0; i < sides.get(s).types.size(); i++) {
          List<Object> expected = expected(sides.get(s), i, s, pairs);
          requireSame(what + " " + type, sides.get(s).types.get(i), expected, found.get(next++));
        }
      }
      assertThat(found).hasSize(next);
    } finally {
      found.forEach(FieldVector::close);
    }
  }

  private static List<Object> expected(Side side, int column, int place, List<int[]> pairs) {
    List<Object> values = new ArrayList<>();
    for (int[] pair : pairs) {
      values.add(pair[place] < 0 ? null : side.columns.get(column).get(pair[place]));
    }
    return values;
  }

  private static void requireSame(
      String what, DataType type, List<Object> expected, FieldVector found) {
    try (FieldVector vector = ArrowVectors.of("v", type, expected, open.kronos().allocator())) {
      assertThat(ArrowVectors.bytes(found)).as(what).isEqualTo(ArrowVectors.bytes(vector));
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyTypeIsAKey(DataType type) {
    List<DataType> types = List.of(type, DataType.INT32);
    for (JoinType join : functions.keySet()) {
      try (Side left = Side.of(types, 257, NastyRows.Nulls.SOME, SEED);
          Side right = Side.of(types, 40, NastyRows.Nulls.SOME, SEED + 1)) {
        check("seed=" + SEED, join, 1, left, right);
      }
    }
  }

  @Test
  void everySize() {
    List<DataType> types = List.of(DataType.INT64, DataType.STRING, DataType.FLOAT64);
    for (JoinType join : functions.keySet()) {
      for (int i = 0; i < NastyRows.SIZES.length; i++) {
        NastyRows.Nulls nulls = NastyRows.Nulls.values()[i % 3];
        int other = NastyRows.SIZES[NastyRows.SIZES.length - 1 - i] / 4;
        try (Side left = Side.of(types, NastyRows.SIZES[i], nulls, SEED + i);
            Side right = Side.of(types, other, NastyRows.Nulls.SOME, SEED - i)) {
          check("seed=" + SEED + " rows=" + NastyRows.SIZES[i], join, 2, left, right);
        }
      }
    }
  }

  @Test
  void batchesJoinByNames() {
    try (Side left = Side.of(List.of(DataType.INT32), 5, NastyRows.Nulls.NONE, 1);
        Side right = Side.of(List.of(DataType.INT32), 5, NastyRows.Nulls.NONE, 1)) {
      JoinSide one = JoinSide.of(new VectorSchemaRoot(left.vectors), "v");
      JoinSide two = JoinSide.of(new VectorSchemaRoot(right.vectors), "v");
      List<FieldVector> joined = functions.get(JoinType.INNER).apply(one, two);
      assertThat(joined).hasSize(2);
      joined.forEach(FieldVector::close);
      assertThatThrownBy(() -> JoinSide.of(new VectorSchemaRoot(left.vectors), "w"))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("no vector of this name: name=w");
    }
  }

  @Test
  void keysMustFit() {
    try (Side left = Side.of(List.of(DataType.INT32), 5, NastyRows.Nulls.NONE, 1);
        Side right = Side.of(List.of(DataType.INT64), 5, NastyRows.Nulls.NONE, 1)) {
      Joins joins = new Joins(open.kronos());
      assertThatThrownBy(() -> joins.inner(left.side(1), right.side(1)))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("keys of the sides differ in type: left=[int], right=[bigint]");
      assertThatThrownBy(() -> new JoinSide(List.of(), right.vectors))
          .isInstanceOf(KronosException.InvalidArgument.class);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.DataType;
import dev.kronos.expression.RowErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares casts between all types, checked and not, with plain Java. */
class CastContractTest {
  private static final int ROWS = 2500;

  /** Casts from matching types alone, for work on them. */
  private static final String ONLY = System.getProperty("kronos.test.casts", ".*");

  private static OpenKronos open;
  private static Conversions conversions;

  @BeforeAll
  static void openDevice() {
    open = new OpenKronos();
    conversions = new Conversions(open.kronos());
  }

  @AfterAll
  static void closeDevice() {
    open.close();
  }

  static Stream<DataType> types() {
    return NastyRows.TYPES.stream().filter(type -> type.toString().matches(ONLY));
  }

  @ParameterizedTest
  @MethodSource("types")
  void castsGiveWhatJavaGives(DataType from) {
    List<Object> values =
        NastyRows.columns(List.of(from), ROWS, NastyRows.Nulls.SOME, from.hashCode()).get(0);
    for (DataType to : NastyRows.TYPES) {
      if (CastRules.supports(from, to)) {
        check(from, to, values, true);
        check(from, to, values, false);
      } else {
        refuses(from, to);
      }
    }
  }

  private static void refuses(DataType from, DataType to) {
    try (FieldVector none = ArrowVectors.of("v", from, List.of(), open.kronos().allocator())) {
      assertThatThrownBy(() -> conversions.cast(none, to).close())
          .isInstanceOf(KronosException.Unsupported.class)
          .hasMessage("no cast between these types: from=%s, to=%s", from, to);
    }
  }

  private static void check(DataType from, DataType to, List<Object> values, boolean checked) {
    String what = from + " to " + to + " checked=" + checked;
    List<Object> kept = new ArrayList<>(values);
    List<Object> java = new ArrayList<>();
    int failing = -1;
    for (int row = 0; row < values.size(); row++) {
      try {
        Object value = values.get(row);
        java.add(value == null ? null : CastOracle.cast(from, to, value, checked));
      } catch (RowErrorException e) {
        failing = failing < 0 ? row : failing;
        kept.set(row, null);
        java.add(null);
      }
    }
    if (failing >= 0) {
      requireFailure(what, from, to, values, failing);
    }
    try (FieldVector v = ArrowVectors.slice(3, from, kept, open.kronos().allocator());
        FieldVector device = checked ? conversions.cast(v, to) : conversions.castUnchecked(v, to)) {
      assertThat(normal(ArrowVectors.read(device))).as(what).isEqualTo(normal(java));
    }
  }

  private static void requireFailure(
      String what, DataType from, DataType to, List<Object> values, int row) {
    try (FieldVector v = ArrowVectors.of("v", from, values, open.kronos().allocator())) {
      assertThatThrownBy(() -> conversions.cast(v, to).close())
          .as(what)
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("row has no result: function=cast, row=" + row + ", error=");
    }
  }

  /** Numbers below the smallest normal one may be zero, where the device has no such numbers. */
  private static List<Object> normal(List<Object> values) {
    List<Object> normal = new ArrayList<>(values.size());
    for (Object value : values) {
      boolean small = value instanceof Float f && f != 0 && Math.abs(f) < Float.MIN_NORMAL;
      normal.add(small ? (Object) (0f * (Float) value) : value);
    }
    return normal;
  }
}

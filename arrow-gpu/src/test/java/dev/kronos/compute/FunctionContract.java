// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.RowErrorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;

/**
 * The contract of functions over rows: on rows of any size, slice and nulls, over every pair of
 * edge values, the device gives what {@link ArrowOracle} gives, bit by bit, or names the first row
 * that has no result; operands stay as they are. So it does of dictionary-encoded operands.
 */
public final class FunctionContract {
  private static final Set<String> MOVING = Set.of("if_else", "coalesce");
  private static final Set<String> SIGNING =
      Set.of(
          "negate",
          "negate_checked",
          "abs",
          "abs_checked",
          "max_element_wise",
          "min_element_wise",
          "round_written");

  private final Kronos kronos;
  private final ArrowFunction function;
  private final DataType type;
  private final OracleRule oracle;

  /**
   * Makes the contract of a function of values of a type.
   *
   * @param kronos the device; stays the caller's
   * @param function one of {@link Functions}
   * @param type a type that it takes; of its last operands where the first is a condition
   */
  public FunctionContract(Kronos kronos, ArrowFunction function, DataType type) {
    this(kronos, function, type, (t, v) -> ArrowOracle.apply(function.name(), t, v));
  }

  /**
   * Makes the contract of a function that {@link ArrowOracle} does not know by its name alone.
   *
   * @param oracle says what it gives for values as they are stored, null among them
   */
  FunctionContract(Kronos kronos, ArrowFunction function, DataType type, OracleRule oracle) {
    this.kronos = kronos;
    this.function = function;
    this.type = type;
    this.oracle = oracle;
  }

  private List<DataType> types() {
    return switch (function.shape()) {
      case UNARY -> List.of(type);
      case BINARY -> List.of(type, type);
      case COUNTED -> List.of(type, DataType.INT32);
      case CHOICE -> List.of(DataType.BOOLEAN, type, type);
      case MANY -> List.of(type, type, type);
      case MIXED -> List.of(type, DataType.INT16, DataType.STRING);
    };
  }

  /** Checks every size with its share of slices and kinds of nulls. */
  public void checkSizes(long seed) {
    NastyRows.Nulls[] nulls = NastyRows.Nulls.values();
    for (int i = 0; i < NastyRows.SIZES.length; i++) {
      int offset = NastyRows.OFFSETS[i % NastyRows.OFFSETS.length];
      check(NastyRows.SIZES[i], nulls[i % nulls.length], offset, seed + i);
    }
    check(4097, NastyRows.Nulls.NONE, 1, seed);
    check(4097, NastyRows.Nulls.SOME, 0, seed);
    checkEncoded(257, seed);
  }

  /** Checks the form whose operands are dictionary-encoded, each by a dictionary of its own. */
  void checkEncoded(int rows, long seed) {
    List<EncodedColumn> columns = new ArrayList<>();
    try {
      for (DataType operand : types()) {
        columns.add(encoded(columns.size(), operand, rows, seed));
      }
      checkEncoded("encoded rows=" + rows + " seed=" + seed, columns);
    } finally {
      columns.forEach(EncodedColumn::close);
    }
  }

  private EncodedColumn encoded(int id, DataType operand, int rows, long seed) {
    Random random = new Random(seed + id);
    List<Object> known =
        NastyRows.columns(List.of(operand), 100, NastyRows.Nulls.SOME, seed + id).get(0);
    EncodedColumn.Spec spec = new EncodedColumn.Spec(id, operand, known, true);
    return EncodedColumn.of(spec, rows, kronos.allocator(), random);
  }

  private void checkEncoded(String what, List<EncodedColumn> columns) {
    List<List<Object>> values = columns.stream().map(c -> ArrowVectors.read(c.plain())).toList();
    Elementwise elementwise =
        new Elementwise(
            kronos,
            new MapDictionaryProvider(
                columns.stream().map(EncodedColumn::dictionary).toArray(Dictionary[]::new)));
    FieldVector[] operands =
        columns.stream().map(EncodedColumn::indices).toArray(FieldVector[]::new);
    int failing = firstFailing(values);
    if (failing >= 0) {
      assertThatThrownBy(() -> elementwise.call(function, operands).close())
          .as(what)
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining("function=" + function.name() + ", row=" + failing + ", error=");
      return;
    }
    try (FieldVector result = elementwise.call(function, operands)) {
      requireValues(what, values, result);
    }
  }

  void check(int rows, NastyRows.Nulls nulls, int offset, long seed) {
    List<List<Object>> columns = NastyRows.columns(types(), rows, nulls, seed);
    String what = "rows=" + rows + " nulls=" + nulls + " offset=" + offset + " seed=" + seed;
    int failing = firstFailing(columns);
    if (failing >= 0) {
      checkFailure(what, columns, offset, failing);
      columns = withoutFailing(columns);
    }
    checkValues(what, columns, offset);
  }

  private Object expected(List<List<Object>> columns, int row) {
    List<Object> values = new ArrayList<>();
    columns.forEach(column -> values.add(column.get(row)));
    return oracle.apply(type, values);
  }

  private int firstFailing(List<List<Object>> columns) {
    for (int row = 0; row < columns.get(0).size(); row++) {
      if (fails(columns, row)) {
        return row;
      }
    }
    return -1;
  }

  private boolean fails(List<List<Object>> columns, int row) {
    try {
      expected(columns, row);
      return false;
    } catch (RowErrorException e) {
      return true;
    }
  }

  private List<List<Object>> withoutFailing(List<List<Object>> columns) {
    List<List<Object>> kept = new ArrayList<>();
    columns.forEach(column -> kept.add(new ArrayList<>(column)));
    for (int row = 0; row < columns.get(0).size(); row++) {
      if (fails(columns, row)) {
        kept.get(0).set(row, null);
      }
    }
    return kept;
  }

  private void checkFailure(String what, List<List<Object>> columns, int offset, int row) {
    List<FieldVector> operands = vectors(columns, offset);
    try {
      assertThatThrownBy(() -> call(operands).close())
          .as(what)
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith(
              "row has no result: function=" + function.name() + ", row=" + row + ", error=");
      requireUnchanged(what, columns, operands);
    } finally {
      operands.forEach(FieldVector::close);
    }
  }

  private void checkValues(String what, List<List<Object>> columns, int offset) {
    List<FieldVector> operands = vectors(columns, offset);
    try (FieldVector result = call(operands)) {
      requireValues(what, columns, result);
      requireUnchanged(what, columns, operands);
    } finally {
      operands.forEach(FieldVector::close);
    }
  }

  private void requireValues(String what, List<List<Object>> columns, FieldVector result) {
    assertThat(result.getValueCount()).as(what).isEqualTo(columns.get(0).size());
    for (int row = 0; row < result.getValueCount(); row++) {
      Object device = RowValues.read(result, row);
      Object java = expected(columns, row);
      if (!same(java, device)) {
        throw new AssertionError(
            describe(what, columns, row) + " java=" + java + " device=" + device);
      }
    }
  }

  private String describe(String what, List<List<Object>> columns, int row) {
    List<Object> values = new ArrayList<>();
    columns.forEach(column -> values.add(column.get(row)));
    return function + " of " + type + " " + what + " row=" + row + " operands=" + values;
  }

  private List<FieldVector> vectors(List<List<Object>> columns, int offset) {
    List<FieldVector> vectors = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      vectors.add(ArrowVectors.slice(offset, types().get(i), columns.get(i), kronos.allocator()));
    }
    return vectors;
  }

  private FieldVector call(List<FieldVector> operands) {
    return new Elementwise(kronos).call(function, operands.toArray(FieldVector[]::new));
  }

  private static void requireUnchanged(
      String what, List<List<Object>> columns, List<FieldVector> operands) {
    for (int i = 0; i < columns.size(); i++) {
      assertThat(ArrowVectors.read(operands.get(i))).as(what).isEqualTo(columns.get(i));
    }
  }

  /** Checks the form with one value for all rows, a null among those. */
  void checkScalars(long seed) {
    List<Object> left = NastyRows.columns(List.of(type), 257, NastyRows.Nulls.SOME, seed).get(0);
    List<Object> scalars = new ArrayList<>(left.subList(0, Math.min(5, left.size())));
    try (FieldVector values = ArrowVectors.of("v", type, left, kronos.allocator());
        FieldVector constants = ArrowVectors.of("s", type, scalars, kronos.allocator())) {
      for (int i = 0; i < scalars.size(); i++) {
        checkScalar(values, left, scalars.get(i), ScalarReader.read(constants, i));
      }
    }
  }

  private void checkScalar(FieldVector values, List<Object> left, Object right, Scalar scalar) {
    List<Object> rights = new ArrayList<>();
    left.forEach(value -> rights.add(right));
    int failing = firstFailing(List.of(left, rights));
    if (failing >= 0) {
      assertThatThrownBy(() -> new Elementwise(kronos).call(function, values, scalar).close())
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining("row=" + failing);
      return;
    }
    try (FieldVector result = new Elementwise(kronos).call(function, values, scalar)) {
      for (int row = 0; row < left.size(); row++) {
        Object java = expected(List.of(left, rights), row);
        assertThat(same(java, RowValues.read(result, row)))
            .as("%s with scalar %s, row %s", function, scalar, row)
            .isTrue();
      }
    }
  }

  /**
   * Compares bits. A NaN that was computed is the canonical one; one that was passed on is any; a
   * result below the smallest normal number may be zero, where the device has no such numbers.
   */
  private boolean same(Object java, Object device) {
    if (java instanceof Float a && device instanceof Float b) {
      boolean small = a != 0 && Math.abs(a) < Float.MIN_NORMAL && b == 0;
      boolean moved = Float.floatToRawIntBits(a) == Float.floatToRawIntBits(b);
      boolean computed = Float.floatToIntBits(a) == Float.floatToRawIntBits(b);
      return matches(moved, computed, a.isNaN() && b.isNaN(), small);
    }
    if (java instanceof Double a && device instanceof Double b) {
      boolean small = a != 0 && Math.abs(a) < Double.MIN_NORMAL && b == 0;
      boolean moved = Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
      boolean computed = Double.doubleToLongBits(a) == Double.doubleToRawLongBits(b);
      return matches(moved, computed, a.isNaN() && b.isNaN(), small);
    }
    if (type.equals(DataType.FLOAT16) && java instanceof Short && device instanceof Short) {
      Object a = OracleTypes.meaning(type, java);
      Object b = OracleTypes.meaning(type, device);
      return matches(java.equals(device), same(a, b) && java.equals(device), same(a, b), false);
    }
    return java == null ? device == null : java.equals(device);
  }

  private boolean matches(boolean moved, boolean computed, boolean bothNan, boolean small) {
    if (MOVING.contains(function.name())) {
      return moved;
    }
    return SIGNING.contains(function.name()) ? computed || bothNan : computed || small;
  }
}

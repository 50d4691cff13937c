// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Utf8;
import java.math.BigDecimal;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong is named, costs nothing and leaves operands as they are. */
class WrongInputsTest {
  private OpenKronos open;
  private Kronos kronos;
  private FieldVector ints;
  private FieldVector more;
  private FieldVector strings;

  @BeforeEach
  void openDevice() {
    open = new OpenKronos();
    kronos = open.kronos();
    ints = ArrowVectors.of("ints", DataType.INT32, List.of(1, 2, 0), kronos.allocator());
    more = ArrowVectors.of("more", DataType.INT32, List.of(1, 2), kronos.allocator());
    strings =
        ArrowVectors.of(
            "strings",
            DataType.STRING,
            List.of(Utf8.of("a"), Utf8.of(""), Utf8.of("c")),
            kronos.allocator());
  }

  @AfterEach
  void closeDevice() {
    assertThat(ArrowVectors.read(ints)).containsExactly(1, 2, 0);
    ints.close();
    more.close();
    strings.close();
    open.close();
  }

  private void refused(
      Class<? extends KronosException> type, String message, ThrowingCallable call) {
    long buffers = OpenKronos.heldBuffers(kronos);
    assertThatThrownBy(call).isInstanceOf(type).hasMessage(message);
    assertThat(OpenKronos.heldBuffers(kronos)).isEqualTo(buffers);
  }

  @Test
  void operandsMustFitEachOther() {
    Calculations calculations = new Calculations(kronos);
    refused(
        KronosException.InvalidArgument.class,
        "vectors are of different lengths: vector=ints, count=3, other=more, otherCount=2",
        () -> calculations.add(ints, more));
    refused(
        KronosException.InvalidArgument.class,
        "operands are of different types: function=equal, left=int, right=string",
        () -> new Comparisons(kronos).equal(ints, strings));
    refused(
        KronosException.InvalidArgument.class,
        "operands are of different types: function=add, left=int, right=bigint",
        () -> calculations.add(ints, Scalar.of(1L)));
    refused(
        KronosException.InvalidArgument.class,
        "condition is not boolean: function=if_else, type=int",
        () -> new Choices(kronos).ifElse(ints, strings, strings));
    refused(
        KronosException.InvalidArgument.class,
        "wrong number of operands: function=add, operands=1",
        () -> new Elementwise(kronos).call(Functions.ADD, ints));
    refused(
        KronosException.InvalidArgument.class,
        "wrong number of operands: function=coalesce, operands=0",
        () -> new Choices(kronos).coalesce());
    refused(
        KronosException.Unsupported.class,
        "function does not take this type: function=multiply, type=string",
        () -> calculations.multiply(strings, strings));
  }

  @Test
  void decimalsMustHaveRoom() {
    DataType wide = DataType.decimal(38, 10);
    DataType narrow = DataType.decimal(10, 2);
    try (FieldVector a = ArrowVectors.of("a", wide, List.of(), kronos.allocator());
        FieldVector b = ArrowVectors.of("b", narrow, List.of(), kronos.allocator());
        FieldVector sum = new Calculations(kronos).add(b, b);
        FieldVector product = new Calculations(kronos).multiply(b, b)) {
      assertThat(sum.getField().getType()).isEqualTo(new ArrowType.Decimal(11, 2, 128));
      assertThat(product.getField().getType()).isEqualTo(new ArrowType.Decimal(21, 4, 128));
      refused(
          KronosException.Unsupported.class,
          "decimal result has more than 38 digits: left=decimal(38,10), right=decimal(38,10)",
          () -> new Calculations(kronos).add(a, a));
      refused(
          KronosException.Unsupported.class,
          "decimals differ in scale: left=decimal(38,10), right=decimal(10,2)",
          () -> new Comparisons(kronos).less(a, b));
    }
  }

  @Test
  void rowsWithoutResultAreNamed() {
    refused(
        KronosException.InvalidArgument.class,
        "row has no result: function=divide, row=2, error=DIVIDE_BY_ZERO",
        () -> new Calculations(kronos).divide(ints, ints));
    refused(
        KronosException.InvalidArgument.class,
        "row has no result: function=add_checked, row=1, error=OVERFLOW",
        () -> new Calculations(kronos).addChecked(ints, Scalar.of(Integer.MAX_VALUE - 1)));
  }

  @Test
  void scalarsMustBeOfTheirType() {
    assertThatThrownBy(() -> new Scalar(DataType.INT8, 300L).literal())
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessage("value is not one of its type: scalar=tinyint:300");
    assertThatThrownBy(() -> new Scalar(DataType.INT64, "five").literal())
        .isInstanceOf(KronosException.InvalidArgument.class);
    assertThatThrownBy(() -> new Scalar(DataType.decimal(5, 2), new BigDecimal("1.234")).literal())
        .isInstanceOf(KronosException.InvalidArgument.class);
    assertThat(new Scalar(DataType.DATE, null).literal().nullable()).isTrue();
  }

  @Test
  void vectorsMustBeColumns() {
    Selection selection = new Selection(kronos);
    refused(
        KronosException.InvalidArgument.class,
        "mask is not boolean: vector=" + ints.getField(),
        () -> selection.filter(ints, ints, Selection.NullMask.DROP));
    refused(
        KronosException.InvalidArgument.class,
        "indices are not integers: vector=strings, type=string",
        () -> selection.take(ints, strings));
    try (NullVector nulls = new NullVector("nulls", 3)) {
      refused(
          KronosException.Unsupported.class,
          "no column for vector: vector=nulls: Null",
          () -> selection.dropNull(nulls));
    }
  }

  @Test
  void dictionaryIndicesAreNoValues() {
    DictionaryEncoding encoding = new DictionaryEncoding(1, false, null);
    FieldType type = new FieldType(true, new ArrowType.Int(32, true), encoding);
    try (IntVector indices = new IntVector("d", type, kronos.allocator())) {
      indices.setSafe(0, 7);
      indices.setValueCount(1);
      JoinSide side = new JoinSide(List.of(indices), List.of());
      List<ThrowingCallable> calls =
          List.of(
              () -> new Calculations(kronos).add(indices, indices),
              () -> new Aggregates(kronos).count(indices),
              () -> new Cumulative(kronos).sum(indices, Cumulative.Nulls.SKIP),
              () -> new Sorting(kronos).sort(SortKey.ascending(indices)),
              () -> new Sorting(kronos).sortIndices(List.of(SortKey.ascending(indices))),
              () -> new Joins(kronos).inner(side, side),
              () -> new Selection(kronos).take(ints, indices),
              () -> new LinearAlgebra(kronos).dot(indices, indices),
              () -> matrixOf(indices),
              () -> Expressions.over(kronos, indices));
      for (ThrowingCallable call : calls) {
        refused(
            KronosException.Unsupported.class,
            "vector is dictionary-encoded and its dictionary is not given: vector="
                + indices.getField(),
            call);
      }
      try (FieldVector kept = new Selection(kronos).dropNull(indices)) {
        assertThat(kept.getField().getDictionary()).isEqualTo(encoding);
        assertThat(RowValues.read(kept, 0)).isEqualTo(7);
      }
    }
  }

  private FieldVector matrixOf(FieldVector values) {
    Matrix matrix = Matrix.of(values, 1, 1);
    return new LinearAlgebra(kronos).matmul(matrix, matrix);
  }

  @Test
  void closedDevicesAreNamed() {
    OpenKronos other = new OpenKronos();
    other.close();
    try (BufferAllocator foreign = new RootAllocator();
        FieldVector flags = ArrowVectors.of("f", DataType.BOOLEAN, List.of(true, false), foreign);
        FieldVector places = ArrowVectors.of("p", DataType.INT32, List.of(0, 1), foreign)) {
      Selection selection = new Selection(other.kronos());
      List<ThrowingCallable> calls =
          List.of(
              () -> new Calculations(other.kronos()).add(places, places),
              () -> new Conversions(other.kronos()).cast(places, DataType.INT64),
              () -> selection.filter(places, flags, Selection.NullMask.DROP),
              () -> selection.take(flags, places),
              () -> Expressions.over(other.kronos(), places).evaluate("x", column(places)),
              () -> Expressions.over(other.kronos(), places).sum(column(places)));
      for (ThrowingCallable call : calls) {
        assertThatThrownBy(call).isInstanceOf(KronosException.Closed.class);
      }
    }
  }

  private static Expression column(FieldVector vector) {
    return new Vectors(List.of(vector)).column(0);
  }
}

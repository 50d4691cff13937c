// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.expression.Arithmetic.Operator;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlslEmitterTest {
  private static final DataType MONEY = DataType.decimal(12, 2);
  private static final ColumnLayout REQUIRED =
      ColumnLayout.of(DataType.INT32, Nullability.NON_NULL);
  private static final ColumnLayout OPTIONAL =
      ColumnLayout.of(DataType.INT32, Nullability.NULLABLE);
  private static final Expression A = new ColumnReference(0, DataType.INT32, false);
  private static final Expression B = new ColumnReference(1, DataType.INT32, true);

  private static Expression add(Expression a, Expression b, ErrorMode mode) {
    return new Arithmetic(Operator.ADD, a, b, DataType.INT32, mode);
  }

  private static Expression literal(int value) {
    return new Literal(DataType.INT32, value);
  }

  private static String bodyOf(Expression e) {
    GlslEmitter emitter = new GlslEmitter(List.of(REQUIRED, OPTIONAL));
    emitter.emit(e);
    return emitter.body();
  }

  @Test
  void writesCheckedArithmetic() {
    assertThat(bodyOf(add(A, B, ErrorMode.ANSI)))
        .isEqualTo(
            """
              Column c0 = KRONOS_COLUMN(0);
              int v1 = column_load_i32(c0, row);
              Column c2 = KRONOS_COLUMN(1);
              bool n4 = !column_valid_bits(c2, row);
              int v3 = 0;
              if (!n4) { v3 = column_load_i32(c2, row); }
              bool v5 = false;
              int v6 = i32_add_checked(v1, v3, v5);
              row_error_if((v5) && !n4, ROW_OVERFLOW);
            """);
  }

  @Test
  void readsConstantsFromSlots() {
    String text = bodyOf(add(A, literal(41), ErrorMode.WRAP));
    assertThat(text).doesNotContain("41").contains("literal_i32(KRONOS_LITERAL(0), 0u)");
    assertThat(bodyOf(add(A, literal(7), ErrorMode.WRAP))).isEqualTo(text);
  }

  @Test
  void computesEqualExpressionsOnce() {
    GlslEmitter emitter = new GlslEmitter(List.of(REQUIRED, OPTIONAL));
    Expression sum = add(A, B, ErrorMode.ANSI);
    GlslValue first = emitter.emit(sum);
    GlslValue second = emitter.emit(add(A, B, ErrorMode.ANSI));
    assertThat(second).isEqualTo(first);
    assertThat(emitter.body().split("i32_add_checked", -1)).hasSize(2);
  }

  @Test
  void valuesOfClosedBlocksAreForgotten() {
    GlslEmitter emitter = new GlslEmitter(List.of(REQUIRED, OPTIONAL));
    emitter.open("true");
    GlslValue inside = emitter.emit(B);
    emitter.close();
    assertThat(emitter.emit(B)).isNotEqualTo(inside);
    assertThatThrownBy(emitter::close).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void loadsOfABlockStayInside() {
    GlslEmitter emitter = new GlslEmitter(List.of(REQUIRED, OPTIONAL));
    GlslValue passes = emitter.emit(new Comparison(Comparison.Operator.GT, A, literal(3)));
    emitter.open(passes.value());
    emitter.emit(B);
    emitter.close();
    String text = emitter.body();
    assertThat(text.indexOf("KRONOS_COLUMN(1)"))
        .isGreaterThan(text.indexOf("if (" + passes.value()));
    assertThat(text.indexOf("KRONOS_COLUMN(0)")).isLessThan(text.indexOf("if (" + passes.value()));
  }

  @Test
  void whatCanRaiseIsNested() {
    Expression failing = add(A, literal(1), ErrorMode.ANSI);
    Expression test = new Comparison(Comparison.Operator.GT, failing, literal(1));
    String text = bodyOf(new And(new Comparison(Comparison.Operator.GT, A, literal(0)), test));
    assertThat(text.indexOf("i32_add_checked")).isGreaterThan(text.indexOf(") {\n"));
    String harmless = bodyOf(new And(new IsNull(B), new IsNotNull(B)));
    assertThat(harmless).doesNotContain(") {\n");
  }

  @Test
  void narrowDecimalsStayNarrow() {
    List<ColumnLayout> inputs =
        List.of(
            ColumnLayout.of(MONEY, Nullability.NON_NULL),
            ColumnLayout.of(DataType.decimal(4, 2), Nullability.NON_NULL));
    GlslEmitter emitter = new GlslEmitter(inputs);
    emitter.emit(
        new Arithmetic(
            Operator.MULTIPLY,
            new ColumnReference(0, MONEY, false),
            new ColumnReference(1, DataType.decimal(4, 2), false),
            DataType.decimal(17, 4),
            ErrorMode.ANSI));
    assertThat(emitter.body())
        .contains("i64_from_i32(v3)")
        .doesNotContain("128")
        .doesNotContain("row_error");
  }

  @Test
  void refusesColumnsThatAreNotThere() {
    GlslEmitter emitter = new GlslEmitter(List.of(REQUIRED));
    assertThatThrownBy(() -> emitter.emit(B)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> emitter.emit(new ColumnReference(0, DataType.INT64, false)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void literalTablesHoldEveryType() {
    LiteralTable table = new LiteralTable();
    table.slot(new Literal(DataType.INT32, -2));
    table.slot(new Literal(DataType.STRING, Utf8.of("abc")));
    table.slot(new Literal(DataType.decimal(38, 0), BigInteger.ONE.shiftLeft(70).negate()));
    table.slot(new Literal(DataType.FLOAT32, 1.5f));
    assertThat(table.slot(new Literal(DataType.INT32, -2))).isZero();
    ByteBuffer bytes = ByteBuffer.wrap(table.toBytes()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.capacity() % LiteralTable.SLOT_BYTES).isZero();
    assertThat(bytes.getLong(0)).isEqualTo(-2L);
    assertThat(bytes.getLong(8)).isEqualTo(-1L);
    assertThat(bytes.getLong(16)).isEqualTo(64L);
    assertThat(bytes.getInt(24)).isEqualTo(3);
    assertThat(bytes.get(64)).isEqualTo((byte) 'a');
    assertThat(bytes.getLong(32)).isZero();
    assertThat(bytes.getLong(40)).isEqualTo(-64L);
    assertThat(bytes.getFloat(48)).isEqualTo(1.5f);
  }
}

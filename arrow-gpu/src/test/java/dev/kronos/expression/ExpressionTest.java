// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic.Operator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class ExpressionTest {
  private static final Expression A = new ColumnReference(0, DataType.INT32, true);
  private static final Expression B = new ColumnReference(1, DataType.INT32, false);
  private static final DataType MONEY = DataType.decimal(15, 2);

  private static Arithmetic add(Expression a, Expression b, ErrorMode mode) {
    return new Arithmetic(Operator.ADD, a, b, a.type(), mode);
  }

  @Test
  void equalStructureIsEqual() {
    assertThat(add(A, B, ErrorMode.ANSI)).isEqualTo(add(A, B, ErrorMode.ANSI));
    assertThat(add(A, B, ErrorMode.ANSI)).isNotEqualTo(add(B, A, ErrorMode.ANSI));
    assertThat(new Literal(DataType.STRING, Utf8.of("x")))
        .isEqualTo(new Literal(DataType.STRING, Utf8.of("x")));
    assertThat(new Literal(DataType.FLOAT64, 0d)).isNotEqualTo(new Literal(DataType.FLOAT64, -0d));
  }

  @Test
  void readsLikeSql() {
    Expression price = new ColumnReference(2, MONEY, false);
    Expression hundred = new Literal(MONEY, BigInteger.valueOf(10_000));
    Expression cheap = new Comparison(Comparison.Operator.LT, price, hundred);
    Expression text =
        new CaseWhen(
            List.of(new CaseWhen.Branch(new And(cheap, new IsNotNull(A)), A)),
            Literal.ofNull(DataType.INT32));
    assertThat(text)
        .hasToString("case when ((#2 < 100.00) and (#0 is not null)) then #0 else null end");
    assertThat(new Cast(A, MONEY, ErrorMode.ANSI)).hasToString("cast(#0 as decimal(15,2))");
    assertThat(new In(A, List.of(new Literal(DataType.INT32, 1), Literal.ofNull(DataType.INT32))))
        .hasToString("(#0 in (1, null))");
  }

  @Test
  void refusesOperandsThatDoNotFit() {
    assertThatThrownBy(() -> add(A, new ColumnReference(1, DataType.INT64, true), ErrorMode.ANSI))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("left=int right=bigint");
    assertThatThrownBy(() -> new Arithmetic(Operator.DIVIDE, A, B, DataType.INT32, ErrorMode.ANSI))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new And(A, B)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Literal(DataType.INT32, 1L))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Literal(DataType.decimal(2, 0), BigInteger.valueOf(100)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Cast(A, DataType.DATE, ErrorMode.ANSI))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from=int to=date");
    assertThatThrownBy(() -> new ColumnReference(-1, DataType.INT32, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Coalesce(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void substitutesColumns() {
    Expression sum = add(A, B, ErrorMode.WRAP);
    Expression bound = ColumnBinding.substitute(sum, List.of(new Negate(B, ErrorMode.WRAP), A));
    assertThat(bound).isEqualTo(add(new Negate(B, ErrorMode.WRAP), A, ErrorMode.WRAP));
    assertThatThrownBy(() -> ColumnBinding.substitute(A, List.of(Literal.ofNull(DataType.INT64))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static List<ExpressionGroup> groups() {
    return ExpressionCases.all().toList();
  }

  /** What says it is never null never is; substituting columns by themselves changes nothing. */
  @ParameterizedTest
  @MethodSource("groups")
  void keepsItsPromises(ExpressionGroup group) {
    List<Expression> columns = new ArrayList<>();
    for (int c = 0; c < group.inputs().size(); c++) {
      columns.add(
          new ColumnReference(c, group.inputs().get(c).type(), group.inputs().get(c).nullable()));
    }
    List<Object[]> rows = ProbeRows.of(group.inputs(), 1);
    for (Expression e : group.expressions()) {
      assertThat(ColumnBinding.substitute(e, columns)).isEqualTo(e);
      if (!e.nullable()) {
        assertThat(rows).as(e.toString()).noneMatch(row -> isNull(e, row));
      }
      if (!Fallibility.canRaise(e)) {
        rows.forEach(row -> RowEvaluator.evaluate(e, c -> row[c]));
      }
    }
  }

  private static boolean isNull(Expression e, Object[] row) {
    try {
      return RowEvaluator.evaluate(e, c -> row[c]) == null;
    } catch (RowErrorException expected) {
      return false;
    }
  }

  @Test
  void stringsCompareAsUnsignedBytes() {
    List<Utf8> texts = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[random.nextInt(6)];
      random.nextBytes(bytes);
      texts.add(Utf8.of(bytes));
    }
    for (Utf8 a : texts) {
      for (Utf8 b : texts) {
        assertThat(Integer.signum(a.compareTo(b)))
            .isEqualTo(Integer.signum(Arrays.compareUnsigned(a.bytes(), b.bytes())));
        assertThat(a.equals(b)).isEqualTo(a.compareTo(b) == 0);
      }
    }
  }
}

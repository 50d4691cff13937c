// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.column.Storage;
import dev.kronos.column.Validity;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Not;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks which conditions are taken 32 rows at a time. */
class ConditionBitsTest {
  private static final List<ColumnLayout> INPUTS =
      List.of(
          new ColumnLayout(DataType.BOOLEAN, Storage.BITS, Validity.BITS, Nullability.NON_NULL),
          new ColumnLayout(DataType.BOOLEAN, Storage.BITS, Validity.BITS, Nullability.NULLABLE),
          new ColumnLayout(DataType.BOOLEAN, Storage.INT8, Validity.BYTES, Nullability.NULLABLE),
          new ColumnLayout(DataType.INT64, Storage.INT64, Validity.BITS, Nullability.NULLABLE));

  private static Expression column(int index) {
    return ColumnReference.to(index, INPUTS.get(index));
  }

  private static Expression or(int index, boolean value) {
    return new Coalesce(List.of(column(index), new Literal(DataType.BOOLEAN, value)));
  }

  private static boolean known(Expression condition) {
    return new ConditionBits(INPUTS).of(condition).isPresent();
  }

  @Test
  void bitsOfColumnsAreKnown() {
    assertThat(known(column(0))).isTrue();
    assertThat(known(column(1))).isTrue();
    assertThat(known(or(1, true))).isTrue();
    assertThat(known(new IsNotNull(column(3)))).isTrue();
  }

  @Test
  void othersAreEvaluated() {
    assertThat(known(column(2))).isFalse();
    assertThat(known(or(1, false))).isFalse();
    assertThat(known(or(2, true))).isFalse();
    assertThat(known(new IsNotNull(column(2)))).isFalse();
    assertThat(known(new Not(column(0)))).isFalse();
    assertThat(known(new Coalesce(List.of(column(1))))).isFalse();
  }
}

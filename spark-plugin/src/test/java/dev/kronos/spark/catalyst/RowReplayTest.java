// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.SparkArithmeticException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.junit.jupiter.api.Test;

class RowReplayTest {
  private static final Divide QUOTIENT =
      new Divide(SparkColumns.constant(1.0), SparkColumns.DOUBLE);

  @Test
  void raisesSparksException() {
    RowReplay replay = new RowReplay(pipeline(), List.of(QUOTIENT));

    assertThatThrownBy(() -> replay.run(row(0.0)))
        .isInstanceOf(SparkArithmeticException.class)
        .hasMessageContaining("DIVIDE_BY_ZERO");
  }

  @Test
  void ignoresRowsThatAreFilteredOut() {
    RowReplay replay = new RowReplay(pipeline(positive()), List.of(QUOTIENT));

    assertThatCode(() -> replay.run(row(0.0))).doesNotThrowAnyException();
  }

  private static SparkStep positive() {
    return new SparkStep.Filter(new GreaterThan(SparkColumns.DOUBLE, SparkColumns.constant(0.0)));
  }

  private static SparkPipeline pipeline(SparkStep... steps) {
    return new SparkPipeline(List.of(SparkColumns.DOUBLE), List.of(steps));
  }

  private static InternalRow row(Object value) {
    return new GenericInternalRow(new Object[] {value});
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.DeviceExtension;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.ErrorMode;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Finds the least and the greatest of every set of special floats, and compares with the twin. */
@Tag("subgroups")
class FloatExtremesTest {
  private static final float[] VALUES = {
    Float.intBitsToFloat(0xFFC00001),
    Float.NEGATIVE_INFINITY,
    -Float.MIN_VALUE,
    -0.0f,
    0.0f,
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.intBitsToFloat(0x7F800001)
  };

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static AggregateSpec spec() {
    ColumnLayout layout = ColumnLayout.of(DataType.FLOAT32, Nullability.NON_NULL);
    ColumnReference value = ColumnReference.to(0, layout);
    return new AggregateSpec(
        new PipelineSpec(List.of(layout), List.of()),
        List.of(),
        List.of(
            new AggregateCall(Function.MIN, value, DataType.FLOAT32, ErrorMode.ANSI),
            new AggregateCall(Function.MAX, value, DataType.FLOAT32, ErrorMode.ANSI)));
  }

  /** As many of each value as a workgroup has invocations, so that each of them takes them all. */
  @Test
  void everySetOfSpecialValues() {
    for (int set = 1; set < 1 << VALUES.length; set++) {
      List<Object[]> rows = new ArrayList<>();
      for (int i = 0; i < VALUES.length; i++) {
        if ((set >> i & 1) != 0) {
          rows.addAll(Collections.nCopies(Workgroups.SIZE, new Object[] {VALUES[i]}));
        }
      }
      new AggregateRun(open.kronos(), spec()).batch(rows).check();
    }
  }
}

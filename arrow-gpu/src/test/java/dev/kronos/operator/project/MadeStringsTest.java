// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.OpenKronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Concat;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.StringSize;
import dev.kronos.expression.TextCall;
import dev.kronos.expression.TextFunction;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.RandomValues;
import dev.kronos.operator.ReferenceProject;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Makes strings that need more room than a projection starts with, in filters and outputs. */
class MadeStringsTest {
  private static final Expression TEXT = new ColumnReference(0, DataType.STRING, true);

  private static Expression repeated(Expression text, int times) {
    return TextCall.of(TextFunction.REPEAT, text, new Literal(DataType.INT32, times));
  }

  private static PipelineSpec spec() {
    Expression size = new StringSize(StringSize.Unit.BYTES, repeated(TEXT, 40));
    Expression longer =
        new Comparison(Comparison.Operator.GT, size, new Literal(DataType.INT32, 120));
    Expression nested = TextCall.of(TextFunction.REVERSE, repeated(repeated(TEXT, 3), 7));
    return new PipelineSpec(
        List.of(Layouts.SPARK.of(DataType.STRING)),
        List.of(
            new Filter(longer),
            new Project(
                List.of(nested, TEXT, new Concat(Concat.Kind.PLAIN, List.of(nested, TEXT))))));
  }

  @Test
  void roomGrowsUntilStringsFit() {
    PipelineSpec spec = spec();
    RandomValues values = new RandomValues(7);
    try (OpenKronos open = new OpenKronos();
        ProjectBatch project = new ProjectBatch(open.kronos(), spec)) {
      long selected = 0;
      for (int rows : new int[] {1, 257, 3000, 0, 257}) {
        List<Object[]> batch = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
          batch.add(new Object[] {values.next(DataType.STRING, 500, 15)});
        }
        List<List<Object>> expected = new ReferenceProject(spec).apply(batch);
        selected += expected.size();
        try (HostTable table =
                new HostTable(open.kronos().allocator(), spec.inputs(), batch, List.of());
            ColumnBatch result = project.apply(table.batch())) {
          assertThat(DeviceRows.of(open.kronos(), result)).isEqualTo(expected);
        }
      }
      assertThat(selected).isPositive();
      assertThat(project.counters().filterRows()).containsExactly(selected);
    }
  }
}

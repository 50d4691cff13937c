// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.OpenKronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.AggregateSpec;
import dev.kronos.operator.aggregate.Function;
import dev.kronos.operator.aggregate.HashAggregate;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.project.ProjectBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs operators of several threads at once on one device. */
class ConcurrentOperatorsTest {
  private static final List<ColumnLayout> INPUTS =
      List.of(Layouts.SPARK.of(DataType.STRING), Layouts.SPARK.of(DataType.INT64));
  private static final Expression TEXT = new ColumnReference(0, DataType.STRING, true);
  private static final Expression NUMBER = new ColumnReference(1, DataType.INT64, true);
  private static final PipelineSpec FILTER =
      new PipelineSpec(
          INPUTS,
          List.of(
              new Filter(
                  new Comparison(
                      Comparison.Operator.GT, NUMBER, new Literal(DataType.INT64, 0L)))));
  private static final AggregateSpec GROUPING =
      new AggregateSpec(
          FILTER,
          List.of(TEXT),
          List.of(
              new AggregateCall(Function.SUM, NUMBER, DataType.INT64, ErrorMode.NULL),
              new AggregateCall(Function.MAX, NUMBER, DataType.INT64, ErrorMode.ANSI)));

  private static List<Object[]> rows(int seed) {
    RandomValues values = new RandomValues(seed);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 2000 + seed; i++) {
      rows.add(
          new Object[] {
            values.next(DataType.STRING, 100 + seed * 500, 3), values.next(DataType.INT64, 1000, 3)
          });
    }
    return rows;
  }

  @Test
  void eightThreads() throws Exception {
    try (OpenKronos open = new OpenKronos()) {
      ExecutorService threads = Executors.newFixedThreadPool(8);
      List<Future<?>> tasks = new ArrayList<>();
      for (int task = 0; task < 16; task++) {
        int seed = task;
        tasks.add(threads.submit(() -> run(open.kronos(), seed)));
      }
      for (Future<?> task : tasks) {
        task.get(5, TimeUnit.MINUTES);
      }
      threads.shutdown();
      assertThat(OpenKronos.heldBuffers(open.kronos())).isLessThan(20);
    }
  }

  private static void run(Kronos kronos, int seed) {
    ReferenceAggregate twin = new ReferenceAggregate(GROUPING);
    try (HashAggregate aggregate = new HashAggregate(kronos, GROUPING);
        ProjectBatch filter = new ProjectBatch(kronos, FILTER)) {
      for (int batch = 0; batch < 3; batch++) {
        List<Object[]> rows = rows(seed + batch);
        twin.add(rows);
        try (HostTable table = new HostTable(kronos.allocator(), INPUTS, rows, List.of());
            ColumnBatch passed = filter.apply(table.batch())) {
          aggregate.add(table.batch());
          assertThat(DeviceRows.of(kronos, passed))
              .isEqualTo(new ReferenceProject(FILTER).apply(rows));
        }
      }
      try (ColumnBatch result = aggregate.finish()) {
        assertThat(new HashSet<>(DeviceRows.of(kronos, result)))
            .isEqualTo(new HashSet<>(twin.finish()));
      }
    }
  }
}

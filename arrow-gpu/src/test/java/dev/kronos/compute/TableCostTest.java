// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Counts what steps of tables on the device cost. */
class TableCostTest {
  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static DeviceTable table() {
    List<List<Object>> columns =
        NastyRows.columns(RandomExpression.TYPES, 1000, NastyRows.Nulls.SOME, 1);
    List<FieldVector> vectors = new ArrayList<>();
    for (List<Object> column : columns) {
      int i = vectors.size();
      vectors.add(
          ArrowVectors.of(
              "c" + i, RandomExpression.TYPES.get(i), column, open.kronos().allocator()));
    }
    try (VectorSchemaRoot rows = new VectorSchemaRoot(vectors)) {
      return DeviceTable.of(open.kronos(), rows);
    }
  }

  /** However many steps: the work of one, and nothing comes to the host before it is read. */
  @Test
  void stepsAreOneKernel() {
    try (DeviceTable table = table()) {
      Expression positive = Functions.GREATER.of(table.column(0), Scalar.of(0L).literal());
      Expression less = Functions.LESS.of(table.column(1), table.column(0));
      Expression sum = Functions.ADD.of(table.column(0), table.column(1));
      Expression both = Functions.AND.of(positive, less);
      Expression more = Functions.ADD.of(sum, sum);
      List<Long> once;
      try (DeviceTable kept = table.where(both);
          DeviceTable selected = kept.select(List.of("x"), List.of(more))) {
        once = costs(selected);
        assertThat(selected.rows()).as("rows that are left").isPositive();
      }
      long[] before = counts();
      try (DeviceTable a = table.where(positive);
          DeviceTable b = a.where(less);
          DeviceTable c = b.select(List.of("s"), List.of(sum));
          DeviceTable d = c.select("s");
          DeviceTable e =
              d.select(List.of("x"), List.of(Functions.ADD.of(d.column(0), d.column(0))))) {
        assertThat(counts()).as("nothing ran").isEqualTo(before);
        List<Long> several = costs(e);
        assertThat(several.subList(0, 2)).as("submits, dispatches").isEqualTo(once.subList(0, 2));
        assertThat(several.get(2) - once.get(2)).as("a counter for a filter").isBetween(0L, 16L);
      }
    }
  }

  private static long[] counts() {
    StreamCounters streams = open.kronos().counters().streams();
    return new long[] {streams.submits(), streams.dispatches(), streams.bytesDown()};
  }

  /** Returns submits, dispatches and bytes that come to the host in a reading. */
  private static List<Long> costs(DeviceTable table) {
    long[] before = counts();
    table.read().close();
    long[] after = counts();
    List<Long> costs = new ArrayList<>();
    for (int i = 0; i < before.length; i++) {
      costs.add(after[i] - before[i]);
    }
    return costs;
  }

  /** Columns of fixed width are one kernel and one submission, their copies in it. */
  @Test
  void columnsAloneAreOneSubmission() {
    try (DeviceTable table = table();
        DeviceTable sum =
            table.select(
                List.of("s"), List.of(Functions.ADD.of(table.column(0), table.column(1))));
        DeviceTable twice =
            sum.select(List.of("t"), List.of(Functions.ADD.of(sum.column(0), sum.column(0))));
        DeviceTable checked =
            twice.select(
                List.of("c"),
                List.of(Functions.DIVIDE.of(twice.column(0), Scalar.of(7L).literal())))) {
      for (DeviceTable each : List.of(twice, checked)) {
        List<Long> costs = costs(each);
        assertThat(costs.get(0)).as("submits").isEqualTo(1);
        assertThat(costs.get(1)).as("dispatches").isEqualTo(1);
      }
      long[] before = counts();
      try (DeviceTable run = twice.run()) {
        long[] after = counts();
        assertThat(after[1] - before[1]).isEqualTo(1);
        assertThat(after[2] - before[2]).as("bytes to the host").isZero();
        List<Long> reading = costs(run);
        assertThat(reading.get(1)).as("dispatches of a reading").isZero();
        assertThat(reading.get(2)).as("bytes of a reading").isGreaterThanOrEqualTo(8000);
      }
    }
  }
}

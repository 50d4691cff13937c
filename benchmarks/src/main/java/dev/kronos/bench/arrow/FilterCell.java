// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.column.Storage;
import dev.kronos.column.Validity;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.project.ProjectBatch;
import java.util.List;
import java.util.stream.IntStream;

/** Keeps about half of random longs, in order, as {@code Selection} does. */
final class FilterCell extends BatchCell {

  /** Says what is kept. */
  enum Condition {
    /** Values whose bit in a mask is set, in Arrow's layout. */
    MASK,
    /** Values of 0 and above. */
    COMPARISON
  }

  private static final ColumnLayout BITS =
      new ColumnLayout(DataType.BOOLEAN, Storage.BITS, Validity.BITS, Nullability.NON_NULL);
  private static final ColumnReference VALUE = ColumnReference.to(0, LONGS);

  /** Where the places of words of the mask begin: behind those of values. */
  private static final long WORDS = 1L << 40;

  private final int count;
  private final Condition condition;
  private final PipelineSpec spec;
  private final ColumnBatch batch;
  private final int kept;

  FilterCell(Kronos kronos, int count, Condition condition) {
    super(kronos, "filter by " + condition);
    this.count = count;
    this.condition = condition;
    Expression passes =
        condition == Condition.MASK
            ? ColumnReference.to(1, BITS)
            : new Comparison(Comparison.Operator.GE, VALUE, new Literal(DataType.INT64, 0L));
    this.spec =
        new PipelineSpec(
            List.of(LONGS, BITS), List.of(new Filter(passes), new Project(List.of(VALUE))));
    try {
      this.batch =
          new ColumnBatch(
              List.of(
                  column(LONGS, data().filled(count, Long.BYTES, DeviceData::random)),
                  column(BITS, data().filled(words(), Integer.BYTES, FilterCell::word))),
              count);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    this.kept = (int) IntStream.range(0, count).parallel().filter(this::passes).count();
  }

  private int words() {
    return (count + Integer.SIZE - 1) / Integer.SIZE;
  }

  private static long word(int index) {
    return DeviceData.random(WORDS + index);
  }

  private boolean passes(int place) {
    return condition == Condition.MASK
        ? (word(place / Integer.SIZE) >>> (place % Integer.SIZE) & 1) != 0
        : DeviceData.random(place) >= 0;
  }

  @Override
  public long elements() {
    return count;
  }

  @Override
  public double bytes() {
    double mask = condition == Condition.MASK ? (double) count / Byte.SIZE : 0;
    return mask + (double) Long.BYTES * count + (double) Long.BYTES * kept;
  }

  /** Waits for the last kernel too: before that its time is not known. */
  @Override
  ColumnBatch compute() {
    try (Stream stream = kronos().newStream();
        ProjectBatch filter = ProjectBatch.on(stream, kronos(), spec)) {
      ColumnBatch result = filter.apply(batch);
      stream.submit().await();
      spent(filter.counters());
      return result;
    }
  }

  @Override
  public void check() {
    requireRows(kept);
    int[] next = {0};
    read(
        0,
        Long.BYTES,
        (place, found) -> {
          while (!passes(next[0])) {
            next[0]++;
          }
          require(found == DeviceData.random(next[0]++), "value", place);
        });
  }
}

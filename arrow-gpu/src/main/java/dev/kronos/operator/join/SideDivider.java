// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.Kronos;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.expression.Bucket;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Murmur3;
import dev.kronos.operator.partition.Numbering;
import dev.kronos.operator.partition.PartitionBatch;
import dev.kronos.operator.partition.PartitionSpec;
import dev.kronos.operator.partition.PartitionedBatch;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.pipeline.Step;
import dev.kronos.spill.BatchStore;
import dev.kronos.spill.SpillMeter;
import dev.kronos.spill.StoredBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Divides the rows of one side of a join by the hash of their keys; the parts wait in a store. Rows
 * keep their source columns, in Arrow's layouts. Not thread-safe.
 */
final class SideDivider implements AutoCloseable {
  /**
   * Seed of the first division, and the step to the next one. None is that of Spark's partitions:
   * the rows of one of those have like hashes by it, and would come to few parts.
   */
  private static final int SEED = 0x5EED;

  private final Place place;
  private final BatchGroups groups;
  private final Resources resources = new Resources();
  private final PartitionBatch partition;
  private final RowRange ranges;
  private final List<Deque<StoredBatch>> parts = new ArrayList<>();
  private long batches;
  private long rows;

  /** Says where batches wait. */
  record Place(BatchStore store, SpillMeter meter) {
    StoredBatch add(ColumnBatch batch) {
      return store.add(batch, meter);
    }
  }

  /**
   * Says how rows are divided.
   *
   * @param level how often they were divided before, which decides on the hash
   * @param parts into how many parts
   */
  record Division(int level, int parts) {}

  /**
   * Creates a divider.
   *
   * @param input what is done to rows before, of which filters alone are applied
   * @param keys over the columns that leave it
   */
  SideDivider(
      Kronos kronos, FusedPipeline input, List<Expression> keys, Place place, Division division) {
    this.place = place;
    this.groups = new BatchGroups(kronos, input.inputs());
    for (int i = 0; i < division.parts(); i++) {
      parts.add(new ArrayDeque<>());
    }
    try {
      partition = resources.own(new PartitionBatch(kronos, spec(input, keys, division)));
      ranges = resources.own(new RowRange(kronos, ArrowColumns.layouts(input.inputs())));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static PartitionSpec spec(FusedPipeline input, List<Expression> keys, Division division) {
    List<Step> steps = new ArrayList<>();
    input.conditions().forEach(condition -> steps.add(new Filter(condition)));
    List<Expression> columns = ColumnReference.toAll(input.inputs());
    List<Expression> hashed =
        keys.stream().map(key -> BuildPlan.normalized(input.bind(key))).toList();
    Literal buckets = new Literal(DataType.INT32, division.parts());
    int outputs = columns.size();
    columns.add(new Bucket(new Murmur3(hashed, SEED * (division.level() + 1)), buckets));
    steps.add(new Project(columns));
    return new PartitionSpec(
        new PipelineSpec(input.inputs(), steps),
        outputs,
        new Numbering.OfColumn(outputs),
        division.parts());
  }

  /** Divides a batch, which stays the caller's; throws RowFailure. */
  void add(ColumnBatch batch) {
    batches++;
    rows += batch.rows();
    try (PartitionedBatch divided = partition.apply(batch)) {
      for (int part = 0; part < parts.size(); part++) {
        int from = divided.start(part);
        int to = divided.end(part);
        if (to > from) {
          parts.get(part).add(place.add(ranges.copy(divided.batch(), from, to)));
        }
      }
    }
  }

  /** Divides batches that wait, and closes each when it is done. */
  void addAll(Deque<StoredBatch> waiting) {
    Deque<StoredBatch> taken = new ArrayDeque<>();
    while (!waiting.isEmpty()) {
      try (ColumnBatch group = groups.next(waiting, taken)) {
        add(group);
      } finally {
        JoinPart.drop(taken);
      }
    }
  }

  /** Gives a part to the caller, who closes its batches. */
  Deque<StoredBatch> take(int part) {
    Deque<StoredBatch> taken = new ArrayDeque<>(parts.get(part));
    parts.get(part).clear();
    return taken;
  }

  /** Returns how many parts there are. */
  int parts() {
    return parts.size();
  }

  long batches() {
    return batches;
  }

  long rows() {
    return rows;
  }

  /** Returns how many rows passed each filter. */
  List<Long> filterRows() {
    return partition.filterRows();
  }

  StreamCounters counters() {
    return partition.counters().plus(ranges.counters());
  }

  @Override
  public void close() {
    for (Deque<StoredBatch> part : parts) {
      part.forEach(StoredBatch::close);
      part.clear();
    }
    resources.close();
  }
}

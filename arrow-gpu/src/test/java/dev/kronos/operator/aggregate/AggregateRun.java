// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.OpenKronos;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.RandomValues;
import dev.kronos.operator.ReferenceAggregate;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a grouping on a device and in plain Java over the same batches and compares the groups. */
final class AggregateRun {
  private final Kronos kronos;
  private final AggregateSpec spec;
  private final List<List<Object[]>> batches = new ArrayList<>();
  private List<Integer> dictionaries = List.of();

  AggregateRun(Kronos kronos, AggregateSpec spec) {
    this.kronos = kronos;
    this.spec = spec;
  }

  /** Returns references to columns of some types, in order, all nullable. */
  static List<Expression> columns(List<DataType> types) {
    List<Expression> columns = new ArrayList<>();
    for (DataType type : types) {
      columns.add(new ColumnReference(columns.size(), type, true));
    }
    return columns;
  }

  /** Returns a pipeline without steps over columns of some types. */
  static PipelineSpec source(Layouts layouts, List<DataType> types) {
    return new PipelineSpec(types.stream().map(layouts::of).toList(), List.of());
  }

  /** Adds a batch of random rows, each column drawn from as many distinct values as given. */
  AggregateRun batch(int rows, int distinct, int nullPercent) {
    RandomValues values = new RandomValues(rows * 31L + distinct * 7L + batches.size());
    List<Object[]> batch = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      List<ColumnLayout> inputs = spec.input().inputs();
      Object[] row = new Object[inputs.size()];
      for (int column = 0; column < row.length; column++) {
        row[column] = values.next(inputs.get(column).type(), distinct, nullPercent);
      }
      batch.add(row);
    }
    return batch(batch);
  }

  AggregateRun batch(List<Object[]> rows) {
    batches.add(rows);
    return this;
  }

  /** Makes columns come as dictionaries. */
  AggregateRun dictionaries(List<Integer> columns) {
    dictionaries = columns;
    return this;
  }

  /** Runs both, compares, and returns how often the device ran a kernel. */
  long check() {
    ReferenceAggregate twin = new ReferenceAggregate(spec);
    long buffers = OpenKronos.heldBuffers(kronos);
    long dispatches;
    try (HashAggregate aggregate = new HashAggregate(kronos, spec)) {
      for (List<Object[]> rows : batches) {
        twin.add(rows);
        try (HostTable table =
            new HostTable(kronos.allocator(), spec.input().inputs(), rows, dictionaries)) {
          aggregate.add(table.batch());
        }
      }
      try (ColumnBatch result = aggregate.finish()) {
        compare(DeviceRows.of(kronos, result), twin.finish());
      }
      dispatches = aggregate.counters().stream().dispatches();
    }
    assertThat(OpenKronos.heldBuffers(kronos)).isEqualTo(buffers);
    return dispatches;
  }

  /**
   * Runs both, the device with no room for all groups, and compares the groups of all passes.
   *
   * @param budgetBytes what the device pool may hold
   * @return how many passes there were
   */
  int checkInPasses(long budgetBytes) {
    ReferenceAggregate twin = new ReferenceAggregate(spec);
    batches.forEach(twin::add);
    List<List<Object>> found = new ArrayList<>();
    long buffers = OpenKronos.heldBuffers(kronos);
    kronos.memory().limitDevice(budgetBytes);
    int passes = 1;
    try {
      List<ColumnBatch> left = firstPass(found);
      while (!left.isEmpty()) {
        left = nextPass(left, found);
        passes++;
      }
    } finally {
      kronos.memory().limitDevice(Long.MAX_VALUE);
    }
    compare(found, twin.finish());
    assertThat(OpenKronos.heldBuffers(kronos)).isEqualTo(buffers);
    return passes;
  }

  private List<ColumnBatch> firstPass(List<List<Object>> found) {
    List<ColumnBatch> left = new ArrayList<>();
    try (HashAggregate aggregate = new HashAggregate(kronos, spec);
        Stream stream = kronos.newStream()) {
      for (List<Object[]> rows : batches) {
        try (HostTable table =
                new HostTable(kronos.allocator(), spec.input().inputs(), rows, dictionaries);
            ColumnBatch batch = new BatchUpload(kronos, stream).upload(table.batch())) {
          stream.submit();
          addLeft(left, aggregate.addWhatFits(batch));
        }
      }
      finish(aggregate, found);
    }
    return left;
  }

  private List<ColumnBatch> nextPass(List<ColumnBatch> batches, List<List<Object>> found) {
    List<ColumnBatch> left = new ArrayList<>();
    List<ColumnLayout> layouts =
        spec.input().inputs().stream()
            .map(layout -> ArrowColumns.layout(layout.type(), layout.nullability()))
            .toList();
    try (HashAggregate aggregate = new HashAggregate(kronos, spec.over(layouts))) {
      for (ColumnBatch batch : batches) {
        try (batch) {
          addLeft(left, aggregate.addWhatFits(batch));
        }
      }
      finish(aggregate, found);
    }
    return left;
  }

  private static void addLeft(List<ColumnBatch> left, ColumnBatch rows) {
    if (rows.rows() > 0) {
      left.add(rows);
    }
  }

  private void finish(HashAggregate aggregate, List<List<Object>> found) {
    try (ColumnBatch result = aggregate.finish()) {
      found.addAll(DeviceRows.of(kronos, result));
    }
  }

  /** Runs the device alone, for what fails. */
  void checkDevice() {
    long buffers = OpenKronos.heldBuffers(kronos);
    try (HashAggregate aggregate = new HashAggregate(kronos, spec)) {
      for (List<Object[]> rows : batches) {
        try (HostTable table =
            new HostTable(kronos.allocator(), spec.input().inputs(), rows, dictionaries)) {
          aggregate.add(table.batch());
        }
      }
      aggregate.finish().close();
    } finally {
      assertThat(OpenKronos.heldBuffers(kronos)).isEqualTo(buffers);
    }
  }

  /** Compares groups by their keys, for their order is not defined. */
  private void compare(List<List<Object>> found, List<List<Object>> expected) {
    Map<List<Object>, List<Object>> byKey = new HashMap<>();
    found.forEach(row -> byKey.put(row.subList(0, spec.keys().size()), row));
    assertThat(found).as("groups").hasSameSizeAs(expected);
    for (List<Object> row : expected) {
      List<Object> key = row.subList(0, spec.keys().size());
      assertThat(byKey.get(key)).as("group of key %s", key).isEqualTo(row);
    }
  }
}

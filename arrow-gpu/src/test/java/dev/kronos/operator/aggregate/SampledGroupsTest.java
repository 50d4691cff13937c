// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Groups batches that are large enough for a sample, which may mislead, and compares with Java. */
@Tag("subgroups")
class SampledGroupsTest {
  private static final ColumnLayout LONGS = ColumnLayout.of(DataType.INT64, Nullability.NON_NULL);
  private static final Expression KEY = ColumnReference.to(0, LONGS);
  private static final Expression VALUE = ColumnReference.to(1, LONGS);

  /** Not a multiple of anything, so that rows are left behind the last stretch. */
  private static final int ROWS = RowSample.LEAST_ROWS + 54_321;

  /** Makes keys of groups and back: group 0 has key 0, whose words are those of an empty slot. */
  private static final long ODD = 0x9E3779B97F4A7C15L;

  private static final long INVERSE = 0xF1DE83E19937733DL;

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static DeviceBuffer staging;
  private static DeviceBuffer keys;
  private static DeviceBuffer values;

  @BeforeAll
  static void allocate() {
    staging = open.kronos().memory().allocate(Pool.READBACK, 8L * ROWS);
    keys = open.kronos().memory().allocate(Pool.DEVICE, 8L * ROWS);
    values = open.kronos().memory().allocate(Pool.DEVICE, 8L * ROWS);
  }

  @AfterAll
  static void free() {
    List.of(staging, keys, values).forEach(DeviceBuffer::close);
  }

  private static int mixed(int row) {
    int x = row * 0x85EBCA6B;
    x = (x ^ (x >>> 15)) * 0xC2B2AE35;
    return (x ^ (x >>> 16)) >>> 1;
  }

  private static long value(int row) {
    return mixed(row + 7) - (1L << 30);
  }

  private static void fill(DeviceBuffer target, boolean key, IntUnaryOperator groupOf) {
    for (int row = 0; row < ROWS; row++) {
      long word = key ? groupOf.applyAsInt(row) * ODD : value(row);
      HostMemory.putLong(staging.hostAddress() + 8L * row, word);
    }
    try (Stream stream = open.kronos().newStream()) {
      stream.copy(staging, 0, target, 0, 8L * ROWS).submit().await();
    }
  }

  private static Column column(DeviceBuffer buffer) {
    return new Column(LONGS, null, BufferSlice.shared(buffer, 0, 8L * ROWS), null, null, 0);
  }

  private static AggregateSpec spec(boolean filtered) {
    Expression positive =
        new Comparison(Comparison.Operator.GT, VALUE, new Literal(DataType.INT64, 0L));
    PipelineSpec pipeline =
        new PipelineSpec(
            List.of(LONGS, LONGS), filtered ? List.of(new Filter(positive)) : List.of());
    return new AggregateSpec(
        pipeline,
        List.of(KEY),
        List.of(new AggregateCall(Function.SUM, VALUE, DataType.INT64, ErrorMode.ANSI)));
  }

  /** Compares all groups and returns how often kernels ran. */
  private static long check(int groups, boolean filtered, IntUnaryOperator groupOf) {
    fill(keys, true, groupOf);
    fill(values, false, groupOf);
    long[] sums = new long[groups];
    BitSet present = new BitSet();
    for (int row = 0; row < ROWS; row++) {
      if (!filtered || value(row) > 0) {
        sums[groupOf.applyAsInt(row)] += value(row);
        present.set(groupOf.applyAsInt(row));
      }
    }
    try (HashAggregate aggregate = new HashAggregate(open.kronos(), spec(filtered));
        ColumnBatch batch = new ColumnBatch(List.of(column(keys), column(values)), ROWS)) {
      aggregate.add(batch);
      long dispatches = aggregate.counters().stream().dispatches();
      try (ColumnBatch result = aggregate.finish()) {
        assertThat(result.rows()).isEqualTo(present.cardinality());
        long[] found = words(result, 0);
        long[] added = words(result, 1);
        for (int i = 0; i < found.length; i++) {
          long group = found[i] * INVERSE;
          assertThat(group).as("group of row %d", i).isBetween(0L, groups - 1L);
          assertThat(present.get((int) group)).as("group %d comes once", group).isTrue();
          present.clear((int) group);
          assertThat(added[i]).as("sum of group %d", group).isEqualTo(sums[(int) group]);
        }
      }
      return dispatches;
    }
  }

  private static long[] words(ColumnBatch batch, int column) {
    BufferSlice slice = batch.columns().get(column).values();
    try (Stream stream = open.kronos().newStream()) {
      stream.copy(slice.buffer(), slice.offset(), staging, 0, 8L * batch.rows()).submit().await();
    }
    long[] words = new long[batch.rows()];
    for (int i = 0; i < words.length; i++) {
      words[i] = HostMemory.longAt(staging.hostAddress() + 8L * i);
    }
    return words;
  }

  /** Room for a sample, its halves, and the rest of the rows. */
  @Test
  void fewGroupsTakeOneRunOverTheRows() {
    assertThat(check(10, false, row -> mixed(row) % 10)).isEqualTo(4);
  }

  /** As before, and room for the groups. */
  @Test
  void manyGroupsTakeOneRunOverTheRows() {
    assertThat(check(300_000, false, row -> mixed(row) % 300_000)).isEqualTo(5);
  }

  @Test
  void rowsThatFiltersDropAreNotCounted() {
    assertThat(check(300_000, true, row -> mixed(row) % 300_000)).isEqualTo(5);
  }

  @Test
  void largeGroupsDoNotHideTheOthers() {
    int groups = 500_000;
    IntUnaryOperator groupOf = row -> mixed(row) % 3 == 0 ? 0 : mixed(row + 1) % groups;
    assertThat(check(groups, false, groupOf)).isEqualTo(5);
  }

  @Test
  void equalRowsMayComeBeforeDifferentOnes() {
    assertThat(check(ROWS, false, row -> Math.max(0, row - ROWS / 2))).isEqualTo(5);
  }

  @Test
  void differentRowsMayComeBeforeEqualOnes() {
    assertThat(check(ROWS, false, row -> Math.min(row, ROWS / 2))).isEqualTo(5);
  }

  /** The sample has rows of one group alone; what it did not see is grouped by a second run. */
  @Test
  void groupsThatASampleMissesAreFoundAllTheSame() {
    RowSample sample = RowSample.of(ROWS, 5 * Long.BYTES);
    IntUnaryOperator groupOf = row -> isSampled(sample, row) ? 0 : 1 + mixed(row) % 200_000;
    assertThat(check(200_001, false, groupOf)).isGreaterThan(5);
  }

  /** As rows.glsl says. */
  private static boolean isSampled(RowSample sample, int row) {
    int bits = sample.shift() - RowSample.PIECE_SHIFT;
    int stretch = row >>> sample.shift();
    int piece = (stretch << bits) + ((stretch * 0x9E3779B1) >>> (Integer.SIZE - bits));
    return stretch < sample.pieces() && piece == row >>> RowSample.PIECE_SHIFT;
  }
}

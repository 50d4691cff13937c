// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.column.DataType;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Utf8;
import dev.kronos.expression.XxHash64;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.pipeline.Filter;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.RowFailure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Compares Bloom filters, and unions of them, with those of plain Java. */
@Tag("subgroups")
class BloomFilterTest {
  private static final long SEED = 77;
  private static final List<DataType> ITEMS = List.of(DataType.INT64, DataType.BOOLEAN);
  private static final List<DataType> FILTERS = List.of(DataType.STRING, DataType.BOOLEAN);
  private static final long[] EDGES = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, -2};

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  /** Describes filters of some shape. */
  private record Shape(int version, int hashes, int seed, int words) {
    byte[] head() {
      ByteBuffer head = ByteBuffer.allocate(8 + 4 * version).putInt(version).putInt(hashes);
      if (version == 2) {
        head.putInt(seed);
      }
      return head.putInt(words).array();
    }

    Literal constant() {
      return new Literal(DataType.STRING, Utf8.of(head()));
    }

    /** Makes a filter with some bits set. */
    Utf8 filter(Random random, int bits) {
      byte[] head = head();
      ByteBuffer filter = ByteBuffer.allocate(head.length + 8 * words).put(head);
      for (int i = 0; i < bits; i++) {
        int place = head.length + random.nextInt(8 * words);
        filter.put(place, (byte) (filter.get(place) | 1 << random.nextInt(8)));
      }
      return Utf8.of(filter.array());
    }
  }

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 1, 0, 1),
          new Shape(2, 3, 0, 1),
          new Shape(2, 1, 9, 1),
          new Shape(2, 1, 9, 77),
          new Shape(1, 2, 0, 5),
          new Shape(1, 5, 0, 3),
          new Shape(2, 6, 42, 1000),
          new Shape(1, 255, 0, 64),
          new Shape(2, 255, -7, 4099));

  /** Makes both kinds of result, nullable and not, of all rows or of those that are marked. */
  private static List<AggregateCall> calls(Function function, Expression argument, Shape shape) {
    Expression marked = AggregateRun.columns(ITEMS).get(1);
    List<AggregateCall> calls = new ArrayList<>();
    for (ErrorMode mode : List.of(ErrorMode.NULL, ErrorMode.WRAP)) {
      for (Expression condition : new Expression[] {null, marked}) {
        calls.add(
            new AggregateCall(
                function, argument, DataType.STRING, mode, condition, List.of(shape.constant())));
      }
    }
    calls.add(new AggregateCall(Function.COUNT, argument, DataType.INT64, ErrorMode.WRAP));
    return calls;
  }

  private static AggregateRun run(List<DataType> types, List<AggregateCall> calls) {
    PipelineSpec source = AggregateRun.source(Layouts.values()[0], types);
    return new AggregateRun(open.kronos(), new AggregateSpec(source, List.of(), calls));
  }

  private static List<Object[]> items(int count, Random random) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long item = i < EDGES.length ? EDGES[i] : random.nextLong() >> random.nextInt(64);
      rows.add(new Object[] {i % 7 == 3 ? null : item, i % 5 == 0 ? null : i % 3 == 0});
    }
    return rows;
  }

  @Test
  void filtersOfItems() {
    Random random = new Random(SEED);
    for (Shape shape : SHAPES) {
      Expression item = AggregateRun.columns(ITEMS).get(0);
      for (int rows : new int[] {1, 255, 257, 4096}) {
        run(ITEMS, calls(Function.BLOOM_FILTER, item, shape))
            .batch(items(rows, random))
            .batch(items(100, random))
            .check();
      }
    }
  }

  @Test
  void filtersOfHashesOfRowsThatAreLeft() {
    Expression item = AggregateRun.columns(ITEMS).get(0);
    Expression hash = new XxHash64(List.of(item), 42);
    PipelineSpec source =
        new PipelineSpec(
            ITEMS.stream().map(Layouts.values()[0]::of).toList(),
            List.of(
                new Filter(
                    new Comparison(
                        Comparison.Operator.GT, item, new Literal(DataType.INT64, 5L)))));
    List<AggregateCall> calls = calls(Function.BLOOM_FILTER, hash, SHAPES.get(6));
    new AggregateRun(open.kronos(), new AggregateSpec(source, List.of(), calls))
        .batch(items(1000, new Random(SEED)))
        .check();
  }

  /** A megabyte, as Spark makes them where nothing is set. */
  @Test
  void largeFilters() {
    Shape shape = new Shape(2, 6, 0, 1 << 17);
    Random random = new Random(SEED);
    Expression item = AggregateRun.columns(ITEMS).get(0);
    run(ITEMS, calls(Function.BLOOM_FILTER, item, shape)).batch(items(5000, random)).check();
    run(FILTERS, calls(Function.BLOOM_UNION, AggregateRun.columns(FILTERS).get(0), shape))
        .batch(filters(5, shape, random))
        .batch(filters(2, shape, random))
        .check();
  }

  private static List<Object[]> filters(int count, Shape shape, Random random) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Utf8 filter = shape.filter(random, i % 4 == 1 ? 0 : 1 + random.nextInt(200));
      rows.add(new Object[] {i % 7 == 3 ? null : filter, i % 2 == 0});
    }
    return rows;
  }

  @Test
  void unions() {
    Random random = new Random(SEED);
    Expression filter = AggregateRun.columns(FILTERS).get(0);
    for (Shape shape : SHAPES) {
      for (int rows : new int[] {1, 63, 65, 300}) {
        run(FILTERS, calls(Function.BLOOM_UNION, filter, shape))
            .batch(filters(rows, shape, random))
            .batch(filters(1, shape, random))
            .check();
      }
    }
  }

  @Test
  void nothingAndNothingButNulls() {
    List<Object[]> nulls = new ArrayList<>();
    nulls.add(new Object[] {null, true});
    for (Shape shape : SHAPES) {
      Expression item = AggregateRun.columns(ITEMS).get(0);
      Expression filter = AggregateRun.columns(FILTERS).get(0);
      List<Object[]> empty = new ArrayList<>();
      empty.add(new Object[] {shape.filter(new Random(SEED), 0), true});
      run(ITEMS, calls(Function.BLOOM_FILTER, item, shape)).check();
      run(ITEMS, calls(Function.BLOOM_FILTER, item, shape)).batch(nulls).check();
      run(FILTERS, calls(Function.BLOOM_UNION, filter, shape)).check();
      run(FILTERS, calls(Function.BLOOM_UNION, filter, shape)).batch(nulls).batch(empty).check();
    }
  }

  /** Such filters come of nothing that Spark plans: to unite them would lose items. */
  @Test
  void filtersOfAnotherShapeFail() {
    Shape shape = SHAPES.get(6);
    Expression filter = AggregateRun.columns(FILTERS).get(0);
    Random random = new Random(SEED);
    List<Shape> others =
        List.of(
            new Shape(1, 6, 0, 1000),
            new Shape(2, 5, 42, 1000),
            new Shape(2, 6, 43, 1000),
            new Shape(2, 6, 42, 999));
    for (Shape other : others) {
      List<Object[]> rows = filters(3, shape, random);
      rows.add(new Object[] {other.filter(random, 5), true});
      AggregateRun run = run(FILTERS, calls(Function.BLOOM_UNION, filter, shape)).batch(rows);
      assertThatThrownBy(run::checkDevice)
          .isInstanceOfSatisfying(RowFailure.class, e -> assertThat(e.row()).isEqualTo(3));
      assertThatThrownBy(run::check).isInstanceOf(RowFailure.class);
    }
    List<Object[]> noFilter = new ArrayList<>();
    noFilter.add(new Object[] {Utf8.of(""), true});
    AggregateRun run = run(FILTERS, calls(Function.BLOOM_UNION, filter, shape)).batch(noFilter);
    assertThatThrownBy(run::checkDevice).isInstanceOf(RowFailure.class);
  }

  @Test
  void groupsAndManyBitsAndWordsAreRefused() {
    Expression item = AggregateRun.columns(ITEMS).get(0);
    PipelineSpec source = AggregateRun.source(Layouts.values()[0], ITEMS);
    List<AggregateCall> calls = calls(Function.BLOOM_FILTER, item, SHAPES.get(0));
    assertThat(HashAggregate.unsupported(new AggregateSpec(source, List.of(), calls))).isEmpty();
    assertThat(HashAggregate.unsupported(new AggregateSpec(source, List.of(item), calls)))
        .contains("Bloom filters of groups");
    List<AggregateCall> many = calls(Function.BLOOM_FILTER, item, new Shape(2, 256, 0, 9));
    assertThat(HashAggregate.unsupported(new AggregateSpec(source, List.of(), many)))
        .contains("more than 255 bits an item in a Bloom filter");
    calls = calls(Function.BLOOM_FILTER, item, new Shape(2, 1, 0, 200_000_001));
    assertThat(HashAggregate.unsupported(new AggregateSpec(source, List.of(), calls)))
        .contains("more than 200000000 words of 64 bits in a Bloom filter");
  }

  @Test
  void whatIsNoHeadIsRefused() {
    Expression item = AggregateRun.columns(ITEMS).get(0);
    List<Shape> wrong =
        List.of(new Shape(3, 1, 0, 1), new Shape(1, 0, 0, 1), new Shape(2, 1, 0, 0));
    for (Shape shape : wrong) {
      assertThatThrownBy(() -> calls(Function.BLOOM_FILTER, item, shape))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () ->
                new AggregateCall(
                    Function.BLOOM_FILTER, item, DataType.STRING, ErrorMode.WRAP, null, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.ErrorMode;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.AggregateSpec;
import dev.kronos.operator.aggregate.Function;
import dev.kronos.operator.aggregate.HashAggregate;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Reduces random numbers to one by the operator of all aggregates, as {@code Aggregates} does. */
final class AggregateCell extends BatchCell {

  private final int count;
  private final SumCell.Type type;
  private final Function function;
  private final AggregateSpec spec;
  private final ColumnBatch numbers;

  /**
   * Makes the numbers.
   *
   * @param function SUM, MIN or MAX
   */
  AggregateCell(Kronos kronos, int count, SumCell.Type type, Function function) {
    super(kronos, function + " of " + type);
    this.count = count;
    this.type = type;
    this.function = function;
    DataType dataType = type == SumCell.Type.INT64 ? DataType.INT64 : DataType.FLOAT32;
    ColumnLayout layout = ColumnLayout.of(dataType, Nullability.NON_NULL);
    this.spec = spec(layout);
    try {
      this.numbers =
          new ColumnBatch(
              List.of(column(layout, data().filled(count, type.sizeBytes(), type::element))),
              count);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private AggregateSpec spec(ColumnLayout layout) {
    DataType wide = type == SumCell.Type.INT64 ? DataType.INT64 : DataType.FLOAT64;
    DataType result = function == Function.SUM ? wide : layout.type();
    AggregateCall call =
        new AggregateCall(function, ColumnReference.to(0, layout), result, ErrorMode.WRAP);
    return new AggregateSpec(
        new PipelineSpec(List.of(layout), List.of()), List.of(), List.of(call));
  }

  @Override
  public long elements() {
    return count;
  }

  @Override
  public double bytes() {
    return (double) count * type.sizeBytes();
  }

  @Override
  ColumnBatch compute() {
    try (HashAggregate aggregate = new HashAggregate(kronos(), spec)) {
      aggregate.add(numbers);
      ColumnBatch result = aggregate.finish();
      spent(aggregate.counters());
      return result;
    }
  }

  @Override
  public void check() {
    requireRows(1);
    long expected = type == SumCell.Type.INT64 ? expectedLong() : expectedFloat();
    int resultBytes = function == Function.SUM ? Long.BYTES : type.sizeBytes();
    read(0, resultBytes, (place, found) -> require(found == expected, "value", place));
  }

  private long expectedLong() {
    LongStream elements = IntStream.range(0, count).parallel().mapToLong(type::element);
    return switch (function) {
      case MIN -> elements.min().orElseThrow();
      case MAX -> elements.max().orElseThrow();
      default -> elements.sum();
    };
  }

  /** Returns the bits of the result, sign-extended as they are read. */
  private long expectedFloat() {
    DoubleStream elements =
        IntStream.range(0, count)
            .parallel()
            .mapToDouble(place -> Float.intBitsToFloat((int) type.element(place)));
    return switch (function) {
      case MIN -> Float.floatToRawIntBits((float) elements.min().orElseThrow());
      case MAX -> Float.floatToRawIntBits((float) elements.max().orElseThrow());
      default -> Double.doubleToRawLongBits(elements.sum());
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.BatchDownload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.AggregateOverflow;
import dev.kronos.operator.aggregate.AggregateSpec;
import dev.kronos.operator.aggregate.Function;
import dev.kronos.operator.aggregate.HashAggregate;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;

/**
 * Reduces a vector to one value, as Arrow's aggregate functions do: nulls are skipped, and the
 * result is null when nothing is left. Every function reads the vector once, in one kernel.
 *
 * <p>Results do not depend on the device, its subgroup size or the order of additions: integers and
 * decimals are exact, and floating point sums are rounded once, from the exact sum.
 *
 * <p>Thread-safe. Errors: {@link KronosException.Unsupported} for a vector whose type has no column
 * type or which the function does not take, {@link KronosException.Exhausted} when there is no room
 * on the device.
 */
public final class Aggregates {
  private final Kronos kronos;

  /** Creates the functions of a device, which stays the caller's. */
  public Aggregates(Kronos kronos) {
    this.kronos = Objects.requireNonNull(kronos, "kronos");
  }

  /** Returns how many values are not null. */
  public long count(FieldVector values) {
    return one(values, reference -> count(reference)).asLong();
  }

  /**
   * Returns the sum: INT64, wrapping around, for integers; FLOAT64 for floating point numbers; a
   * decimal of 38 digits for decimals, null when it does not fit.
   */
  public Scalar sum(FieldVector values) {
    return one(values, reference -> sum(reference, ErrorMode.WRAP));
  }

  /**
   * Returns the sum as {@link #sum}, but fails where it does not fit.
   *
   * @throws KronosException.InvalidArgument when an integer or decimal sum overflows
   */
  public Scalar sumChecked(FieldVector values) {
    try {
      return one(values, reference -> sum(reference, ErrorMode.ANSI));
    } catch (AggregateOverflow e) {
      throw new KronosException.InvalidArgument(
          message("sum does not fit its type", "vector", values.getName()));
    }
  }

  /**
   * Returns the least value. Booleans: false is less than true. NaN is skipped where there are
   * numbers.
   */
  public Scalar min(FieldVector values) {
    return extreme(Function.MIN, values);
  }

  /**
   * Returns the greatest value. Booleans: false is less than true. NaN is skipped where there are
   * numbers.
   */
  public Scalar max(FieldVector values) {
    return extreme(Function.MAX, values);
  }

  /** Returns whether any boolean that is not null is true; null when there is none. */
  public Scalar any(FieldVector booleans) {
    return max(require(booleans, DataType.BOOLEAN));
  }

  /** Returns whether all booleans that are not null are true; null when there is none. */
  public Scalar all(FieldVector booleans) {
    return min(require(booleans, DataType.BOOLEAN));
  }

  /** Returns the arithmetic mean of numbers as FLOAT64: the exact sum, rounded, by the count. */
  public Scalar mean(FieldVector values) {
    List<Scalar> parts =
        run(values, column -> List.of(sum(exact(column), ErrorMode.NULL), count(column)));
    if (parts.get(0).isNull()) {
      return new Scalar(DataType.FLOAT64, null);
    }
    return new Scalar(DataType.FLOAT64, toDouble(parts.get(0)) / parts.get(1).asLong());
  }

  /**
   * Returns the variance of numbers as FLOAT64: the mean square of the distances from the mean, by
   * a second pass.
   *
   * @param ddof delta degrees of freedom, 0 or more: the sum of squares is divided by the count
   *     less {@code ddof}; null where that is not positive
   */
  public Scalar variance(FieldVector values, int ddof) {
    if (ddof < 0) {
      throw new KronosException.InvalidArgument(message("negative ddof", "ddof", ddof));
    }
    Scalar mean = mean(values);
    if (mean.isNull()) {
      return mean;
    }
    List<Scalar> parts =
        run(
            values,
            column -> List.of(sum(square(column, mean.asDouble()), ErrorMode.NULL), count(column)));
    long divisor = parts.get(1).asLong() - ddof;
    Double result = divisor > 0 ? parts.get(0).asDouble() / divisor : null;
    return new Scalar(DataType.FLOAT64, result);
  }

  /** Returns the standard deviation, the square root of {@link #variance}. */
  public Scalar stddev(FieldVector values, int ddof) {
    Scalar variance = variance(values, ddof);
    return variance.isNull()
        ? variance
        : new Scalar(DataType.FLOAT64, Math.sqrt(variance.asDouble()));
  }

  /** Makes the call to compute from a reference to the column. */
  @FunctionalInterface
  private interface OneCall {
    AggregateCall over(ColumnReference column);
  }

  /** Makes the calls to compute from a reference to the column. */
  @FunctionalInterface
  private interface Calls {
    List<AggregateCall> over(ColumnReference column);
  }

  private Scalar one(FieldVector values, OneCall call) {
    return run(values, column -> List.of(call.over(column))).get(0);
  }

  private List<Scalar> run(FieldVector values, Calls calls) {
    HostBatch batch = HostBatch.ofVectors(List.of(values), values.getValueCount());
    ColumnLayout layout = batch.columns().get(0).layout();
    ColumnReference column = new ColumnReference(0, layout.type(), layout.nullable());
    PipelineSpec input = new PipelineSpec(List.of(layout), List.of());
    try (HashAggregate aggregate =
        new HashAggregate(kronos, new AggregateSpec(input, List.of(), calls.over(column)))) {
      aggregate.add(batch);
      try (ColumnBatch result = aggregate.finish()) {
        return read(result);
      }
    }
  }

  private List<Scalar> read(ColumnBatch result) {
    String[] names = new String[result.columns().size()];
    Arrays.fill(names, "");
    try (BatchDownload download = new BatchDownload(kronos)) {
      List<FieldVector> vectors = download.download(result, List.of(names));
      try {
        List<Scalar> scalars = new ArrayList<>(vectors.size());
        vectors.forEach(vector -> scalars.add(ScalarReader.read(vector, 0)));
        return scalars;
      } finally {
        vectors.forEach(FieldVector::close);
      }
    }
  }

  private static FieldVector require(FieldVector vector, DataType type) {
    HostBatch batch = HostBatch.ofVectors(List.of(vector), 0);
    if (!batch.columns().get(0).layout().type().equals(type)) {
      throw new KronosException.Unsupported(
          message("function does not take this type", "wanted", type, "vector", vector.getField()));
    }
    return vector;
  }

  private static AggregateCall count(Expression values) {
    return new AggregateCall(Function.COUNT, values, DataType.INT64, ErrorMode.ANSI);
  }

  /** The operator orders NaN above all numbers, so it is asked for the numbers alone as well. */
  private Scalar extreme(Function function, FieldVector values) {
    List<Scalar> found =
        run(values, c -> List.of(extreme(function, numbers(c)), extreme(function, c)));
    return found.get(0).isNull() ? found.get(1) : found.get(0);
  }

  private static AggregateCall extreme(Function function, Expression values) {
    return new AggregateCall(function, values, values.type(), ErrorMode.ANSI);
  }

  private static Expression numbers(Expression values) {
    DataType type = values.type();
    if (!type.isFloating()) {
      return values;
    }
    Expression isNumber = new Comparison(Comparison.Operator.LE, values, infinity(type));
    return new CaseWhen(List.of(new CaseWhen.Branch(isNumber, values)), Literal.ofNull(type));
  }

  private static Literal infinity(DataType type) {
    return type.equals(DataType.FLOAT32)
        ? new Literal(type, Float.POSITIVE_INFINITY)
        : new Literal(type, Double.POSITIVE_INFINITY);
  }

  private static AggregateCall sum(Expression values, ErrorMode mode) {
    DataType type = values.type();
    if (!type.isNumeric()) {
      throw new KronosException.Unsupported(message("only numbers have a sum", "type", type));
    }
    if (type.isDecimal()) {
      DataType wide = DataType.decimal(DataType.MAX_PRECISION, type.scale());
      ErrorMode decimalMode = mode == ErrorMode.ANSI ? mode : ErrorMode.NULL;
      return new AggregateCall(Function.SUM, values, wide, decimalMode);
    }
    DataType result = type.isFloating() ? DataType.FLOAT64 : DataType.INT64;
    return new AggregateCall(Function.SUM, values, result, mode);
  }

  /** Integers as decimals, whose sum does not wrap around. */
  private static Expression exact(Expression values) {
    return values.type().isIntegral()
        ? new Cast(values, DataType.decimal(19, 0), ErrorMode.ANSI)
        : values;
  }

  private static Expression square(Expression values, double mean) {
    Expression number = new Cast(values, DataType.FLOAT64, ErrorMode.ANSI);
    Expression distance =
        arithmetic(Arithmetic.Operator.SUBTRACT, number, new Literal(DataType.FLOAT64, mean));
    return arithmetic(Arithmetic.Operator.MULTIPLY, distance, distance);
  }

  private static Expression arithmetic(Arithmetic.Operator operator, Expression l, Expression r) {
    return new Arithmetic(operator, l, r, DataType.FLOAT64, ErrorMode.ANSI);
  }

  private static double toDouble(Scalar sum) {
    return sum.type().isDecimal() ? sum.asDecimal().doubleValue() : sum.asDouble();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.RowErrorException;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.AggregateOverflow;
import dev.kronos.operator.aggregate.AggregateSpec;
import dev.kronos.operator.aggregate.Function;
import dev.kronos.operator.aggregate.HashAggregate;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.RowFailure;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Reduces expressions over rows to one value each, in one kernel, with what is done before it. */
final class Reduction {
  private final Kronos kronos;
  private final RowSource rows;
  private final PipelineSpec input;

  /**
   * Prepares reductions.
   *
   * @param kronos the device
   * @param rows what is reduced
   * @param input what is done to the rows before; makes the columns that expressions are over
   */
  Reduction(Kronos kronos, RowSource rows, PipelineSpec input) {
    this.kronos = kronos;
    this.rows = rows;
    this.input = input;
  }

  long count(Expression values) {
    return one(AggregateCalls.counted(values)).asLong();
  }

  Scalar sum(Expression values) {
    return sum(values, ErrorMode.WRAP);
  }

  private Scalar sum(Expression values, ErrorMode mode) {
    Scalar sum = one(AggregateCalls.summed(values, mode));
    return ScalarReader.evaluate(AggregateCalls.sum(values.type(), sum.literal(), mode));
  }

  /** Names the vector or expression in the message when the sum does not fit. */
  Scalar sumChecked(Expression values, String name) {
    try {
      return sum(values, ErrorMode.ANSI);
    } catch (AggregateOverflow | RowErrorException e) {
      throw new KronosException.InvalidArgument(
          message("sum does not fit its type", "vector", name));
    }
  }

  Scalar min(Expression values) {
    return extreme(Function.MIN, values);
  }

  Scalar max(Expression values) {
    return extreme(Function.MAX, values);
  }

  /** Returns what becomes of the results of one pass. */
  Scalar finish(GroupFinish finish) {
    List<Literal> results = run(finish.calls()).stream().map(Scalar::literal).toList();
    return ScalarReader.evaluate(finish.result().of(results));
  }

  Scalar mean(Expression values) {
    List<Scalar> parts =
        run(
            List.of(
                AggregateCalls.summed(AggregateCalls.exact(values), ErrorMode.NULL),
                AggregateCalls.counted(values)));
    if (parts.get(0).isNull()) {
      return new Scalar(DataType.FLOAT64, null);
    }
    return new Scalar(DataType.FLOAT64, toDouble(parts.get(0)) / parts.get(1).asLong());
  }

  Scalar variance(Expression values, int ddof) {
    if (ddof < 0) {
      throw new KronosException.InvalidArgument(message("negative ddof", "ddof", ddof));
    }
    Scalar mean = mean(values);
    if (mean.isNull()) {
      return mean;
    }
    List<Scalar> parts =
        run(
            List.of(
                AggregateCalls.summed(
                    AggregateCalls.square(values, mean.literal()), ErrorMode.NULL),
                AggregateCalls.counted(values)));
    long divisor = parts.get(1).asLong() - ddof;
    Double result = divisor > 0 ? parts.get(0).asDouble() / divisor : null;
    return new Scalar(DataType.FLOAT64, result);
  }

  /**
   * The operator orders NaN above all numbers: the least value is a number where there are any, but
   * for the greatest it is asked for the numbers alone, and again where there are none.
   */
  private Scalar extreme(Function function, Expression given) {
    Expression values = CarriedRules.ordered(given);
    boolean skipsNan = function == Function.MAX && values.type().isFloating();
    Expression asked = skipsNan ? AggregateCalls.numbers(values) : values;
    Scalar extreme = one(AggregateCalls.extremeOf(function, asked));
    if (skipsNan && extreme.isNull()) {
      extreme = one(AggregateCalls.extremeOf(function, values));
    }
    return ScalarReader.evaluate(CarriedRules.unordered(extreme.literal(), given.type()));
  }

  private Scalar one(AggregateCall call) {
    return run(List.of(call)).get(0);
  }

  private List<Scalar> run(List<AggregateCall> calls) {
    try (HashAggregate aggregate =
        new HashAggregate(kronos, new AggregateSpec(input, List.of(), calls))) {
      rows.into(aggregate);
      try (ColumnBatch result = aggregate.finish()) {
        return read(result);
      }
    } catch (RowFailure e) {
      FusedPipeline fused = FusedPipeline.of(input);
      List<Expression> evaluated = new ArrayList<>(fused.conditions());
      calls.forEach(call -> evaluated.add(fused.bind(call.argument())));
      throw Projection.failure("reduction", e, rows, evaluated);
    }
  }

  private List<Scalar> read(ColumnBatch result) {
    List<Field> fields =
        result.columns().stream().map(column -> field(column.layout().type())).toList();
    List<FieldVector> values = Projection.download(kronos, result, fields);
    try {
      return values.stream().map(vector -> ScalarReader.read(vector, 0)).toList();
    } finally {
      values.forEach(FieldVector::close);
    }
  }

  private static Field field(DataType type) {
    return new Field("", FieldType.nullable(ArrowColumns.arrowType(type)), null);
  }

  private static double toDouble(Scalar sum) {
    return sum.type().isDecimal() ? sum.asDecimal().doubleValue() : sum.asDouble();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.NormalizeFloat;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.Function;
import dev.kronos.operator.window.WindowCall;
import dev.kronos.operator.window.WindowFrame;
import dev.kronos.operator.window.WindowFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.DeclarativeAggregate;

/**
 * Collects the columns and the device's calls that windows need, and what Spark's results are made
 * of. Not thread-safe.
 */
final class WindowBuilder {
  private final List<Attribute> input;
  private final ExpressionTranslator translator;
  private final List<Expression> columns = new ArrayList<>();
  private final List<WindowCall> calls = new ArrayList<>();
  private final List<Integer> aggregateOfCall = new ArrayList<>();
  private final List<Expression> buffers = new ArrayList<>();
  private final List<Attribute> bufferAttributes = new ArrayList<>();
  private final List<Expression> results = new ArrayList<>();
  private final List<org.apache.spark.sql.catalyst.expressions.Expression> evaluation =
      new ArrayList<>();
  private final List<org.apache.spark.sql.catalyst.expressions.Expression> bounds =
      new ArrayList<>();
  private int aggregates;

  /** Creates a builder over the columns that reach the windows, all of which are given out. */
  WindowBuilder(List<Attribute> input) {
    this.input = List.copyOf(input);
    this.translator = new ExpressionTranslator(input);
    columns.addAll(
        translator.requireAll(
            input.stream()
                .map(org.apache.spark.sql.catalyst.expressions.Expression.class::cast)
                .toList()));
  }

  /** Translates something over the columns that reach the windows. */
  Expression argument(org.apache.spark.sql.catalyst.expressions.Expression expression) {
    return translator.require(expression);
  }

  /** Returns the place of a column of these values; an equal one is not added twice. */
  int column(Expression value) {
    int place = columns.indexOf(value);
    if (place < 0) {
      place = columns.size();
      columns.add(value);
    }
    return place;
  }

  /** Returns the columns of keys. */
  List<Integer> keys(List<org.apache.spark.sql.catalyst.expressions.Expression> keys) {
    return keys.stream().map(this::key).toList();
  }

  /** Returns the column of a key whose equal values have equal bits. */
  private int key(org.apache.spark.sql.catalyst.expressions.Expression key) {
    Expression value = argument(key);
    boolean normal = !value.type().isFloating() || value instanceof NormalizeFloat;
    return column(normal ? value : new NormalizeFloat(value));
  }

  /** Adds a call of a function that is no aggregate, and returns a reference to its result. */
  Expression call(WindowCall call) {
    return call(call, -1);
  }

  private Expression call(WindowCall call, int aggregate) {
    calls.add(call);
    aggregateOfCall.add(aggregate);
    return new ColumnReference(calls.size() - 1, call.resultType(), call.nullable());
  }

  /** Adds a bound of a frame, over the columns that reach the windows. */
  void bound(org.apache.spark.sql.catalyst.expressions.Expression value) {
    bounds.add(value);
  }

  List<org.apache.spark.sql.catalyst.expressions.Expression> bounds() {
    return bounds;
  }

  /** Adds the result of a function without buffers, over the results of calls. */
  void result(Expression value, Attribute name) {
    results.add(new ColumnReference(buffers.size(), value.type(), value.nullable()));
    buffers.add(value);
    bufferAttributes.add(name.withNullability(value.nullable()));
    evaluation.add((org.apache.spark.sql.catalyst.expressions.Expression) name);
  }

  /** Starts the calls of an aggregate function, which refer to results behind those so far. */
  AggregateBuilder aggregate(
      Optional<org.apache.spark.sql.catalyst.expressions.Expression> filter) {
    AggregateBuilder builder = new AggregateBuilder(input, calls.size(), false);
    builder.startFunction(aggregates, filter);
    return builder;
  }

  /**
   * Adds an aggregate function over a frame: its calls, its buffers and its result.
   *
   * @param around what Spark makes of the function's result
   */
  void aggregate(
      AggregateFunction function,
      AggregateBuilder builder,
      List<Expression> functionBuffers,
      WindowFrame frame,
      UnaryOperator<org.apache.spark.sql.catalyst.expressions.Expression> around) {
    builder.calls().forEach(call -> call(windowed(call, frame), aggregates));
    aggregates++;
    List<Attribute> names = ScalaCollections.list(function.aggBufferAttributes());
    int first = buffers.size();
    for (int i = 0; i < names.size(); i++) {
      buffers.add(functionBuffers.get(i));
      bufferAttributes.add(names.get(i).withNullability(functionBuffers.get(i).nullable()));
    }
    org.apache.spark.sql.catalyst.expressions.Expression evaluated =
        around.apply(((DeclarativeAggregate) function).evaluateExpression());
    evaluation.add(evaluated);
    // A function may occur twice, over other frames: columns before its own get names of their own.
    List<Attribute> known = new ArrayList<>();
    for (int i = 0; i < buffers.size(); i++) {
      Attribute name = bufferAttributes.get(i);
      known.add(i < first ? name.newInstance() : name);
    }
    results.add(new ExpressionTranslator(known).require(evaluated));
  }

  private WindowCall windowed(AggregateCall call, WindowFrame frame) {
    DataType type = call.resultType();
    return switch (call.function()) {
      case COUNT -> over(WindowFunction.COUNT, call, frame);
      case SEEN -> over(WindowFunction.SEEN, call, frame);
      case MIN -> over(WindowFunction.MIN, call, frame);
      case MAX -> over(WindowFunction.MAX, call, frame);
      case SUM -> over(WindowFunction.SUM, call, frame);
      case FIRST, LAST -> {
        boolean last = call.function() == Function.LAST;
        int looked = call.condition() == null ? WindowCall.NONE : column(call.condition());
        yield new WindowCall(
            last ? WindowFunction.LAST : WindowFunction.NTH,
            column(call.argument()),
            looked,
            WindowCall.NONE,
            last ? 0 : 1,
            type,
            ErrorMode.WRAP,
            frame);
      }
      case DISTANCES -> over(WindowFunction.DISTANCES, call, frame);
      case BIT_AND -> over(WindowFunction.BIT_AND, call, frame);
      case BIT_OR -> over(WindowFunction.BIT_OR, call, frame);
      case BIT_XOR -> over(WindowFunction.BIT_XOR, call, frame);
      // Windows have no need of means: their sums and counts are at hand.
      case MEAN,
          CUBED_DISTANCES,
          FOURTH_DISTANCES,
          LEFT_MEAN,
          RIGHT_MEAN,
          CODISTANCES,
          BLOOM_FILTER,
          BLOOM_UNION,
          DISTINCT_WORD,
          DISTINCT_ZEROS,
          DISTINCT_INVERSE ->
          throw WindowCatalog.UNLISTED.refusal(call.function().toString());
    };
  }

  private WindowCall over(WindowFunction function, AggregateCall call, WindowFrame frame) {
    Expression value = call.argument();
    if (call.condition() != null) {
      Expression whole = value == null ? new Literal(DataType.BOOLEAN, true) : value;
      value = CaseWhen.orNull(call.condition(), whole);
    }
    int argument = value == null ? WindowCall.NONE : column(value);
    return WindowCall.over(function, argument, call.resultType(), call.mode(), frame);
  }

  List<Expression> columns() {
    return columns;
  }

  List<WindowCall> calls() {
    return calls;
  }

  List<Integer> aggregateOfCall() {
    return aggregateOfCall;
  }

  List<Expression> buffers() {
    return buffers;
  }

  List<Attribute> bufferAttributes() {
    return bufferAttributes;
  }

  List<Expression> results() {
    return results;
  }

  List<org.apache.spark.sql.catalyst.expressions.Expression> evaluation() {
    return evaluation;
  }
}

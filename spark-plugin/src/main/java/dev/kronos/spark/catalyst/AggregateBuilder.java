// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.And;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;

/** Collects the device's calls that Spark's aggregate functions need. Not thread-safe. */
final class AggregateBuilder {
  private final ExpressionTranslator input;
  private final int keys;
  private final boolean givesBuffers;
  private final List<AggregateCall> calls = new ArrayList<>();
  private final List<Integer> functionOfCall = new ArrayList<>();
  private int function;
  private Expression condition;

  /**
   * Creates a builder.
   *
   * @param input the columns that reach the aggregation
   * @param keys how many group keys come before the calls' results
   * @param givesBuffers whether the functions' buffers leave the aggregation, and not results
   */
  AggregateBuilder(List<Attribute> input, int keys, boolean givesBuffers) {
    this.givesBuffers = givesBuffers;
    this.input = new ExpressionTranslator(input);
    this.keys = keys;
  }

  /**
   * Says whose calls come next.
   *
   * @param index the index of one of Spark's functions
   * @param filter which rows the function takes in; empty for all of them
   */
  void startFunction(
      int index, Optional<org.apache.spark.sql.catalyst.expressions.Expression> filter) {
    function = index;
    condition = filter.map(input::require).orElse(null);
  }

  /** Translates an argument of one of Spark's functions. */
  Expression argument(org.apache.spark.sql.catalyst.expressions.Expression expression) {
    return input.require(expression);
  }

  /** Adds a call and returns a reference to its result; an equal call is not added twice. */
  Expression call(Function kind, Expression argument, DataType type, ErrorMode mode) {
    return call(new AggregateCall(kind, argument, type, mode, condition, List.of()));
  }

  private Expression call(AggregateCall call) {
    int index = calls.indexOf(call);
    if (index < 0) {
      index = calls.size();
      calls.add(call);
      functionOfCall.add(function);
    }
    return new ColumnReference(keys + index, call.resultType(), call.nullable());
  }

  Expression sum(Expression argument, DataType type, ErrorMode mode) {
    return call(Function.SUM, argument, type, mode);
  }

  Expression seen(Expression argument) {
    return call(Function.SEEN, argument, DataType.BOOLEAN, ErrorMode.WRAP);
  }

  /** Counts the rows whose argument is not null; all rows when it is null. */
  Expression count(Expression argument) {
    return call(Function.COUNT, argument, DataType.INT64, ErrorMode.WRAP);
  }

  Expression extreme(Function kind, Expression argument) {
    return call(kind, argument, argument.type(), ErrorMode.WRAP);
  }

  /**
   * Takes the value, be it null, of the first or last row.
   *
   * @param looked tells at which rows to look, of those that the function takes in; null for all
   */
  Expression pick(Function kind, Expression value, Expression looked) {
    Expression both =
        condition == null ? looked : looked == null ? condition : new And(condition, looked);
    return call(new AggregateCall(kind, value, value.type(), ErrorMode.WRAP, both, List.of()));
  }

  /**
   * Takes a mean of doubles, or the sum of their distances from it, squared or multiplied.
   *
   * @param others the other sides of pairs, for functions of those; then nothing, or how many each
   *     argument stands for, and their distances
   */
  Expression moment(Function kind, Expression argument, Expression... others) {
    return call(
        new AggregateCall(
            kind, argument, DataType.FLOAT64, ErrorMode.WRAP, condition, List.of(others)));
  }

  /**
   * Makes a Bloom filter, of items or of filters; null where it is a result and has no item.
   *
   * @param head what the filter begins with, up to the number of words
   */
  Expression bloom(Function kind, Expression argument, Literal head) {
    ErrorMode mode = givesBuffers ? ErrorMode.WRAP : ErrorMode.NULL;
    return call(new AggregateCall(kind, argument, DataType.STRING, mode, condition, List.of(head)));
  }

  /**
   * Makes something of registers of distinct values.
   *
   * @param argument the hash, or the first word of registers to unite
   * @param united nothing, or the other words
   * @param constants what the function is told
   */
  Expression distinct(
      Function kind, Expression argument, List<Expression> united, Literal... constants) {
    List<Expression> others = new ArrayList<>(List.of(constants));
    others.addAll(united);
    DataType type = kind == Function.DISTINCT_INVERSE ? DataType.FLOAT64 : DataType.INT64;
    return call(new AggregateCall(kind, argument, type, ErrorMode.WRAP, condition, others));
  }

  /** Tells whether the functions' buffers leave the aggregation, and not results. */
  boolean givesBuffers() {
    return givesBuffers;
  }

  List<AggregateCall> calls() {
    return calls;
  }

  List<Integer> functionOfCall() {
    return functionOfCall;
  }
}

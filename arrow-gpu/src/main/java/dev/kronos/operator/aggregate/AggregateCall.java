// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.column.DataType;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Utf8;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Describes one aggregate function of a grouping.
 *
 * @param function what is computed
 * @param argument over the columns that leave the pipeline; null only to COUNT rows
 * @param resultType INT64 for COUNT and integer sums, or INT32 for sums of such, a decimal of the
 *     argument's scale for decimal sums, FLOAT64 for floating sums, BOOLEAN for SEEN, STRING, which
 *     holds bytes, for Bloom filters, else the argument's type
 * @param mode what a sum does that does not fit: ANSI fails, NULL gives null, WRAP (integers only)
 *     keeps the low 64 bits; of a Bloom filter NULL gives null for one without items, all others
 *     give it
 * @param condition BOOLEAN over the same columns: the function looks only at rows where it is true,
 *     and the argument is evaluated only there; null to look at all rows
 * @param others nothing; or, for moments of rows that each stand for several values, of which the
 *     argument is the mean: how many these are, a whole FLOAT64 below 2^53, and the sums of their
 *     squared distances from the argument, of cubes and fourth powers of these, as far as the
 *     function needs them or further, FLOAT64; never null where the argument is not. For pairs: the
 *     right side, FLOAT64, before these, which then are about products of distances. For Bloom
 *     filters: what all of them begin with, up to the number of words, a constant STRING. For
 *     registers of distinct values: how many bits of a hash choose one, 4 to 26, a constant INT32;
 *     for a word of them which, from 0, a constant INT32; and where the argument is no hash but the
 *     first word of registers to unite, their other words, INT64
 */
public record AggregateCall(
    Function function,
    Expression argument,
    DataType resultType,
    ErrorMode mode,
    Expression condition,
    List<Expression> others) {
  private static final List<DataType> PAIRED = Collections.nCopies(1, DataType.FLOAT64);
  private static final int MOST_POWERS = 4;
  private static final List<DataType> MERGED_PAIRS = Collections.nCopies(3, DataType.FLOAT64);

  /** Checks that the parts fit each other. */
  public AggregateCall {
    others = List.copyOf(others);
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(resultType, "resultType");
    Objects.requireNonNull(mode, "mode");
    if (condition != null && !condition.type().equals(DataType.BOOLEAN)) {
      throw new IllegalArgumentException(
          "condition of an aggregate is not boolean: condition=" + condition);
    }
    if (argument == null && function != Function.COUNT) {
      throw new IllegalArgumentException("aggregate needs an argument: function=" + function);
    }
    if (!takesOthers(function, others)) {
      throw new IllegalArgumentException(
          "aggregate does not take other arguments: function=" + function + " others=" + others);
    }
    if (!fits(function, argument == null ? null : argument.type(), resultType)) {
      throw new IllegalArgumentException(
          "aggregate does not give this type: function="
              + function
              + " argument="
              + argument
              + " result="
              + resultType);
    }
  }

  /** Makes the description of a function that looks at all rows. */
  public AggregateCall(
      Function function, Expression argument, DataType resultType, ErrorMode mode) {
    this(function, argument, resultType, mode, null, List.of());
  }

  private static boolean takesOthers(Function function, List<Expression> others) {
    if (function.isBloom()) {
      return others.size() == 1 && others.get(0) instanceof Literal head && isHead(head);
    }
    if (function.isDistinct()) {
      return DistinctShape.fits(function, others);
    }
    List<DataType> types = others.stream().map(Expression::type).toList();
    if (function.isOfPairs()) {
      return types.equals(PAIRED) || types.equals(MERGED_PAIRS);
    }
    return others.isEmpty()
        || (function.order() > 0
            && types.size() >= function.order()
            && types.size() <= MOST_POWERS
            && types.stream().allMatch(DataType.FLOAT64::equals));
  }

  private static boolean isHead(Literal constant) {
    return constant.value() instanceof Utf8 bytes && BloomHead.of(bytes).words() > 0;
  }

  /** Returns the head of the Bloom filters that this is about. */
  BloomHead bloomHead() {
    return BloomHead.of((Utf8) ((Literal) others.get(0)).value());
  }

  private static boolean fits(Function function, DataType argument, DataType result) {
    return switch (function) {
      case COUNT -> result.equals(DataType.INT64);
      case SEEN -> result.equals(DataType.BOOLEAN);
      case MEAN, DISTANCES, CUBED_DISTANCES, FOURTH_DISTANCES, LEFT_MEAN, RIGHT_MEAN, CODISTANCES ->
          argument.equals(DataType.FLOAT64) && result.equals(argument);
      case BIT_AND, BIT_OR, BIT_XOR -> argument.isIntegral() && result.equals(argument);
      case MIN, MAX, FIRST, LAST -> result.equals(argument);
      case SUM -> sumFits(argument, result);
      case BLOOM_FILTER -> argument.equals(DataType.INT64) && result.equals(DataType.STRING);
      case BLOOM_UNION -> argument.equals(DataType.STRING) && result.equals(argument);
      case DISTINCT_WORD, DISTINCT_ZEROS ->
          argument.equals(DataType.INT64) && result.equals(argument);
      case DISTINCT_INVERSE -> argument.equals(DataType.INT64) && result.equals(DataType.FLOAT64);
    };
  }

  private static boolean sumFits(DataType argument, DataType result) {
    if (argument.isDecimal()) {
      return result.isDecimal() && result.scale() == argument.scale();
    }
    return argument.isFloating()
        ? result.equals(DataType.FLOAT64)
        : argument.isIntegral()
            && (result.equals(DataType.INT64)
                || (result.equals(DataType.INT32) && argument.equals(result)));
  }

  /**
   * Returns the argument, or true where there is none, evaluated only in rows that the function
   * looks at and null in others. Null itself when all rows are counted.
   */
  Expression guarded() {
    if (condition == null) {
      return argument;
    }
    Expression value = argument == null ? new Literal(DataType.BOOLEAN, true) : argument;
    return CaseWhen.orNull(condition, value);
  }

  /** Returns the other arguments that are evaluated of a row, only where it is looked at. */
  List<Expression> guardedOthers() {
    return condition == null
        ? evaluatedOthers()
        : evaluatedOthers().stream().<Expression>map(o -> CaseWhen.orNull(condition, o)).toList();
  }

  /** Returns what the function evaluates of a row: the argument and the condition it has. */
  List<Expression> expressions() {
    Expression guarded = argument == null ? null : guarded();
    return Stream.concat(Stream.of(guarded, condition), guardedOthers().stream())
        .filter(Objects::nonNull)
        .toList();
  }

  /** Returns the other arguments that are no constants. */
  List<Expression> evaluatedOthers() {
    return others.subList(function.constants(), others.size());
  }

  /**
   * Returns the same function over expressions that stand for its own, in the order of {@link
   * #expressions}.
   */
  AggregateCall over(Iterator<? extends Expression> next) {
    Expression newArgument = argument == null ? null : next.next();
    Expression newCondition = condition == null ? null : next.next();
    List<Expression> newOthers = new ArrayList<>(others.subList(0, function.constants()));
    evaluatedOthers().forEach(other -> newOthers.add(next.next()));
    return new AggregateCall(function, newArgument, resultType, mode, newCondition, newOthers);
  }

  /** Tells whether another call is about moments of the same rows. */
  boolean sharesMoments(AggregateCall other) {
    return function.order() > 0
        && other.function.order() > 0
        && argument.equals(other.argument)
        && Objects.equals(condition, other.condition)
        && others.equals(other.others);
  }

  /** Tells whether the result may be null. */
  public boolean nullable() {
    if (function.isBloom()) {
      return mode == ErrorMode.NULL;
    }
    return function != Function.COUNT && function != Function.SEEN && !function.isDistinct();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.And;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.CaseWhen.Branch;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.IsNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.Not;
import dev.kronos.expression.Utf8;
import dev.kronos.operator.aggregate.Function;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.BitAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.BitAndAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.BitOrAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.BitXorAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.BloomFilterAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.Corr;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovPopulation;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovSample;
import org.apache.spark.sql.catalyst.expressions.aggregate.First;
import org.apache.spark.sql.catalyst.expressions.aggregate.Kurtosis;
import org.apache.spark.sql.catalyst.expressions.aggregate.Last;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrIntercept;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrR2;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrReplacement;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSXY;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSlope;
import org.apache.spark.sql.catalyst.expressions.aggregate.Skewness;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevPop;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevSamp;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.expressions.aggregate.VariancePop;
import org.apache.spark.sql.catalyst.expressions.aggregate.VarianceSamp;

/**
 * Lists the aggregate functions of Spark's that run on the device. Immutable.
 *
 * <p>The buffer of a Bloom filter is the filter, be it empty; its result is null where it is empty.
 *
 * <p>Buffers of decimal sums, and of try_sum of integers, follow Spark's {@code Sum}: (0, true)
 * without input, (null, false) after overflow; those of averages follow {@code Average}: sum 0
 * without input, null after overflow.
 */
public final class AggregateCatalog {
  private static final List<AggregateRule<?>> RULES =
      List.of(
          new AggregateRule<>(
              Count.class,
              Coverage.of("count(*), count(a), count(a, b)", TypeSet.ALL),
              AggregateCatalog::count,
              AggregateCatalog::counts),
          new AggregateRule<>(
              Sum.class,
              Coverage.of("sum(a), try_sum(a)", TypeSet.NUMBERS_AND_INTERVALS),
              AggregateCatalog::sum,
              AggregateCatalog::sums),
          new AggregateRule<>(
              Average.class,
              Coverage.of("avg(a), try_avg(a)", TypeSet.NUMBERS_AND_INTERVALS),
              AggregateCatalog::average,
              AggregateCatalog::averages),
          new AggregateRule<>(
              Min.class,
              Coverage.of("min(a)", TypeSet.ALL),
              (f, b) -> List.of(b.extreme(Function.MIN, b.argument(f.child()))),
              (f, b) -> List.of(b.extreme(Function.MIN, buffer(f, b, 0)))),
          new AggregateRule<>(
              Max.class,
              Coverage.of("max(a)", TypeSet.ALL),
              (f, b) -> List.of(b.extreme(Function.MAX, b.argument(f.child()))),
              (f, b) -> List.of(b.extreme(Function.MAX, buffer(f, b, 0)))),
          new AggregateRule<>(
              First.class,
              Coverage.of("first(a), any_value(a), IGNORE NULLS", TypeSet.ALL),
              (f, b) -> pick(Function.FIRST, b.argument(f.child()), f.ignoreNulls(), b),
              (f, b) -> picks(Function.FIRST, f, b)),
          new AggregateRule<>(
              Last.class,
              Coverage.of("last(a), IGNORE NULLS", TypeSet.ALL),
              (f, b) -> pick(Function.LAST, b.argument(f.child()), f.ignoreNulls(), b),
              (f, b) -> picks(Function.LAST, f, b)),
          MomentRules.variance(VariancePop.class, "var_pop(a)"),
          MomentRules.variance(VarianceSamp.class, "var_samp(a), variance(a)"),
          MomentRules.variance(StddevPop.class, "stddev_pop(a)"),
          MomentRules.variance(StddevSamp.class, "stddev(a), stddev_samp(a), std(a)"),
          MomentRules.shape(Skewness.class, "skewness(a)", Function.CUBED_DISTANCES),
          MomentRules.shape(
              Kurtosis.class, "kurtosis(a)", Function.CUBED_DISTANCES, Function.FOURTH_DISTANCES),
          MomentRules.variance(RegrReplacement.class, "regr_sxx(a, b), regr_syy(a, b)"),
          MomentRules.covariance(CovPopulation.class, "covar_pop(a, b)"),
          MomentRules.covariance(CovSample.class, "covar_samp(a, b)"),
          MomentRules.covariance(RegrSXY.class, "regr_sxy(a, b)"),
          MomentRules.correlation(Corr.class, "corr(a, b)"),
          MomentRules.correlation(RegrR2.class, "regr_r2(a, b)"),
          MomentRules.line(RegrSlope.class, "regr_slope(a, b)"),
          MomentRules.line(RegrIntercept.class, "regr_intercept(a, b)"),
          bits(BitAndAgg.class, "bit_and(a)", Function.BIT_AND),
          bits(BitOrAgg.class, "bit_or(a)", Function.BIT_OR),
          bits(BitXorAgg.class, "bit_xor(a)", Function.BIT_XOR),
          new AggregateRule<>(
              BloomFilterAggregate.class,
              Coverage.internal(TypeSet.BIGINT),
              (f, b) -> List.of(bloom(Function.BLOOM_FILTER, b.argument(f.child()), f, b)),
              (f, b) -> List.of(bloom(Function.BLOOM_UNION, buffer(f, b, 0), f, b))),
          DistinctRule.RULE);

  private static final Map<Class<?>, AggregateRule<?>> BY_CLASS =
      RULES.stream().collect(Collectors.toUnmodifiableMap(AggregateRule::sparkClass, r -> r));

  private AggregateCatalog() {}

  /** Returns the line of a function's class. */
  static Optional<AggregateRule<?>> rule(Class<? extends AggregateFunction> sparkClass) {
    return Optional.ofNullable(BY_CLASS.get(sparkClass));
  }

  /** Returns all lines. */
  public static List<CatalogLine> lines() {
    return RULES.stream()
        .map(r -> new CatalogLine("Aggregates", r.sparkClass().getSimpleName(), r.coverage()))
        .toList();
  }

  private static List<Expression> count(Count count, AggregateBuilder b) {
    Optional<Expression> allPresent =
        ScalaCollections.<org.apache.spark.sql.catalyst.expressions.Expression>list(
                count.children())
            .stream()
            .filter(child -> child.nullable())
            .map(child -> (Expression) new IsNotNull(b.argument(child)))
            .reduce(And::new);
    return List.of(b.count(allPresent.map(AggregateCatalog::trueOrNull).orElse(null)));
  }

  private static List<Expression> counts(Count count, AggregateBuilder b) {
    Expression total = b.sum(buffer(count, b, 0), DataType.INT64, ErrorMode.WRAP);
    return List.of(orZero(total));
  }

  private static List<Expression> sum(Sum sum, AggregateBuilder b) {
    DataType type = TypeTranslator.require(sum.dataType());
    Expression argument = b.argument(sum.child());
    Expression total = b.sum(argument, type, sumMode(sum, type));
    if (!tellsEmpty(sum)) {
      return List.of(total);
    }
    Expression seen = b.seen(argument);
    return List.of(choose(seen, total, zero(type)), new Not(seen));
  }

  /** Tells whether a second buffer says if there was no input. */
  private static boolean tellsEmpty(Sum sum) {
    return sum.aggBufferAttributes().size() > 1;
  }

  private static List<Expression> sums(Sum sum, AggregateBuilder b) {
    DataType type = TypeTranslator.require(sum.dataType());
    Expression partial = buffer(sum, b, 0);
    Expression total = b.sum(partial, type, sumMode(sum, type));
    if (!tellsEmpty(sum)) {
      return List.of(total);
    }
    Expression filled = new Not(buffer(sum, b, 1));
    Expression seen = b.seen(trueOrNull(filled));
    Expression overflowed = b.seen(trueOrNull(new And(filled, new IsNull(partial))));
    return List.of(
        choose(overflowed, Literal.ofNull(type), choose(seen, total, zero(type))), new Not(seen));
  }

  private static List<Expression> average(Average average, AggregateBuilder b) {
    DataType type = TypeTranslator.require(average.sumDataType());
    Expression argument = b.argument(average.child());
    Expression counted = b.count(argument);
    ErrorMode mode = averageMode(average, type);
    if (mode == ErrorMode.WRAP) {
      Expression wide =
          argument.type().equals(type) ? argument : new Cast(argument, type, ErrorMode.WRAP);
      return List.of(orZero(b.sum(wide, type, mode)), counted);
    }
    Expression total = b.sum(argument, type, mode);
    Expression none =
        new Comparison(Comparison.Operator.EQ, counted, new Literal(DataType.INT64, 0L));
    return List.of(choose(none, zero(type), total), counted);
  }

  private static List<Expression> averages(Average average, AggregateBuilder b) {
    DataType type = TypeTranslator.require(average.sumDataType());
    Expression partial = buffer(average, b, 0);
    ErrorMode mode = averageMode(average, type);
    Expression total = b.sum(partial, type, mode);
    Expression counted = orZero(b.sum(buffer(average, b, 1), DataType.INT64, ErrorMode.WRAP));
    if (mode == ErrorMode.WRAP) {
      return List.of(orZero(total), counted);
    }
    Expression overflowed = b.seen(trueOrNull(new IsNull(partial)));
    Expression seen = b.seen(partial);
    return List.of(
        choose(overflowed, Literal.ofNull(type), choose(seen, total, zero(type))), counted);
  }

  private static <F extends BitAggregate> AggregateRule<F> bits(
      Class<F> type, String sql, Function kind) {
    return new AggregateRule<>(
        type,
        Coverage.of(sql, TypeSet.INTEGERS),
        (f, b) -> List.of(b.extreme(kind, b.argument(f.children().head()))),
        (f, b) -> List.of(b.extreme(kind, buffer(f, b, 0))));
  }

  /** Spark's own empty filter tells what its filters begin with, in its version and settings. */
  private static Expression bloom(
      Function kind, Expression argument, BloomFilterAggregate f, AggregateBuilder b) {
    ByteBuffer empty = ByteBuffer.wrap(f.serialize(f.createAggregationBuffer()));
    int version = empty.getInt();
    byte[] head = new byte[(2 + version) * Integer.BYTES];
    empty.rewind().get(head);
    return b.bloom(kind, argument, new Literal(DataType.STRING, Utf8.of(head)));
  }

  private static List<Expression> pick(
      Function kind, Expression value, boolean ignoreNulls, AggregateBuilder b) {
    return picked(kind, value, ignoreNulls && value.nullable() ? new IsNotNull(value) : null, b);
  }

  private static List<Expression> picks(Function kind, AggregateFunction f, AggregateBuilder b) {
    return picked(kind, buffer(f, b, 0), buffer(f, b, 1), b);
  }

  private static List<Expression> picked(
      Function kind, Expression value, Expression looked, AggregateBuilder b) {
    Expression seen = looked == null ? new Literal(DataType.BOOLEAN, true) : trueOrNull(looked);
    return List.of(b.pick(kind, value, looked), b.seen(seen));
  }

  /** Decimal sums become null: whether that is an error is decided where they are evaluated. */
  private static ErrorMode sumMode(Sum sum, DataType type) {
    ErrorMode mode = ErrorModes.of(SparkShim.evalMode(sum));
    if (TypeTranslator.isInterval(sum.dataType())) {
      return intervalMode(mode);
    }
    return type.isDecimal() ? ErrorMode.NULL : type.isFloating() ? ErrorMode.WRAP : mode;
  }

  /** Sums of intervals are exact or fail, unless they are tried. */
  private static ErrorMode intervalMode(ErrorMode mode) {
    return mode == ErrorMode.NULL ? mode : ErrorMode.ANSI;
  }

  private static ErrorMode averageMode(Average average, DataType type) {
    if (TypeTranslator.isInterval(average.sumDataType())) {
      return intervalMode(ErrorModes.of(average.evalMode()));
    }
    return type.isDecimal() ? ErrorMode.NULL : ErrorMode.WRAP;
  }

  static Expression buffer(AggregateFunction function, AggregateBuilder b, int index) {
    return b.argument(function.inputAggBufferAttributes().apply(index));
  }

  private static Expression trueOrNull(Expression condition) {
    return CaseWhen.orNull(condition, new Literal(DataType.BOOLEAN, true));
  }

  private static Expression choose(Expression condition, Expression yes, Expression no) {
    return new CaseWhen(List.of(new Branch(condition, yes)), no);
  }

  static Expression orZero(Expression value) {
    return new Coalesce(List.of(value, zero(value.type())));
  }

  static Literal zero(DataType type) {
    return switch (type.kind()) {
      case INT32 -> new Literal(type, 0);
      case INT64 -> new Literal(type, 0L);
      case FLOAT64 -> new Literal(type, 0.0);
      case DECIMAL -> new Literal(type, BigInteger.ZERO);
      default -> throw TypeTranslator.UNSUPPORTED.refusal(type.toString());
    };
  }
}

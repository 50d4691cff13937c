// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.FloatDivide;
import dev.kronos.expression.Literal;
import dev.kronos.operator.window.WindowCall;
import dev.kronos.operator.window.WindowFrame;
import dev.kronos.operator.window.WindowFunction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.CumeDist;
import org.apache.spark.sql.catalyst.expressions.DenseRank;
import org.apache.spark.sql.catalyst.expressions.Lag;
import org.apache.spark.sql.catalyst.expressions.Lead;
import org.apache.spark.sql.catalyst.expressions.NTile;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NthValue;
import org.apache.spark.sql.catalyst.expressions.PercentRank;
import org.apache.spark.sql.catalyst.expressions.Rank;
import org.apache.spark.sql.catalyst.expressions.RowNumber;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.CentralMomentAgg;

/** Lists the functions over windows of Spark's that run on the device. Immutable. */
public final class WindowCatalog {
  static final Restriction UNLISTED =
      new Restriction("window function is not supported", "the table below does not list it");
  private static final Restriction CONDITION =
      Restriction.of("aggregate function over a window is distinct");

  /** What keeps windows on the CPU. */
  static final List<Restriction> RESTRICTIONS =
      List.of(
          UNLISTED,
          CONDITION,
          FrameTranslator.BOUNDS,
          RangeBounds.OFFSET,
          PickRules.OFFSET,
          PickRules.DEFAULT);

  private static final WindowFrame TO_PEERS =
      new WindowFrame(
          WindowFrame.Bound.of(WindowFrame.Kind.START),
          WindowFrame.Bound.of(WindowFrame.Kind.PEERS));

  /**
   * Says how a function is computed that is no aggregate.
   *
   * @param sparkClass the function's class, matched exactly
   * @param coverage which of its calls are computed
   * @param compute adds calls and returns the function's result over the results of calls
   */
  private record Rule<F>(
      Class<F> sparkClass,
      Coverage coverage,
      BiFunction<Window<F>, WindowBuilder, Expression> compute) {

    Expression apply(WindowExpression window, WindowBuilder builder) {
      F function = sparkClass.cast(window.windowFunction());
      return compute.apply(new Window<>(function, window), builder);
    }
  }

  /** Holds a function and where it stands. */
  private record Window<F>(F function, WindowExpression expression) {}

  private static final List<Rule<?>> RULES =
      List.of(
          rank(RowNumber.class, "row_number()"),
          rank(Rank.class, "rank()"),
          rank(DenseRank.class, "dense_rank()"),
          new Rule<>(
              PercentRank.class,
              Coverage.of("percent_rank()", TypeSet.ALL),
              (w, b) -> percentRank(b)),
          new Rule<>(
              CumeDist.class,
              Coverage.of("cume_dist()", TypeSet.ALL),
              (w, b) -> new FloatDivide(real(rows(TO_PEERS, b)), real(rows(b)))),
          new Rule<>(
              NTile.class,
              Coverage.of("ntile(n)", TypeSet.INT),
              (w, b) -> NtileRule.of(w.function(), b)),
          new Rule<>(
              NthValue.class,
              Coverage.of("nth_value(a, n), IGNORE NULLS", TypeSet.ALL),
              (w, b) -> PickRules.nth(w.function(), FrameTranslator.frame(w.expression(), b), b)),
          new Rule<>(
              Lag.class,
              Coverage.of("lag(a, n, default), IGNORE NULLS", TypeSet.ALL),
              (w, b) -> PickRules.lag(w.function(), b)),
          new Rule<>(
              Lead.class,
              Coverage.of("lead(a, n, default), IGNORE NULLS", TypeSet.ALL),
              (w, b) -> PickRules.lead(w.function(), b)));

  private static final Map<Class<?>, Rule<?>> BY_CLASS =
      RULES.stream().collect(Collectors.toUnmodifiableMap(Rule::sparkClass, rule -> rule));

  private WindowCatalog() {}

  /** Returns all lines. */
  public static List<CatalogLine> lines() {
    return RULES.stream()
        .map(r -> new CatalogLine("Windows", r.sparkClass().getSimpleName(), r.coverage()))
        .toList();
  }

  private static final Map<Class<?>, WindowFunction> RANKS =
      Map.of(
          RowNumber.class,
          WindowFunction.ROW_NUMBER,
          Rank.class,
          WindowFunction.RANK,
          DenseRank.class,
          WindowFunction.DENSE_RANK);

  /** Returns what ranks rows as a function of Spark's does; empty where it is no rank. */
  static Optional<WindowFunction> rank(
      org.apache.spark.sql.catalyst.expressions.Expression function) {
    return Optional.ofNullable(RANKS.get(function.getClass()));
  }

  private static <F> Rule<F> rank(Class<F> type, String sql) {
    return new Rule<>(
        type, Coverage.of(sql, TypeSet.ALL), (w, b) -> b.call(WindowCall.rank(RANKS.get(type))));
  }

  /**
   * Adds a function over a window.
   *
   * @param named what is given out: the function, or what Spark makes of an aggregate one
   */
  static void add(WindowExpression window, NamedExpression named, WindowBuilder builder) {
    org.apache.spark.sql.catalyst.expressions.Expression whole = WindowShape.plain(named);
    if (window.windowFunction() instanceof AggregateExpression aggregate) {
      add(aggregate, window, whole, builder);
      return;
    }
    Rule<?> rule = BY_CLASS.get(window.windowFunction().getClass());
    if (rule == null || whole != window) {
      throw UNLISTED.refusal(window.windowFunction().nodeName());
    }
    builder.result(rule.apply(window, builder), named.toAttribute());
  }

  private static void add(
      AggregateExpression aggregate,
      WindowExpression window,
      org.apache.spark.sql.catalyst.expressions.Expression whole,
      WindowBuilder b) {
    WindowFrame frame = FrameTranslator.frame(window, b);
    AggregateFunction function = aggregate.aggregateFunction();
    if (aggregate.isDistinct()) {
      throw CONDITION.refusal(function.nodeName());
    }
    AggregateRule<?> rule =
        AggregateCatalog.rule(function.getClass())
            .orElseThrow(() -> UNLISTED.refusal(function.nodeName()));
    AggregateBuilder calls = b.aggregate(ScalaCollections.optional(aggregate.filter()));
    b.aggregate(
        function,
        calls,
        buffers(function, rule, calls),
        frame,
        evaluated -> WindowShape.around(whole, window, evaluated));
  }

  private static List<Expression> buffers(
      AggregateFunction function, AggregateRule<?> rule, AggregateBuilder b) {
    if (function instanceof Average average && isIntegral(average)) {
      return integralAverage(average, b);
    }
    return function instanceof CentralMomentAgg moments && MomentRules.isVariance(moments)
        ? MomentRules.overFrame(moments, b)
        : rule.apply(function, b, false);
  }

  private static boolean isIntegral(Average average) {
    return !TypeTranslator.isInterval(average.child().dataType())
        && TypeTranslator.require(average.child().dataType()).isIntegral();
  }

  /**
   * Spark averages integers as doubles. Their sum is exact here and rounded once, which is what
   * Spark gets as long as sums stay below 2^53.
   */
  private static List<Expression> integralAverage(Average average, AggregateBuilder b) {
    Expression argument = b.argument(average.child());
    Expression sum =
        argument.type().equals(DataType.INT64)
            ? b.sum(
                new Cast(argument, DIGITS_OF_LONG, ErrorMode.ANSI), SUM_OF_LONGS, ErrorMode.NULL)
            : b.sum(argument, DataType.INT64, ErrorMode.WRAP);
    Expression real = new Cast(sum, DataType.FLOAT64, ErrorMode.WRAP);
    Expression zero = new Literal(DataType.FLOAT64, 0.0);
    return List.of(new Coalesce(List.of(real, zero)), b.count(argument));
  }

  private static final DataType DIGITS_OF_LONG = DataType.decimal(19, 0);
  private static final DataType SUM_OF_LONGS = DataType.decimal(29, 0);

  private static Expression percentRank(WindowBuilder b) {
    Expression rank = b.call(WindowCall.rank(WindowFunction.RANK));
    Expression rows = rows(b);
    Expression one = new Literal(DataType.FLOAT64, 1.0);
    Expression several =
        new Comparison(Comparison.Operator.GT, rows, new Literal(DataType.INT64, 1L));
    Expression part = new FloatDivide(minus(real(rank), one), minus(real(rows), one));
    return new CaseWhen(
        List.of(new CaseWhen.Branch(several, part)), new Literal(DataType.FLOAT64, 0.0));
  }

  private static Expression minus(Expression left, Expression right) {
    return new Arithmetic(
        Arithmetic.Operator.SUBTRACT, left, right, DataType.FLOAT64, ErrorMode.WRAP);
  }

  private static Expression real(Expression value) {
    return new Cast(value, DataType.FLOAT64, ErrorMode.WRAP);
  }

  /** Counts the rows of the partition. */
  static Expression rows(WindowBuilder b) {
    return rows(WindowFrame.PARTITION, b);
  }

  private static Expression rows(WindowFrame frame, WindowBuilder b) {
    return b.call(
        WindowCall.over(
            WindowFunction.COUNT, WindowCall.NONE, DataType.INT64, ErrorMode.WRAP, frame));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.And;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Cast;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
import dev.kronos.operator.aggregate.Function;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.CentralMomentAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.Covariance;
import org.apache.spark.sql.catalyst.expressions.aggregate.PearsonCorrelation;

/**
 * Makes the lines of variances, skewness and kurtosis, covariances, correlations and of what is
 * read off a regression line. Spark's buffers are doubles:
 *
 * <pre>
 *   variance      count, mean, squared distances from it
 *   skewness      those of a variance, cubes of distances
 *   kurtosis      those of a skewness, fourth powers of distances
 *   covariance    count, mean of x, mean of y, products of distances
 *   correlation   those of a covariance, squared distances of x, squared distances of y
 *   line          those of a covariance, those of the variance of x
 * </pre>
 *
 * <p>A pair of which a side is null is not looked at.
 */
final class MomentRules {
  private static final int VARIANCE_BUFFERS = 3;

  private MomentRules() {}

  static <F extends CentralMomentAgg> AggregateRule<F> variance(Class<F> type, String sql) {
    return new AggregateRule<>(
        type,
        Coverage.of(sql, TypeSet.DOUBLE),
        (f, b) -> variance(b.argument(f.children().head()), b),
        (f, b) -> variances(f, 0, b));
  }

  /** Makes the line of what looks at higher powers of distances, too, in the order of buffers. */
  static <F extends CentralMomentAgg> AggregateRule<F> shape(
      Class<F> type, String sql, Function... powers) {
    return new AggregateRule<>(
        type,
        Coverage.of(sql, TypeSet.DOUBLE),
        (f, b) -> {
          Expression value = b.argument(f.children().head());
          return joined(variance(value, b), powers(value, b, powers));
        },
        (f, b) -> shapes(f, b, powers));
  }

  private static List<Expression> shapes(
      CentralMomentAgg moments, AggregateBuilder b, Function... powers) {
    Expression count = AggregateCatalog.buffer(moments, b, 0);
    Expression mean = AggregateCatalog.buffer(moments, b, 1);
    Expression[] several =
        Stream.concat(
                Stream.of(count),
                IntStream.rangeClosed(2, 2 + powers.length)
                    .mapToObj(i -> AggregateCatalog.buffer(moments, b, i)))
            .toArray(Expression[]::new);
    List<Expression> variance =
        List.of(
            counts(count, b),
            AggregateCatalog.orZero(b.moment(Function.MEAN, mean, several)),
            distances(mean, b, several));
    return joined(variance, powers(mean, b, powers, several));
  }

  private static List<Expression> powers(
      Expression value, AggregateBuilder b, Function[] powers, Expression... several) {
    return Stream.of(powers)
        .map(power -> AggregateCatalog.orZero(b.moment(power, value, several)))
        .toList();
  }

  static <F extends Covariance> AggregateRule<F> covariance(Class<F> type, String sql) {
    return new AggregateRule<>(
        type,
        Coverage.of(sql, TypeSet.DOUBLE),
        (f, b) -> Pair.of(f.left(), f.right(), b).covariance(b),
        MomentRules::covariances);
  }

  static <F extends PearsonCorrelation> AggregateRule<F> correlation(Class<F> type, String sql) {
    return new AggregateRule<>(
        type,
        Coverage.of(sql, TypeSet.DOUBLE),
        (f, b) -> {
          Pair pair = Pair.of(f.left(), f.right(), b);
          return joined(
              pair.covariance(b), List.of(distances(pair.left, b), distances(pair.right, b)));
        },
        (f, b) -> {
          Expression count = AggregateCatalog.buffer(f, b, 0);
          List<Expression> squares = new ArrayList<>();
          for (int side = 1; side <= 2; side++) {
            Expression mean = AggregateCatalog.buffer(f, b, side);
            squares.add(distances(mean, b, count, AggregateCatalog.buffer(f, b, 3 + side)));
          }
          return joined(covariances(f, b), squares);
        });
  }

  /** The first argument is y, the second x, but x comes first in the buffers. */
  static <F extends AggregateFunction> AggregateRule<F> line(Class<F> type, String sql) {
    return new AggregateRule<>(
        type,
        Coverage.of(sql, TypeSet.DOUBLE),
        (f, b) -> {
          Pair pair = Pair.of(f.children().head(), f.children().apply(1), b);
          List<Expression> swapped = new ArrayList<>(pair.covariance(b));
          Collections.swap(swapped, 1, 2);
          return joined(swapped, variance(pair.right, b));
        },
        (f, b) -> joined(covariances(f, b), variances(f, Pair.BUFFERS, b)));
  }

  /** Tells whether nothing is looked at but squared distances. */
  static boolean isVariance(CentralMomentAgg moments) {
    return moments.aggBufferAttributes().size() == VARIANCE_BUFFERS;
  }

  /** Makes the buffers of a variance over a frame, whose mean nothing looks at. */
  static List<Expression> overFrame(CentralMomentAgg moments, AggregateBuilder b) {
    Expression value = b.argument(moments.children().head());
    Expression none = AggregateCatalog.zero(DataType.FLOAT64);
    return List.of(real(b.count(value)), none, distances(value, b));
  }

  private static List<Expression> variance(Expression value, AggregateBuilder b) {
    return List.of(
        real(b.count(value)),
        AggregateCatalog.orZero(b.moment(Function.MEAN, value)),
        distances(value, b));
  }

  /** Merges the buffers of a variance, of which {@code first} is the first. */
  private static List<Expression> variances(AggregateFunction f, int first, AggregateBuilder b) {
    Expression count = AggregateCatalog.buffer(f, b, first);
    Expression mean = AggregateCatalog.buffer(f, b, first + 1);
    Expression distances = AggregateCatalog.buffer(f, b, first + 2);
    return List.of(
        counts(count, b),
        AggregateCatalog.orZero(b.moment(Function.MEAN, mean, count, distances)),
        distances(mean, b, count, distances));
  }

  /** Merges the first buffers, those of a covariance. */
  private static List<Expression> covariances(AggregateFunction f, AggregateBuilder b) {
    Expression count = AggregateCatalog.buffer(f, b, 0);
    Expression products = AggregateCatalog.buffer(f, b, 3);
    Pair means = new Pair(AggregateCatalog.buffer(f, b, 1), AggregateCatalog.buffer(f, b, 2));
    return joined(List.of(counts(count, b)), means.moments(b, count, products));
  }

  private static Expression distances(Expression value, AggregateBuilder b, Expression... others) {
    return AggregateCatalog.orZero(b.moment(Function.DISTANCES, value, others));
  }

  private static Expression counts(Expression counted, AggregateBuilder b) {
    Expression whole = new Cast(counted, DataType.INT64, ErrorMode.WRAP);
    return real(AggregateCatalog.orZero(b.sum(whole, DataType.INT64, ErrorMode.WRAP)));
  }

  private static Expression real(Expression count) {
    return new Cast(count, DataType.FLOAT64, ErrorMode.WRAP);
  }

  private static List<Expression> joined(List<Expression> first, List<Expression> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Holds two values, both null where one of them is. */
  private record Pair(Expression left, Expression right) {
    /** How many buffers a covariance has. */
    static final int BUFFERS = 4;

    static Pair of(
        org.apache.spark.sql.catalyst.expressions.Expression first,
        org.apache.spark.sql.catalyst.expressions.Expression second,
        AggregateBuilder b) {
      Expression left = b.argument(first);
      Expression right = b.argument(second);
      Optional<Expression> both =
          Stream.of(left, right)
              .filter(Expression::nullable)
              .map(side -> (Expression) new IsNotNull(side))
              .reduce(And::new);
      return both.map(
              present -> new Pair(CaseWhen.orNull(present, left), CaseWhen.orNull(present, right)))
          .orElse(new Pair(left, right));
    }

    List<Expression> covariance(AggregateBuilder b) {
      return joined(List.of(real(b.count(left))), moments(b));
    }

    /**
     * Takes both means and the products of distances from them.
     *
     * @param several nothing; or how many pairs each stands for, and their products of distances
     */
    List<Expression> moments(AggregateBuilder b, Expression... several) {
      Expression[] others =
          Stream.concat(Stream.of(right), Stream.of(several)).toArray(Expression[]::new);
      return Stream.of(Function.LEFT_MEAN, Function.RIGHT_MEAN, Function.CODISTANCES)
          .map(kind -> AggregateCatalog.orZero(b.moment(kind, left, others)))
          .toList();
    }
  }
}

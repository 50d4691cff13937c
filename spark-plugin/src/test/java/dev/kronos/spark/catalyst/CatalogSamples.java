// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Abs;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.AddMonths;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BloomFilterMightContain;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CheckOverflow;
import org.apache.spark.sql.catalyst.expressions.CheckOverflowInSum;
import org.apache.spark.sql.catalyst.expressions.CheckOverflowInTableInsert;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.DateAdd;
import org.apache.spark.sql.catalyst.expressions.DateDiff;
import org.apache.spark.sql.catalyst.expressions.DateSub;
import org.apache.spark.sql.catalyst.expressions.DayOfMonth;
import org.apache.spark.sql.catalyst.expressions.DayOfWeek;
import org.apache.spark.sql.catalyst.expressions.DayOfYear;
import org.apache.spark.sql.catalyst.expressions.DecimalDivideWithOverflowCheck;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.InSet;
import org.apache.spark.sql.catalyst.expressions.IntegralDivide;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.KnownFloatingPointNormalized;
import org.apache.spark.sql.catalyst.expressions.KnownNotNull;
import org.apache.spark.sql.catalyst.expressions.KnownNullable;
import org.apache.spark.sql.catalyst.expressions.LastDay;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.MakeDecimal;
import org.apache.spark.sql.catalyst.expressions.Month;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Murmur3Hash;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.Quarter;
import org.apache.spark.sql.catalyst.expressions.Remainder;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.TruncDate;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.catalyst.expressions.WeekDay;
import org.apache.spark.sql.catalyst.expressions.XxHash64;
import org.apache.spark.sql.catalyst.expressions.Year;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.BitAndAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.BitOrAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.BitXorAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.BloomFilterAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.Corr;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovPopulation;
import org.apache.spark.sql.catalyst.expressions.aggregate.CovSample;
import org.apache.spark.sql.catalyst.expressions.aggregate.First;
import org.apache.spark.sql.catalyst.expressions.aggregate.HyperLogLogPlusPlus;
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
import org.apache.spark.sql.catalyst.optimizer.NormalizeNaNAndZero;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.Tuple2;

/** Makes one of Spark's expressions, or functions, of each listed class over a given column. */
final class CatalogSamples {
  private static final DecimalType NARROW = DataTypes.createDecimalType(10, 1);

  /** What to make of a column, by the class of what comes out. */
  static final Map<String, Function<AttributeReference, Expression>> EXPRESSIONS =
      Stream.of(
              FunctionSamples.all(),
              TextSamples.all(),
              WordSamples.all(),
              CodeSamples.all(),
              FormatSamples.all(),
              samples())
          .flatMap(samples -> samples)
          .collect(Collectors.toMap(CatalogSamples::name, sample -> sample));

  private static Stream<Function<AttributeReference, Expression>> samples() {
    return Stream.<Function<AttributeReference, Expression>>of(
        a -> a,
        a -> new BoundReference(0, a.dataType(), true),
        CatalogSamples::alias,
        a -> new Literal(null, a.dataType()),
        a -> new Add(a, a),
        a -> new Subtract(a, a),
        a -> new Multiply(a, a),
        a -> new Divide(a, a),
        a -> new IntegralDivide(a, a),
        a -> new Remainder(a, a),
        a -> new UnaryMinus(a, true),
        a -> new Abs(a, true),
        NormalizeNaNAndZero::new,
        a -> new EqualTo(a, a),
        a -> new EqualNullSafe(a, a),
        a -> new LessThan(a, a),
        a -> new LessThanOrEqual(a, a),
        a -> new GreaterThan(a, a),
        a -> new GreaterThanOrEqual(a, a),
        a -> new And(a, a),
        a -> new Or(a, a),
        Not::new,
        IsNull::new,
        IsNotNull::new,
        a -> new In(a, ScalaCollections.seq(List.of(a))),
        a -> new InSet(a, new scala.collection.immutable.Set.Set1<>(null)),
        CatalogSamples::caseWhen,
        a -> new If(SparkColumns.BOOL, a, a),
        a -> new Coalesce(ScalaCollections.seq(List.of(a, a))),
        Year::new,
        Quarter::new,
        Month::new,
        DayOfMonth::new,
        DayOfYear::new,
        DayOfWeek::new,
        WeekDay::new,
        a -> new DateAdd(a, number(1)),
        a -> new DateSub(a, number(1)),
        a -> new DateDiff(a, a),
        a -> new AddMonths(a, number(1)),
        LastDay::new,
        a -> new TruncDate(a, text("MONTH")),
        KnownNotNull::new,
        KnownNullable::new,
        KnownFloatingPointNormalized::new,
        a -> new Cast(a, a.dataType(), Option.apply("UTC")),
        a -> new CheckOverflowInTableInsert(a, "column"),
        UnscaledValue::new,
        a -> new MakeDecimal(a, 10, 1, true),
        a -> new CheckOverflow(a, NARROW, true),
        a -> new CheckOverflowInSum(a, NARROW, true, null),
        a -> new DecimalDivideWithOverflowCheck(a, a, NARROW, null, true),
        a -> new Murmur3Hash(ScalaCollections.seq(List.of(a, a)), 42),
        a -> new XxHash64(ScalaCollections.seq(List.of(a, a)), 42L),
        a -> new BloomFilterMightContain(Literal.create(null, DataTypes.BinaryType), a));
  }

  /** What to make of a column, by the class of what comes out. */
  static final Map<String, Function<AttributeReference, AggregateFunction>> AGGREGATES =
      Stream.<Function<AttributeReference, AggregateFunction>>of(
              a -> new Count(ScalaCollections.seq(List.of(a))),
              Sum::new,
              Average::new,
              Min::new,
              Max::new,
              First::new,
              Last::new,
              VariancePop::new,
              VarianceSamp::new,
              StddevPop::new,
              StddevSamp::new,
              Skewness::new,
              Kurtosis::new,
              RegrReplacement::new,
              a -> new CovPopulation(a, a, true),
              a -> new CovSample(a, a, true),
              a -> new RegrSXY(a, a),
              a -> new Corr(a, a, true),
              a -> new RegrR2(a, a),
              a -> new RegrSlope(a, a),
              a -> new RegrIntercept(a, a),
              BitAndAgg::new,
              BitOrAgg::new,
              BitXorAgg::new,
              a -> new BloomFilterAggregate(a, 100L),
              HyperLogLogPlusPlus::new)
          .collect(Collectors.toMap(CatalogSamples::name, sample -> sample));

  private CatalogSamples() {}

  private static String name(Function<AttributeReference, ?> sample) {
    return sample.apply(SparkColumns.MONEY).getClass().getSimpleName();
  }

  private static Expression alias(AttributeReference a) {
    return new Alias(
        a,
        "other",
        NamedExpression$.MODULE$.newExprId(),
        ScalaCollections.seq(List.of()),
        Option.empty(),
        ScalaCollections.seq(List.of()));
  }

  static Literal text(String value) {
    return new Literal(UTF8String.fromString(value), DataTypes.StringType);
  }

  static Literal number(int value) {
    return new Literal(value, DataTypes.IntegerType);
  }

  private static Expression caseWhen(AttributeReference a) {
    return new CaseWhen(
        ScalaCollections.seq(List.of(new Tuple2<>(SparkColumns.BOOL, a))), Option.empty());
  }
}

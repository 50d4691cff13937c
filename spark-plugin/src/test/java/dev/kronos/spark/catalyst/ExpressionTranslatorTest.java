// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import static dev.kronos.spark.catalyst.SparkColumns.constant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Abs;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CheckOverflow;
import org.apache.spark.sql.catalyst.expressions.CheckOverflowInSum;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
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
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.MakeDecimal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.Remainder;
import org.apache.spark.sql.catalyst.expressions.Sin;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.catalyst.optimizer.NormalizeNaNAndZero;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import scala.Enumeration;
import scala.Option;
import scala.Tuple2;

class ExpressionTranslatorTest {
  private static final DecimalType NARROW = DataTypes.createDecimalType(10, 1);
  private final ExpressionTranslator translator = new ExpressionTranslator(SparkColumns.ALL);

  @ParameterizedTest
  @MethodSource("supported")
  void translates(org.apache.spark.sql.catalyst.expressions.Expression spark, String expected) {
    Expression own = translator.translate(spark).orThrow();

    assertThat(own).hasToString(expected);
    assertThat(own.type()).isEqualTo(TypeTranslator.require(spark.dataType()));
  }

  static Stream<Arguments> supported() {
    return Stream.of(arithmetic(), predicates(), choices(), conversions()).flatMap(s -> s);
  }

  private static Stream<Arguments> arithmetic() {
    return Stream.of(
        arguments(new Add(SparkColumns.INT, constant(1)), "(#2 + 1)"),
        arguments(new Subtract(SparkColumns.LONG, constant(1L)), "(#3 - 1)"),
        arguments(new Multiply(SparkColumns.MONEY, SparkColumns.MONEY), "(#8 * #8)"),
        arguments(new Divide(SparkColumns.DOUBLE, constant(2.0)), "(#4 / 2.0)"),
        arguments(new IntegralDivide(SparkColumns.LONG, constant(2L)), "(#3 div 2)"),
        arguments(new Remainder(SparkColumns.INT, constant(2)), "(#2 % 2)"),
        arguments(new UnaryMinus(SparkColumns.INT, true), "(-#2)"),
        arguments(new Abs(SparkColumns.MONEY, true), "abs(#8)"),
        arguments(new NormalizeNaNAndZero(SparkColumns.DOUBLE), "normalize(#4)"),
        arguments(
            new KnownFloatingPointNormalized(new NormalizeNaNAndZero(SparkColumns.DOUBLE)),
            "normalize(#4)"));
  }

  private static Stream<Arguments> predicates() {
    return Stream.of(
        arguments(new EqualTo(SparkColumns.STRING, constant("x")), "(#7 = 'x')"),
        arguments(new EqualNullSafe(SparkColumns.INT, constant(1)), "(#2 <=> 1)"),
        arguments(new LessThan(SparkColumns.INT, constant(1)), "(#2 < 1)"),
        arguments(new LessThanOrEqual(SparkColumns.INT, constant(1)), "(#2 <= 1)"),
        arguments(new GreaterThan(SparkColumns.INT, constant(1)), "(#2 > 1)"),
        arguments(new GreaterThanOrEqual(SparkColumns.INT, constant(1)), "(#2 >= 1)"),
        arguments(new And(SparkColumns.BOOL, new Not(SparkColumns.BOOL)), "(#0 and (not #0))"),
        arguments(new Or(SparkColumns.BOOL, SparkColumns.BOOL), "(#0 or #0)"),
        arguments(new IsNull(SparkColumns.STRING), "(#7 is null)"),
        arguments(new IsNotNull(SparkColumns.STRING), "(#7 is not null)"),
        arguments(
            new In(SparkColumns.INT, ScalaCollections.seq(List.of(SparkColumns.INT, constant(2)))),
            "((#2 = #2) or (#2 = 2))"),
        arguments(
            new In(SparkColumns.INT, ScalaCollections.seq(List.of(constant(1), constant(2)))),
            "(#2 in (1, 2))"),
        arguments(new InSet(SparkColumns.INT, set(5)), "(#2 in (5))"));
  }

  private static Stream<Arguments> choices() {
    return Stream.of(
        arguments(
            new If(SparkColumns.BOOL, SparkColumns.INT, constant(0)),
            "case when #0 then #2 else 0 end"),
        arguments(
            new CaseWhen(
                ScalaCollections.seq(List.of(new Tuple2<>(SparkColumns.BOOL, SparkColumns.INT))),
                Option.empty()),
            "case when #0 then #2 else null end"),
        arguments(
            new Coalesce(ScalaCollections.seq(List.of(SparkColumns.INT, constant(0)))),
            "coalesce(#2, 0)"),
        arguments(new KnownNotNull(SparkColumns.INT), "#2"),
        arguments(
            new Alias(
                SparkColumns.INT,
                "other",
                NamedExpression$.MODULE$.newExprId(),
                ScalaCollections.seq(List.of()),
                Option.empty(),
                ScalaCollections.seq(List.of())),
            "#2"));
  }

  private static Stream<Arguments> conversions() {
    return Stream.of(
        arguments(
            cast(SparkColumns.INT, DataTypes.LongType, EvalMode.ANSI()), "cast(#2 as bigint)"),
        arguments(cast(SparkColumns.INT, DataTypes.IntegerType, EvalMode.ANSI()), "#2"),
        arguments(
            cast(SparkColumns.DATE, DataTypes.TimestampType, EvalMode.ANSI()),
            "cast(#5 as timestamp)"),
        arguments(new UnscaledValue(SparkColumns.MONEY), "unscaled(#8)"),
        arguments(
            new MakeDecimal(SparkColumns.LONG, 10, 1, true), "make_decimal(#3, decimal(10,1))"),
        arguments(new CheckOverflow(SparkColumns.MONEY, NARROW, true), "cast(#8 as decimal(10,1))"),
        arguments(
            new CheckOverflowInSum(
                SparkColumns.MONEY, DataTypes.createDecimalType(15, 2), true, null),
            "#8"),
        arguments(constant(new BigDecimal("1.50")), "1.50"));
  }

  @ParameterizedTest
  @MethodSource("unsupported")
  void saysWhyNot(org.apache.spark.sql.catalyst.expressions.Expression spark, String reason) {
    assertThat(translator.translate(spark).obstacle()).get().asString().contains(reason);
  }

  static Stream<Arguments> unsupported() {
    return Stream.of(
        arguments(new Sin(SparkColumns.DOUBLE), "expression is not supported: Sin"),
        arguments(new TryEval(SparkColumns.INT), "operand type is not supported: TryEval"),
        arguments(
            new IsNull(SparkColumns.nullable("other", DataTypes.IntegerType)),
            "column is not in the input: other"),
        arguments(
            new IsNull(new Literal(null, DataTypes.VariantType)), "type is not supported: variant"),
        arguments(
            cast(SparkColumns.INT, DataTypes.DateType, EvalMode.ANSI()),
            "cast is not supported: from=int to=date"));
  }

  @Test
  void readsTheErrorModeOffTheExpression() {
    assertThat(modeOf(EvalMode.ANSI())).isEqualTo(ErrorMode.ANSI);
    assertThat(modeOf(EvalMode.LEGACY())).isEqualTo(ErrorMode.WRAP);
    assertThat(modeOf(EvalMode.TRY())).isEqualTo(ErrorMode.NULL);
  }

  @Test
  void keepsSparksDecimalTypes() {
    Multiply product = new Multiply(SparkColumns.WIDE, SparkColumns.WIDE);

    Arithmetic own = (Arithmetic) translator.translate(product).orThrow();

    assertThat(own.type()).isEqualTo(DataType.decimal(38, 6));
  }

  @Test
  void takesNullabilityFromTheInput() {
    assertThat(translator.translate(SparkColumns.COUNT).orThrow().nullable()).isFalse();
    assertThat(translator.translate(SparkColumns.COUNT.withNullability(true)).orThrow().nullable())
        .isFalse();
    assertThat(translator.translate(SparkColumns.INT.withNullability(false)).orThrow().nullable())
        .isTrue();
  }

  @Test
  void failsAnsiSumsThatOverflowed() {
    CheckOverflowInSum checked =
        new CheckOverflowInSum(SparkColumns.MONEY, DataTypes.createDecimalType(15, 2), false, null);

    assertThat(translator.translate(checked).orThrow().toString())
        .startsWith("case when (#8 is null) then cast((1 div 0)");
  }

  private ErrorMode modeOf(Enumeration.Value evalMode) {
    Cast cast = cast(SparkColumns.LONG, DataTypes.IntegerType, evalMode);
    return ((dev.kronos.expression.Cast) translator.translate(cast).orThrow()).mode();
  }

  private static Cast cast(
      org.apache.spark.sql.catalyst.expressions.Expression child,
      org.apache.spark.sql.types.DataType type,
      Enumeration.Value evalMode) {
    return new Cast(child, type, Option.apply("UTC"), evalMode);
  }

  private static scala.collection.immutable.Set<Object> set(Object value) {
    return scala.collection.immutable.Set$.MODULE$.from(
        ScalaCollections.<Object>seq(List.of(value)));
  }
}

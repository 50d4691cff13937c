// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.RoundNumber.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lists functions of bits, of floating point numbers, and roundings. */
final class FunctionCases {
  private FunctionCases() {}

  static List<ExpressionGroup> all() {
    List<ExpressionGroup> groups = new ArrayList<>();
    ExpressionCases.INTEGERS.forEach(type -> groups.add(bits(type)));
    ExpressionCases.INTEGERS.forEach(type -> groups.add(roundings(type)));
    ExpressionCases.DECIMALS.forEach(type -> groups.add(roundings(type)));
    groups.add(math());
    powers().forEach(groups::add);
    groups.add(halves());
    return groups;
  }

  /** Halves, numbers of many sizes as halves, and numbers in the middle between two halves. */
  private static ExpressionGroup halves() {
    Expression half = ExpressionCases.column(0, DataType.INT16);
    Expression number = ExpressionCases.column(1, DataType.FLOAT64);
    Expression one = new Literal(DataType.INT16, (short) 1);
    Expression next =
        new Arithmetic(Arithmetic.Operator.ADD, half, one, DataType.INT16, ErrorMode.WRAP);
    Expression sum =
        new Arithmetic(
            Arithmetic.Operator.ADD, wide(half), wide(next), DataType.FLOAT64, ErrorMode.WRAP);
    List<Expression> list = new ArrayList<>();
    list.add(Call.of(HalfFunction.TO_FLOAT, half));
    list.add(Call.of(HalfFunction.OF_DOUBLE, wide(half)));
    list.add(Call.of(HalfFunction.OF_DOUBLE, times(sum, 0.5)));
    list.add(Call.of(HalfFunction.OF_DOUBLE, number));
    Stream.of(1e-3, 1e-6, 1e-9, 1e-12)
        .forEach(s -> list.add(Call.of(HalfFunction.OF_DOUBLE, times(number, s))));
    return new ExpressionGroup(
        "halves",
        List.of(ExpressionCases.layout(DataType.INT16), ExpressionCases.layout(DataType.FLOAT64)),
        list);
  }

  private static Expression wide(Expression half) {
    return new Cast(Call.of(HalfFunction.TO_FLOAT, half), DataType.FLOAT64, ErrorMode.ANSI);
  }

  private static ExpressionGroup bits(DataType type) {
    Expression a = ExpressionCases.column(0, type);
    Expression n = ExpressionCases.column(1, DataType.INT32);
    List<Expression> list = new ArrayList<>();
    list.add(Call.of(BitFunction.COUNT, a));
    list.add(Call.of(BitFunction.COUNT, new IsNull(a)));
    list.add(Call.of(BitFunction.GET, a, n, number(RowArithmetic.bits(type))));
    if (type.equals(DataType.INT32) || type.equals(DataType.INT64)) {
      Stream.of(BitFunction.SHIFT_LEFT, BitFunction.SHIFT_RIGHT, BitFunction.SHIFT_RIGHT_UNSIGNED)
          .forEach(shift -> list.add(Call.of(shift, a, n)));
    }
    ColumnLayout amount = ExpressionCases.layout(DataType.INT32);
    return new ExpressionGroup(
        "bits of " + type, List.of(ExpressionCases.layout(type), amount), list);
  }

  private static Literal number(int value) {
    return new Literal(DataType.INT32, value);
  }

  private static ExpressionGroup math() {
    Expression a = ExpressionCases.column(0, DataType.FLOAT64);
    return new ExpressionGroup(
        "math",
        List.of(ExpressionCases.layout(DataType.FLOAT64)),
        Stream.concat(
                functions("math").<Expression>map(f -> Call.of(f, a)),
                Stream.of(1e-2, 1e-4, 1e-6, 1e-9).map(s -> Call.of(MathFunction.EXP, times(a, s))))
            .toList());
  }

  /** Functions of one number. */
  private static Stream<MathFunction> functions(String file) {
    return Stream.of(MathFunction.values())
        .filter(f -> f.include().equals(file + ".glsl") && f.signature().operands().size() == 1);
  }

  /** Of numbers of all sizes, and of those for which results are neither ends nor zeros. */
  private static Stream<ExpressionGroup> powers() {
    Expression a = ExpressionCases.column(0, DataType.FLOAT64);
    Expression b = ExpressionCases.column(1, DataType.FLOAT64);
    return Stream.of("power", "angle")
        .map(
            file ->
                new ExpressionGroup(
                    "math of " + file,
                    List.of(
                        ExpressionCases.layout(DataType.FLOAT64),
                        ExpressionCases.layout(DataType.FLOAT64)),
                    Stream.concat(
                            functions(file)
                                .flatMap(
                                    f ->
                                        Stream.of(1.0, 1e-5, 4e-7)
                                            .<Expression>map(s -> Call.of(f, times(a, s)))),
                            binary(file, a, b))
                        .toList()));
  }

  private static Stream<Expression> binary(String file, Expression a, Expression b) {
    return file.equals("angle")
        ? Stream.of(Call.of(MathFunction.ATAN2, a, b))
        : Stream.of(
            Call.of(MathFunction.CBRT, new Literal(DataType.FLOAT64, Double.MIN_VALUE)),
            Call.of(MathFunction.CBRT, new Literal(DataType.FLOAT64, -1e-310)),
            Call.of(MathFunction.LOG1P, new Literal(DataType.FLOAT64, 1e-310)),
            Call.of(MathFunction.POW, new Literal(DataType.FLOAT64, 1e-310), times(b, 1e-7)),
            Call.of(MathFunction.POW, new Literal(DataType.FLOAT64, 1.0 + 1e-9), times(b, 1e5)),
            Call.of(MathFunction.POW, a, b),
            Call.of(MathFunction.POW, times(a, 1e-3), times(b, 1e-5)),
            Call.of(MathFunction.POW, a, new FloatMath(FloatMath.Function.RINT, times(b, 1e-5))));
  }

  private static Expression times(Expression a, double factor) {
    return new Arithmetic(
        Arithmetic.Operator.MULTIPLY,
        a,
        new Literal(DataType.FLOAT64, factor),
        DataType.FLOAT64,
        ErrorMode.WRAP);
  }

  private static ExpressionGroup roundings(DataType type) {
    Expression a = ExpressionCases.column(0, type);
    List<Expression> list = new ArrayList<>();
    IntStream.of(0, 1, type.scale() - 1, type.scale() + 1, -1, -2, -9, -19, -37)
        .distinct()
        .filter(places -> places >= -37 && type.scale() - places <= DataType.MAX_PRECISION)
        .forEach(
            places -> {
              Direction direction = Direction.values()[Math.floorMod(places, 4)];
              list.add(round(a, places, direction));
              list.add(round(a, places, Direction.HALF_UP));
            });
    for (Direction direction : Direction.values()) {
      list.add(round(a, type.scale() / 2 - 1, direction));
    }
    return new ExpressionGroup(
        "rounded " + type,
        List.of(ExpressionCases.layout(type)),
        list.stream().distinct().toList());
  }

  private static Expression round(Expression a, int places, Direction direction) {
    DataType from = a.type();
    if (from.isIntegral()) {
      ErrorMode mode = ErrorMode.values()[Math.floorMod(places + direction.ordinal(), 3)];
      return new RoundNumber(a, from, places, direction, mode);
    }
    int whole = from.precision() - from.scale() + 1;
    int scale = Math.max(0, Math.min(places, from.scale()));
    int precision = Math.min(38, Math.max(whole, 1 - places) + scale);
    return new RoundNumber(
        a, DataType.decimal(precision, scale), places, direction, ErrorMode.ANSI);
  }
}

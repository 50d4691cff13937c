// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.column.Storage;
import dev.kronos.column.Validity;
import dev.kronos.expression.Arithmetic.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lists every operation on every type, in groups that share a kernel. */
final class ExpressionCases {
  static final List<DataType> INTEGERS =
      List.of(DataType.INT8, DataType.INT16, DataType.INT32, DataType.INT64);
  static final List<DataType> FLOATS = List.of(DataType.FLOAT32, DataType.FLOAT64);
  static final List<DataType> DECIMALS =
      List.of(
          DataType.decimal(1, 1),
          DataType.decimal(5, 2),
          DataType.decimal(9, 0),
          DataType.decimal(10, 4),
          DataType.decimal(18, 0),
          DataType.decimal(18, 18),
          DataType.decimal(19, 0),
          DataType.decimal(20, 10),
          DataType.decimal(38, 0),
          DataType.decimal(38, 18),
          DataType.decimal(38, 38));
  private static final List<DataType> OTHERS =
      List.of(
          DataType.BOOLEAN,
          DataType.DATE,
          DataType.TIMESTAMP,
          DataType.TIMESTAMP_NTZ,
          DataType.STRING);

  /** Expressions a kernel; one with wide decimals, for they compile in more than linear time. */
  private static final int KERNEL_EXPRESSIONS = 12;

  private ExpressionCases() {}

  static List<DataType> types() {
    return Stream.of(INTEGERS, FLOATS, DECIMALS, OTHERS).flatMap(List::stream).toList();
  }

  static ColumnLayout layout(DataType type) {
    return ColumnLayout.of(type, Nullability.NULLABLE);
  }

  static Expression column(int index, DataType type) {
    return new ColumnReference(index, type, true);
  }

  static Stream<ExpressionGroup> all() {
    List<ExpressionGroup> groups = new ArrayList<>();
    Stream.of(INTEGERS, FLOATS).flatMap(List::stream).forEach(t -> groups.add(arithmetic(t)));
    groups.addAll(DecimalCases.all());
    types().forEach(type -> groups.add(comparisons(type)));
    types().forEach(type -> groups.add(casts(type)));
    types().forEach(type -> groups.add(choices(type)));
    groups.addAll(StringCases.all());
    groups.addAll(WordCases.all());
    groups.addAll(CodeCases.all());
    groups.add(SketchCases.bloom());
    groups.add(SketchCases.distinct());
    groups.addAll(DateCases.all());
    types().forEach(type -> groups.add(hashes(type)));
    groups.addAll(FunctionCases.all());
    groups.addAll(TimeCases.all());
    groups.addAll(FormatCases.all());
    groups.add(LogicCases.logic());
    groups.addAll(LogicCases.laziness());
    groups.addAll(LogicCases.widened());
    groups.addAll(storages());
    return groups.stream().flatMap(group -> group.split(isWide(group) ? 1 : KERNEL_EXPRESSIONS));
  }

  private static boolean isWide(ExpressionGroup group) {
    return group.expressions().stream()
        .filter(e -> e instanceof Arithmetic || e instanceof Cast || e instanceof RoundNumber)
        .anyMatch(e -> isWide(e.type()) || e.children().stream().anyMatch(c -> isWide(c.type())));
  }

  private static boolean isWide(DataType type) {
    return Register.of(type) == Register.WIDE;
  }

  private static ExpressionGroup arithmetic(DataType type) {
    Expression a = column(0, type);
    Expression b = column(1, type);
    List<Expression> list = new ArrayList<>();
    for (ErrorMode mode : ErrorMode.values()) {
      for (Operator operator : Operator.values()) {
        if (takes(operator, type)) {
          list.add(new Arithmetic(operator, a, b, type, mode));
        }
      }
      list.add(new Negate(a, mode));
      list.add(new Absolute(a, mode));
    }
    if (type.isFloating()) {
      list.add(new NormalizeFloat(a));
      list.add(new FloatDivide(a, b));
      for (FloatMath.Function function : FloatMath.Function.values()) {
        list.add(new FloatMath(function, a));
      }
    } else {
      list.addAll(bits(a, b));
    }
    if (type.equals(DataType.INT64)) {
      DECIMALS.stream()
          .flatMap(
              t -> Stream.of(ErrorMode.ANSI, ErrorMode.NULL).map(m -> new MakeDecimal(a, t, m)))
          .forEach(list::add);
    }
    return new ExpressionGroup("arithmetic on " + type, List.of(layout(type), layout(type)), list);
  }

  private static List<Expression> bits(Expression a, Expression b) {
    List<Expression> list = new ArrayList<>();
    for (Bitwise.Operator operator : Bitwise.Operator.values()) {
      list.add(new Bitwise(operator, a, b));
    }
    list.add(new BitwiseNot(a));
    for (Shift.Direction direction : Shift.Direction.values()) {
      for (ErrorMode mode : ErrorMode.values()) {
        list.add(new Shift(direction, a, b, mode));
      }
    }
    return list;
  }

  private static boolean takes(Operator operator, DataType type) {
    return switch (operator) {
      case DIVIDE -> type.isFloating();
      case INTEGRAL_DIVIDE -> type.equals(DataType.INT64);
      default -> true;
    };
  }

  private static ExpressionGroup comparisons(DataType type) {
    List<Expression> list = new ArrayList<>();
    for (Comparison.Operator operator : Comparison.Operator.values()) {
      list.add(new Comparison(operator, column(0, type), column(1, type)));
    }
    return new ExpressionGroup("comparison of " + type, List.of(layout(type), layout(type)), list);
  }

  private static ExpressionGroup casts(DataType from) {
    List<Expression> list = new ArrayList<>();
    for (DataType to : types()) {
      if (Cast.supports(from, to)) {
        modes(from, to).forEach(mode -> list.add(new Cast(column(0, from), to, mode)));
      }
    }
    if (from.isDecimal() && from.precision() <= UnscaledValue.MAX_LONG_DIGITS) {
      list.add(new UnscaledValue(column(0, from)));
    }
    list.add(new IsNull(column(0, from)));
    return new ExpressionGroup("cast from " + from, List.of(layout(from)), list);
  }

  /** Modes that make a difference; between decimals one of the two, for the sake of time. */
  private static List<ErrorMode> modes(DataType from, DataType to) {
    if (to.isIntegral() || (from.equals(DataType.STRING) && !to.isNumeric())) {
      return List.of(ErrorMode.values());
    }
    boolean writesDecimal = from.isDecimal() && to.equals(DataType.STRING);
    if (writesDecimal || (from.isFloating() && isTime(to))) {
      return List.of(ErrorMode.ANSI, ErrorMode.WRAP);
    }
    if (!to.isDecimal()) {
      return List.of(ErrorMode.ANSI);
    }
    boolean even = (from.precision() + to.precision() + to.scale()) % 2 == 0;
    return List.of(even ? ErrorMode.ANSI : ErrorMode.NULL);
  }

  private static boolean isTime(DataType type) {
    return type.equals(DataType.TIMESTAMP);
  }

  private static ExpressionGroup hashes(DataType type) {
    Expression a = column(0, type);
    Expression b = column(1, type);
    Expression both = new Murmur3(List.of(a, b, a), Murmur3.PARTITION_SEED);
    List<Expression> list =
        List.of(
            new Murmur3(List.of(a), Murmur3.PARTITION_SEED),
            new Murmur3(List.of(a, Literal.ofNull(type)), -1),
            both,
            new XxHash64(List.of(a), Murmur3.PARTITION_SEED),
            new XxHash64(List.of(a, Literal.ofNull(type), b, a), -1L),
            new Bucket(both, new Literal(DataType.INT32, 1)),
            new Bucket(both, new Literal(DataType.INT32, 200)),
            new Bucket(both, new Literal(DataType.INT32, Integer.MAX_VALUE)));
    return new ExpressionGroup("hash of " + type, List.of(layout(type), layout(type)), list);
  }

  private static ExpressionGroup choices(DataType type) {
    Expression a = column(0, type);
    Expression b = column(1, type);
    Expression same = new Comparison(Comparison.Operator.EQ, a, b);
    List<Literal> edges =
        EdgeValues.of(type).stream().map(value -> new Literal(type, value)).toList();
    List<Literal> few = edges.subList(1, Math.min(4, edges.size()));
    List<Expression> list =
        List.of(
            new Coalesce(List.of(a, b)),
            new Coalesce(List.of(a, b, few.get(0))),
            new Extreme(Extreme.End.GREATEST, List.of(a, b)),
            new Extreme(Extreme.End.LEAST, List.of(a, few.get(0), Literal.ofNull(type), b)),
            new Extreme(Extreme.End.GREATEST, List.of(Literal.ofNull(type), a)),
            new CaseWhen(List.of(new CaseWhen.Branch(same, a)), Literal.ofNull(type)),
            new CaseWhen(
                List.of(
                    new CaseWhen.Branch(new IsNull(a), b), new CaseWhen.Branch(same, few.get(0))),
                a),
            few.get(0),
            Literal.ofNull(type),
            new In(a, few),
            new In(a, List.of(few.get(0), Literal.ofNull(type))),
            new In(a, List.of(Literal.ofNull(type))),
            new In(a, edges),
            new In(a, edges.subList(1, edges.size())));
    return new ExpressionGroup("choice of " + type, List.of(layout(type), layout(type)), list);
  }

  /** Every way in which a type can lie in memory. */
  private static List<ExpressionGroup> storages() {
    List<ExpressionGroup> groups = new ArrayList<>();
    for (DataType type : types()) {
      for (Storage storage : Storage.values()) {
        if (storage.holds(type)) {
          groups.add(storage(type, storage));
        }
      }
    }
    return groups;
  }

  private static ExpressionGroup storage(DataType type, Storage storage) {
    List<ColumnLayout> layouts =
        List.of(
            new ColumnLayout(type, storage, Validity.BITS, Nullability.NULLABLE),
            new ColumnLayout(type, storage, Validity.BYTES, Nullability.NULLABLE),
            new ColumnLayout(type, storage, Validity.BITS, Nullability.NON_NULL));
    List<Expression> list =
        List.of(column(0, type), column(1, type), new ColumnReference(2, type, false));
    return new ExpressionGroup("storage of " + type + " as " + storage, layouts, list);
  }
}

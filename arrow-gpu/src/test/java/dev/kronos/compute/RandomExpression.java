// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** Draws trees of functions over two INT64, a FLOAT64 and a BOOLEAN column. */
final class RandomExpression {
  static final List<DataType> TYPES =
      List.of(DataType.INT64, DataType.INT64, DataType.FLOAT64, DataType.BOOLEAN);

  private static final List<ArrowFunction> INTEGERS =
      List.of(
          Functions.ADD,
          Functions.SUBTRACT,
          Functions.MULTIPLY,
          Functions.DIVIDE,
          Functions.BIT_WISE_AND,
          Functions.BIT_WISE_XOR,
          Functions.SHIFT_RIGHT,
          Functions.COALESCE);
  private static final List<ArrowFunction> COMPARISONS =
      List.of(
          Functions.EQUAL,
          Functions.NOT_EQUAL,
          Functions.LESS,
          Functions.GREATER_EQUAL,
          Functions.GREATER);
  private static final List<ArrowFunction> LOGIC =
      List.of(
          Functions.AND,
          Functions.OR,
          Functions.XOR,
          Functions.AND_KLEENE,
          Functions.OR_KLEENE,
          Functions.AND_NOT_KLEENE);
  private static final List<ArrowFunction> WHOLE =
      List.of(Functions.FLOOR, Functions.CEIL, Functions.TRUNC, Functions.ROUND, Functions.NEGATE);

  private final IntFunction<Expression> column;
  private final Random random;

  RandomExpression(IntFunction<Expression> column, Random random) {
    this.column = column;
    this.random = random;
  }

  DataType type() {
    return TYPES.get(random.nextInt(TYPES.size()));
  }

  Expression next(DataType type, int depth) {
    if (depth == 0 || random.nextInt(8) == 0) {
      return leaf(type);
    }
    if (random.nextInt(6) == 0) {
      Expression condition = next(DataType.BOOLEAN, depth - 1);
      return Functions.IF_ELSE.of(condition, next(type, depth - 1), next(type, depth - 1));
    }
    if (type.equals(DataType.INT64)) {
      return pick(INTEGERS).of(next(type, depth - 1), next(type, depth - 1));
    }
    // Sums would give numbers below the smallest normal one, which not every device has.
    return type.equals(DataType.FLOAT64)
        ? pick(WHOLE).of(next(type, depth - 1))
        : condition(depth - 1);
  }

  private Expression condition(int depth) {
    if (random.nextBoolean()) {
      DataType type = type();
      return pick(COMPARISONS).of(next(type, depth), next(type, depth));
    }
    return pick(LOGIC).of(next(DataType.BOOLEAN, depth), next(DataType.BOOLEAN, depth));
  }

  private Expression leaf(DataType type) {
    if (type.equals(DataType.INT64)) {
      return random.nextInt(3) == 0
          ? Scalar.of(random.nextLong() >> random.nextInt(64)).literal()
          : column.apply(random.nextInt(2));
    }
    return column.apply(TYPES.indexOf(type));
  }

  private ArrowFunction pick(List<ArrowFunction> functions) {
    return functions.get(random.nextInt(functions.size()));
  }
}

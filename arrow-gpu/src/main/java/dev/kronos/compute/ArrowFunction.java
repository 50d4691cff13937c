// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Names a function over rows as Arrow does, with the types it takes and what it computes. {@link
 * Functions} lists them; {@link Elementwise} applies one to vectors, {@link Expressions} fuses
 * several into one kernel. Immutable.
 */
public final class ArrowFunction {
  private final String name;
  private final Shape shape;
  private final TypeGroup types;
  private final Function<List<Expression>, Expression> rule;

  ArrowFunction(
      String name, Shape shape, TypeGroup types, Function<List<Expression>, Expression> rule) {
    this.name = Objects.requireNonNull(name, "name");
    this.shape = shape;
    this.types = types;
    this.rule = rule;
  }

  /** Returns Arrow's name, such as {@code add_checked}. */
  public String name() {
    return name;
  }

  /** Tells whether the function takes values of a type; of conditions, this is not asked. */
  public boolean takes(DataType type) {
    return types.contains(type);
  }

  TypeGroup types() {
    return types;
  }

  Shape shape() {
    return shape;
  }

  /**
   * Makes the expression of this function over operands.
   *
   * @param operands as many as the function takes, of one type
   * @throws KronosException.InvalidArgument when their number is wrong or their types differ
   * @throws KronosException.Unsupported when the function does not take their type
   */
  public Expression of(Expression... operands) {
    return of(List.of(operands));
  }

  Expression of(List<Expression> operands) {
    shape.check(name, operands);
    DataType type = shape.typed(operands).type();
    if (!takes(type)) {
      throw new KronosException.Unsupported(
          message("function does not take this type", "function", name, "type", type));
    }
    return rule.apply(operands);
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }
}

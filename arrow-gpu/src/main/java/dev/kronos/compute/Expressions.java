// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Evaluates expressions over several vectors of one length in one kernel, with filters before them
 * and, if asked for, a reduction behind them: {@code sum(a * b) where c > 0} reads each vector once
 * and writes one number.
 *
 * <pre>{@code
 * Expressions rows = Expressions.over(kronos, price, quantity);
 * Expression total = Functions.MULTIPLY.of(rows.column("price"), rows.column("quantity"));
 * try (FieldVector totals = rows.evaluate("total", total)) { ... }
 * Scalar sum = rows.where(Functions.IS_VALID.of(rows.column("price"))).sum(total);
 * }</pre>
 *
 * <p>Expressions are made of columns, {@link Scalar#literal constants} and {@link Functions}, or of
 * the records of {@link dev.kronos.expression} where Spark's semantics are wanted. Vectors stay the
 * caller's and must stay as they are while this is used; results lie in memory of the device's
 * allocator and the caller closes them. Immutable and thread-safe. Cost: O(n e) work for n rows and
 * e functions, among which numbers take no memory; results take O(n), those of reductions O(1).
 * Errors are those of {@link Elementwise}.
 */
public final class Expressions {
  private final Kronos kronos;
  private final Vectors vectors;
  private final List<Expression> conditions;

  private Expressions(Kronos kronos, Vectors vectors, List<Expression> conditions) {
    this.kronos = kronos;
    this.vectors = vectors;
    this.conditions = List.copyOf(conditions);
  }

  /**
   * Takes vectors as columns.
   *
   * @throws KronosException.InvalidArgument when their lengths differ
   * @throws KronosException.Unsupported when one has no column type or is dictionary-encoded
   */
  public static Expressions over(Kronos kronos, FieldVector... vectors) {
    Objects.requireNonNull(kronos, "kronos");
    return new Expressions(kronos, new Vectors(List.of(vectors)), List.of());
  }

  /**
   * Returns a vector as an operand, by its index from 0.
   *
   * @throws KronosException.InvalidArgument when there is none
   */
  public Expression column(int index) {
    if (index < 0 || index >= vectors.size()) {
      throw new KronosException.InvalidArgument(
          message("no such column", "index", index, "columns", vectors.size()));
    }
    return vectors.column(index);
  }

  /**
   * Returns a vector as an operand, by its name.
   *
   * @throws KronosException.InvalidArgument when no vector, or more than one, has the name
   */
  public Expression column(String name) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      if (vectors.vector(i).getName().equals(name)) {
        found.add(i);
      }
    }
    if (found.size() != 1) {
      throw new KronosException.InvalidArgument(
          message("name does not tell a column", "name", name, "columns", found.size()));
    }
    return vectors.column(found.get(0));
  }

  /**
   * Keeps the rows of which a condition is true, in addition to the conditions so far.
   *
   * @param condition a boolean; null counts as false
   * @throws KronosException.InvalidArgument when it is not boolean or over other columns
   */
  public Expressions where(Expression condition) {
    requireOwn(condition);
    if (!condition.type().equals(DataType.BOOLEAN)) {
      throw new KronosException.InvalidArgument(
          message("condition is not boolean", "function", "where", "type", condition.type()));
    }
    List<Expression> all = new ArrayList<>(conditions);
    all.add(condition);
    return new Expressions(kronos, vectors, all);
  }

  /** Returns the values of an expression at the rows kept, in order, as a vector of a name. */
  public FieldVector evaluate(String name, Expression expression) {
    return evaluate(List.of(name), List.of(expression)).get(0);
  }

  /**
   * Returns the values of several expressions at the rows kept, in order.
   *
   * @param names a name an expression
   * @param expressions what to evaluate, all in one kernel
   * @throws KronosException.InvalidArgument when there are more of one than of the other
   */
  public List<FieldVector> evaluate(List<String> names, List<Expression> expressions) {
    if (names.size() != expressions.size()) {
      throw new KronosException.InvalidArgument(
          message("not a name an expression", "names", names, "expressions", expressions.size()));
    }
    expressions.forEach(this::requireOwn);
    List<Field> fields = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      fields.add(vectors.field(names.get(i), expressions.get(i).type()));
    }
    return new Projection(kronos, vectors, conditions)
        .run(String.join(", ", names), fields, expressions);
  }

  /** Returns how many values are not null; as {@link Aggregates#count}. */
  public long count(Expression values) {
    return reduction(values).count(values);
  }

  /** Returns the sum; as {@link Aggregates#sum}. */
  public Scalar sum(Expression values) {
    return reduction(values).sum(values);
  }

  /** Returns the sum, but fails where it does not fit; as {@link Aggregates#sumChecked}. */
  public Scalar sumChecked(Expression values) {
    return reduction(values).sumChecked(values, values.toString());
  }

  /** Returns the least value; as {@link Aggregates#min}. */
  public Scalar min(Expression values) {
    return reduction(values).min(values);
  }

  /** Returns the greatest value; as {@link Aggregates#max}. */
  public Scalar max(Expression values) {
    return reduction(values).max(values);
  }

  /** Returns the arithmetic mean; as {@link Aggregates#mean}. */
  public Scalar mean(Expression values) {
    return reduction(values).mean(values);
  }

  private Reduction reduction(Expression values) {
    requireOwn(values);
    return new Reduction(kronos, vectors, conditions);
  }

  private void requireOwn(Expression expression) {
    List<DataType> types = vectors.layouts().stream().map(layout -> layout.type()).toList();
    try {
      PipelineSpec.checkReferences(expression, types);
    } catch (IllegalArgumentException e) {
      throw new KronosException.InvalidArgument(
          message("expression is over other columns", "expression", expression, "types", types), e);
    }
  }
}

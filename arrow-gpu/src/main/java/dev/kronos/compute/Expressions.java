// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.expression.Expression;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;

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
  private final RowPlan plan;

  private Expressions(Kronos kronos, Vectors vectors, RowPlan plan) {
    this.kronos = kronos;
    this.vectors = vectors;
    this.plan = plan;
  }

  /**
   * Takes vectors as columns.
   *
   * @throws KronosException.InvalidArgument when their lengths differ
   * @throws KronosException.Unsupported when one has no column type or is dictionary-encoded
   */
  public static Expressions over(Kronos kronos, FieldVector... vectors) {
    Objects.requireNonNull(kronos, "kronos");
    Vectors operands = new Vectors(List.of(vectors));
    return new Expressions(kronos, operands, operands.plan());
  }

  /**
   * Returns a vector as an operand, by its index from 0.
   *
   * @throws KronosException.InvalidArgument when there is none
   */
  public Expression column(int index) {
    return plan.column(index).operand();
  }

  /**
   * Returns a vector as an operand, by its name.
   *
   * @throws KronosException.InvalidArgument when no vector, or more than one, has the name
   */
  public Expression column(String name) {
    return plan.column(name).operand();
  }

  /**
   * Keeps the rows of which a condition is true, in addition to the conditions so far.
   *
   * @param condition a boolean; null counts as false
   * @throws KronosException.InvalidArgument when it is not boolean or over other columns
   */
  public Expressions where(Expression condition) {
    return new Expressions(kronos, vectors, plan.where(condition));
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
    return new Projection(kronos, vectors)
        .run(String.join(", ", names), plan.select(names, expressions));
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
    plan.requireOwn(values);
    return new Reduction(kronos, vectors, plan.spec());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.expression.Expression;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

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
  private final Decoder decoder;
  private final List<FieldVector> vectors;
  private final RowPlan plan;

  private Expressions(Decoder decoder, List<FieldVector> vectors, RowPlan plan) {
    this.decoder = decoder;
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
    return over(Decoder.none(kronos), List.of(vectors));
  }

  /**
   * Takes vectors as columns, dictionary-encoded ones as the values that they stand for. They are
   * decoded at each evaluation, as by {@link Elementwise#Elementwise(Kronos, DictionaryProvider)}.
   *
   * @throws KronosException.InvalidArgument when their lengths differ, or there is no such
   *     dictionary
   * @throws KronosException.Unsupported when values have no column type
   */
  public static Expressions over(
      Kronos kronos, DictionaryProvider dictionaries, FieldVector... vectors) {
    return over(Decoder.of(kronos, dictionaries), List.of(vectors));
  }

  static Expressions over(Decoder decoder, List<FieldVector> vectors) {
    Vectors.requireSameLength(vectors);
    RowPlan plan = RowPlan.of(vectors.stream().map(decoder::field).toList());
    return new Expressions(decoder, vectors, plan);
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
    return new Expressions(decoder, vectors, plan.where(condition));
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
    RowPlan selected = plan.select(names, expressions);
    String what = String.join(", ", names);
    return decoder.rows(
        vectors, (rows, columns) -> new Projection(decoder.kronos(), rows).run(what, selected));
  }

  /** Returns how many values are not null; as {@link Aggregates#count}. */
  public long count(Expression values) {
    return reduce(values, reduction -> reduction.count(values));
  }

  /** Returns the sum; as {@link Aggregates#sum}. */
  public Scalar sum(Expression values) {
    return reduce(values, reduction -> reduction.sum(values));
  }

  /** Returns the sum, but fails where it does not fit; as {@link Aggregates#sumChecked}. */
  public Scalar sumChecked(Expression values) {
    return reduce(values, reduction -> reduction.sumChecked(values, values.toString()));
  }

  /** Returns the least value; as {@link Aggregates#min}. */
  public Scalar min(Expression values) {
    return reduce(values, reduction -> reduction.min(values));
  }

  /** Returns the greatest value; as {@link Aggregates#max}. */
  public Scalar max(Expression values) {
    return reduce(values, reduction -> reduction.max(values));
  }

  /** Returns the arithmetic mean; as {@link Aggregates#mean}. */
  public Scalar mean(Expression values) {
    return reduce(values, reduction -> reduction.mean(values));
  }

  private <T> T reduce(Expression values, Function<Reduction, T> function) {
    plan.requireOwn(values);
    return decoder.rows(
        vectors,
        (rows, columns) -> function.apply(new Reduction(decoder.kronos(), rows, plan.spec())));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;

/**
 * Holds what is computed over windows, in Spark's expressions. Immutable; travels to the executors.
 *
 * @param partition keys of the partitions that rows are sorted by; empty for one partition
 * @param order keys that rows of a partition are sorted by; may be empty
 * @param windows named functions over windows of these keys
 */
public record WindowShape(
    List<Expression> partition, List<SortOrder> order, List<NamedExpression> windows)
    implements Serializable {

  /** Copies the lists. */
  public WindowShape {
    partition = List.copyOf(partition);
    order = List.copyOf(order);
    windows = List.copyOf(windows);
  }

  /** Returns what rows are sorted by. */
  static List<Expression> children(List<SortOrder> order) {
    return order.stream().map(SortOrder::child).toList();
  }

  /**
   * Returns the function of a window, of which Spark may make something else, as a decimal of a sum
   * of longs; empty where an expression has none.
   */
  static Optional<WindowExpression> window(NamedExpression named) {
    return named instanceof Alias alias ? within(alias.child()) : Optional.empty();
  }

  private static Optional<WindowExpression> within(Expression expression) {
    return expression instanceof WindowExpression window
        ? Optional.of(window)
        : ScalaCollections.<Expression>list(expression.children()).stream()
            .flatMap(child -> within(child).stream())
            .findFirst();
  }

  /** Puts what stands for the function of a window in its place. */
  static Expression around(Expression whole, WindowExpression window, Expression by) {
    if (whole == window) {
      return by;
    }
    List<Expression> children = ScalaCollections.list(whole.children());
    return children.isEmpty()
        ? whole
        : whole.withNewChildren(
            ScalaCollections.seq(children.stream().map(c -> around(c, window, by)).toList()));
  }

  /** Returns the value of a row that is given out again, or what is made of a window. */
  static Expression plain(NamedExpression named) {
    return named instanceof Alias alias ? alias.child() : (Expression) named;
  }

  /** Returns the aggregate function of a window; empty where it is of another kind. */
  static Optional<AggregateExpression> aggregate(NamedExpression named) {
    return window(named)
        .map(WindowExpression::windowFunction)
        .filter(AggregateExpression.class::isInstance)
        .map(AggregateExpression.class::cast);
  }

  /** Returns the aggregate functions, in order, as an aggregation of all rows. */
  public AggregateShape aggregates(List<Attribute> input) {
    List<AggregateExpression> functions = new ArrayList<>();
    windows.forEach(window -> aggregate(window).ifPresent(functions::add));
    return new AggregateShape(input, List.of(), functions, List.of(), List.of());
  }

  /** Returns the replay of rows that windows take in. */
  public RowReplay replay(SparkPipeline pipeline) {
    List<Expression> consumed = new ArrayList<>(partition);
    consumed.addAll(children(order));
    for (NamedExpression named : windows) {
      if (aggregate(named).isEmpty()) {
        consumed.addAll(
            window(named)
                .map(w -> ScalaCollections.<Expression>list(w.windowFunction().children()))
                .orElse(List.of(plain(named))));
      }
    }
    return RowReplay.before(pipeline, aggregates(pipeline.output()), consumed);
  }
}

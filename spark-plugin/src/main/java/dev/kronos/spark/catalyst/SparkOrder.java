// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.operator.sort.NanPlacement;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.OrderSpec;
import dev.kronos.operator.sort.SortSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import scala.Option;

/**
 * Holds an order of rows in Spark's expressions, and what is done to the rows before. Keys that are
 * not columns become columns behind those given out. Immutable; travels to the executors.
 *
 * @param input what is done to a row before
 * @param order the keys, the most significant first; one at least
 * @param most how many rows are wanted of those that come first; {@link OrderSpec#ALL} for all
 */
public record SparkOrder(SparkPipeline input, List<SortOrder> order, int most)
    implements Serializable {

  /** Copies the list. */
  public SparkOrder {
    order = List.copyOf(order);
  }

  /** Returns what is done to a row, its keys included. */
  public SparkPipeline pipeline() {
    List<NamedExpression> columns = new ArrayList<>(input.output());
    for (SortOrder key : order) {
      if (columnOf(key) < 0) {
        columns.add(named(key.child(), "key", NamedExpression.newExprId()));
      }
    }
    if (columns.size() == input.output().size()) {
      return input;
    }
    List<SparkStep> steps = new ArrayList<>(input.steps());
    steps.add(new SparkStep.Project(columns));
    return new SparkPipeline(input.input(), steps);
  }

  /** Names an expression. */
  public static Alias named(Expression expression, String name, ExprId id) {
    return new Alias(
        expression,
        name,
        id,
        ScalaCollections.seq(List.of()),
        Option.empty(),
        ScalaCollections.seq(List.of()));
  }

  /** Returns which column a key is, or -1 where it is computed. */
  private int columnOf(SortOrder key) {
    List<Attribute> columns = input.output();
    for (int i = 0; i < columns.size(); i++) {
      if (key.child() instanceof Attribute a && a.exprId().equals(columns.get(i).exprId())) {
        return i;
      }
    }
    return -1;
  }

  /** Translates the order, or says why it stays on the CPU. */
  public Translation<TranslatedOrder> translate() {
    return pipeline().translate().then(this::translate);
  }

  private TranslatedOrder translate(TranslatedPipeline translated) {
    int outputs = input.output().size();
    OrderSpec spec = new OrderSpec(translated.spec(), keys(outputs), outputs, most);
    return new TranslatedOrder(spec, translated.output().subList(0, outputs));
  }

  private SortSpec keys(int firstComputed) {
    List<SortSpec.Key> keys = new ArrayList<>(order.size());
    int computed = firstComputed;
    for (SortOrder key : order) {
      int column = columnOf(key);
      keys.add(key(column < 0 ? computed++ : column, key));
    }
    return new SortSpec(keys);
  }

  private static SortSpec.Key key(int column, SortOrder key) {
    return new SortSpec.Key(
        column,
        key.direction() == Ascending$.MODULE$
            ? dev.kronos.operator.sort.SortOrder.ASCENDING
            : dev.kronos.operator.sort.SortOrder.DESCENDING,
        key.nullOrdering() == NullsFirst$.MODULE$ ? NullPlacement.AT_START : NullPlacement.AT_END,
        NanPlacement.GREATEST);
  }
}

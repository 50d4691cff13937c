// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.operator.sort.SortedBounds;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.RangePartitioner$;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.codegen.LazilyGeneratedOrdering;
import scala.Tuple2;
import scala.collection.mutable.ArrayBuffer;
import scala.math.Ordering;
import scala.reflect.ClassTag$;

/**
 * Holds the keys of ranges of rows, and what Spark does with rows of such keys. Immutable; travels
 * to the executors.
 *
 * @param order the keys, the most significant first; one at least
 */
public record RangeKeys(List<SortOrder> order) implements Serializable {

  /** Copies the list. */
  public RangeKeys {
    order = List.copyOf(order);
  }

  /**
   * Holds a key of a sample.
   *
   * @param key a row of keys
   * @param weight how many rows it stands for
   */
  public record Weighted(InternalRow key, float weight) {}

  /** Returns what the keys are, over the columns of the rows. */
  public List<Expression> expressions() {
    return order.stream().map(SortOrder::child).toList();
  }

  /** Names the keys, so that they can be projected. */
  public List<NamedExpression> columns() {
    List<NamedExpression> columns = new ArrayList<>(order.size());
    for (Expression key : expressions()) {
      columns.add(SparkOrder.named(key, "key", NamedExpression.newExprId()));
    }
    return columns;
  }

  /** Returns Spark's order of rows of keys. */
  public Ordering<InternalRow> ordering() {
    List<SortOrder> bound = new ArrayList<>(order.size());
    for (SortOrder key : order) {
      BoundReference place =
          new BoundReference(bound.size(), key.child().dataType(), key.child().nullable());
      bound.add(
          key.copy(place, key.direction(), key.nullOrdering(), ScalaCollections.seq(List.of())));
    }
    return new LazilyGeneratedOrdering(ScalaCollections.seq(bound));
  }

  /**
   * Has Spark find bounds that make ranges of about equal size.
   *
   * @param sample keys of rows; rows of keys stay as they are
   * @param partitions most ranges, 1 or more
   * @return distinct rows of keys in order, fewer than {@code partitions}
   */
  public List<InternalRow> bounds(List<Weighted> sample, int partitions) {
    ArrayBuffer<Tuple2<InternalRow, Object>> candidates = new ArrayBuffer<>();
    sample.forEach(key -> candidates.addOne(new Tuple2<>(key.key(), key.weight())));
    Object bounds =
        RangePartitioner$.MODULE$.determineBounds(
            candidates,
            Math.min(partitions, sample.size()),
            ordering(),
            ClassTag$.MODULE$.apply(InternalRow.class));
    return List.of((InternalRow[]) bounds);
  }

  /** Translates bounds for the device, whose types the keys must have. */
  SortedBounds translate(List<InternalRow> bounds) {
    List<List<Object>> rows = new ArrayList<>(bounds.size());
    for (InternalRow bound : bounds) {
      List<Object> row = new ArrayList<>(order.size());
      for (int i = 0; i < order.size(); i++) {
        org.apache.spark.sql.types.DataType type = order.get(i).child().dataType();
        DataType own = TypeTranslator.require(type);
        row.add(LeafRules.literal(own, bound.isNullAt(i) ? null : bound.get(i, type)).value());
      }
      rows.add(row);
    }
    return new SortedBounds(rows);
  }
}

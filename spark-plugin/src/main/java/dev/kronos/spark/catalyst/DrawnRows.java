// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;

/**
 * Makes rows of values that depend on a row's place alone, by Spark's own code. Immutable.
 *
 * @param values the values, each with a name
 */
public record DrawnRows(List<NamedExpression> values) implements Serializable {
  /** Copies the list. */
  public DrawnRows {
    values = List.copyOf(values);
  }

  /** Returns the columns. */
  public List<Attribute> columns() {
    return values.stream().map(NamedExpression::toAttribute).toList();
  }

  /**
   * Returns rows without end, those of the first rows of a partition first. All are the same
   * object.
   *
   * @param partition the partition's index
   */
  public Iterator<InternalRow> rows(int partition) {
    List<Expression> expressions = values.stream().map(Expression.class::cast).toList();
    UnsafeProjection draw = UnsafeProjection$.MODULE$.create(ScalaCollections.seq(expressions));
    draw.initialize(partition);
    return Stream.<InternalRow>generate(() -> draw.apply(InternalRow.empty())).iterator();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.DeclarativeAggregate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/** Raises the errors of aggregations exactly as Spark does. */
public final class AggregateReplay {
  private final AggregateShape shape;

  /** Creates a replay of an aggregation. */
  public AggregateReplay(AggregateShape shape) {
    this.shape = shape;
  }

  /**
   * Lets Spark's function overflow: merges two buffers that hold the largest value.
   *
   * @param function the index of the function in {@link AggregateShape#functions()}
   * @throws RuntimeException Spark's
   */
  public void overflow(int function) {
    DeclarativeAggregate failed = (DeclarativeAggregate) shape.functions().get(function);
    List<Attribute> columns = new ArrayList<>();
    columns.addAll(ScalaCollections.<Attribute>list(failed.aggBufferAttributes()));
    columns.addAll(ScalaCollections.<Attribute>list(failed.inputAggBufferAttributes()));
    Object[] values = columns.stream().map(c -> largest(c.dataType())).toArray();
    List<Expression> merge = ScalaCollections.list(failed.mergeExpressions());
    RowReplay.projected(merge, columns, new GenericInternalRow(values));
  }

  private static Object largest(DataType type) {
    if (type instanceof YearMonthIntervalType) {
      return Integer.MAX_VALUE;
    }
    boolean isLong = type.equals(DataTypes.LongType) || type instanceof DayTimeIntervalType;
    return isLong ? (Object) Long.MAX_VALUE : null;
  }

  /**
   * Computes the results of groups as Spark does.
   *
   * @param buffers group keys and Spark's buffer columns, one row a group
   * @throws RuntimeException Spark's, if a group fails there, too
   */
  public void results(Iterator<InternalRow> buffers) {
    List<Attribute> columns = shape.bufferAttributes();
    List<Attribute> evaluated = new ArrayList<>(shape.groupingAttributes());
    evaluated.addAll(shape.aggregateAttributes());
    List<Expression> evaluation = evaluation();
    List<Expression> results = shape.results().stream().map(Expression.class::cast).toList();
    while (buffers.hasNext()) {
      InternalRow row = RowReplay.projected(evaluation, columns, buffers.next());
      RowReplay.projected(results, evaluated, row);
    }
  }

  private List<Expression> evaluation() {
    List<Expression> expressions = new ArrayList<>(shape.groupingAttributes());
    for (AggregateFunction function : shape.functions()) {
      expressions.add(AggregateShape.evaluation(function));
    }
    return expressions;
  }
}

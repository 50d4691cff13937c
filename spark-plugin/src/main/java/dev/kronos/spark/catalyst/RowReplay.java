// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Predicate$;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;

/**
 * Runs a row that failed on the device again with Spark's own expressions, so that exactly Spark's
 * exception surfaces.
 */
public final class RowReplay {
  private final SparkPipeline pipeline;
  private final List<Expression> consumed;

  /**
   * Creates a replay.
   *
   * @param pipeline what was done to the row
   * @param consumed what was computed of the row behind the pipeline; may be empty
   */
  public RowReplay(SparkPipeline pipeline, List<Expression> consumed) {
    this.pipeline = pipeline;
    this.consumed = List.copyOf(consumed);
  }

  /** Makes the replay of rows that an aggregation takes in. */
  public static RowReplay before(SparkPipeline pipeline, AggregateShape shape) {
    return before(pipeline, shape, List.of());
  }

  /** Makes the replay of rows that functions take in, and other expressions before them. */
  static RowReplay before(SparkPipeline pipeline, AggregateShape shape, List<Expression> others) {
    List<Expression> consumed = new ArrayList<>(others);
    shape.grouping().forEach(key -> consumed.add((Expression) key));
    shape.aggregates().stream()
        .filter(aggregate -> !AggregateShape.merges(aggregate))
        .forEach(aggregate -> consumed.addAll(arguments(aggregate)));
    return new RowReplay(pipeline, consumed);
  }

  /** Returns the arguments of a function, evaluated only where it takes a row in. */
  private static List<Expression> arguments(AggregateExpression aggregate) {
    List<Expression> arguments = ScalaCollections.list(aggregate.aggregateFunction().children());
    if (aggregate.filter().isEmpty()) {
      return arguments;
    }
    Expression condition = aggregate.filter().get();
    return arguments.stream()
        .<Expression>map(a -> new If(condition, a, new Literal(null, a.dataType())))
        .toList();
  }

  /**
   * Runs a row.
   *
   * @param row a row of the pipeline's source
   * @throws RuntimeException Spark's, if the row fails there, too
   */
  public void run(InternalRow row) {
    InternalRow current = row;
    List<Attribute> columns = pipeline.input();
    for (SparkStep step : pipeline.steps()) {
      if (step instanceof SparkStep.Filter filter) {
        if (!predicate(filter.condition(), columns).eval(current)) {
          return;
        }
      } else if (step instanceof SparkStep.Probe probe) {
        current = new ProbeReplay(probe, columns).joined(current);
        if (current == null) {
          return;
        }
      } else {
        current = projected(expressions((SparkStep.Project) step), columns, current);
      }
      columns = step.output(columns);
    }
    if (!consumed.isEmpty()) {
      projected(consumed, columns, current);
    }
  }

  static InternalRow projected(
      List<Expression> expressions, List<Attribute> columns, InternalRow row) {
    UnsafeProjection projection =
        UnsafeProjection$.MODULE$.create(
            ScalaCollections.seq(expressions), ScalaCollections.seq(columns));
    projection.initialize(0);
    return projection.apply(row);
  }

  static BasePredicate predicate(Expression condition, List<Attribute> columns) {
    BasePredicate predicate = Predicate$.MODULE$.create(condition, ScalaCollections.seq(columns));
    predicate.initialize(0);
    return predicate;
  }

  private static List<Expression> expressions(SparkStep.Project project) {
    return project.expressions().stream().map(Expression.class::cast).toList();
  }
}

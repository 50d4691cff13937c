// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Cast;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.window.WindowFrame.Range;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.DateAdd;
import org.apache.spark.sql.catalyst.expressions.DateAddYMInterval;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.TimestampAddYMInterval;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import scala.Option;

/**
 * Translates bounds of frames that are values: sums of the key and a constant, as Spark's planner
 * puts them together. Under a descending key the constant changes its sign.
 */
final class RangeBounds {
  static final Restriction OFFSET =
      new Restriction(
          "bound of a range of values is not supported",
          "no constant, or added to a decimal of 38 digits");

  private final SortOrder order;
  private final WindowBuilder builder;
  private final Expression key;

  private RangeBounds(SortOrder order, WindowBuilder builder) {
    this.order = order;
    this.builder = builder;
    Expression child = builder.argument(order.child());
    // No sum of two of so many digits overflows with one more.
    this.key =
        child.type().isDecimal() ? new Cast(child, sums(child.type()), ErrorMode.NULL) : child;
  }

  /** Returns what translates the bounds of a frame over one key, as Spark demands it. */
  static RangeBounds of(WindowSpecDefinition window, WindowBuilder builder) {
    List<SortOrder> orders = ScalaCollections.list(window.orderSpec());
    if (orders.size() != 1) {
      throw OFFSET.refusal("keys=" + orders.size());
    }
    return new RangeBounds(orders.get(0), builder);
  }

  private static DataType sums(DataType type) {
    if (type.precision() == DecimalType.MAX_PRECISION()) {
      throw OFFSET.refusal(type.toString());
    }
    return DataType.decimal(type.precision() + 1, type.scale());
  }

  private boolean ascends() {
    return order.direction() == Ascending$.MODULE$;
  }

  /** Returns the key that bounds are compared with. */
  Range range() {
    return new Range(
        key,
        ascends()
            ? dev.kronos.operator.sort.SortOrder.ASCENDING
            : dev.kronos.operator.sort.SortOrder.DESCENDING,
        order.nullOrdering() == NullsFirst$.MODULE$
            ? NullPlacement.AT_START
            : NullPlacement.AT_END);
  }

  /** Returns the value that is so far behind the key, or before it where it is below zero. */
  Expression away(org.apache.spark.sql.catalyst.expressions.Expression distance) {
    Literal offset = constant(ascends() ? distance : new UnaryMinus(distance), distance);
    if (key.type().isDecimal()) {
      Expression more = builder.argument(offset);
      return new Arithmetic(Arithmetic.Operator.ADD, key, more, key.type(), ErrorMode.NULL);
    }
    org.apache.spark.sql.catalyst.expressions.Expression sum = sum(offset);
    builder.bound(sum);
    return builder.argument(sum);
  }

  private static Literal constant(
      org.apache.spark.sql.catalyst.expressions.Expression value,
      org.apache.spark.sql.catalyst.expressions.Expression distance) {
    try {
      Object constant = distance.foldable() ? value.eval(null) : null;
      if (constant != null) {
        return new Literal(constant, value.dataType());
      }
    } catch (RuntimeException e) {
      // Spark raises it where a row needs the bound.
      throw OFFSET.refusal(distance.sql());
    }
    throw OFFSET.refusal(distance.sql());
  }

  private org.apache.spark.sql.catalyst.expressions.Expression sum(Literal offset) {
    org.apache.spark.sql.catalyst.expressions.Expression child = order.child();
    boolean months = offset.dataType() instanceof YearMonthIntervalType;
    if (child.dataType() instanceof DateType && months) {
      return new DateAddYMInterval(child, offset);
    }
    if (child.dataType() instanceof DateType && offset.dataType() instanceof IntegerType) {
      return new DateAdd(child, offset);
    }
    if (child.dataType() instanceof TimestampType || child.dataType() instanceof TimestampNTZType) {
      Option<String> zone = Option.apply(SQLConf.get().sessionLocalTimeZone());
      return months
          ? new TimestampAddYMInterval(child, offset, zone)
          : SparkShim.addToTimestamp(child, offset, zone);
    }
    return new Add(child, offset);
  }
}

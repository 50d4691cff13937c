// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;

/**
 * A typed expression over one row. Immutable; equal structure means equal expressions. Every
 * constructor checks its operands and throws IllegalArgumentException when their types do not fit;
 * nothing is converted silently, the caller inserts {@link Cast}s.
 *
 * <p>The meaning of every node is that of Spark SQL 4, or where its page says so of Arrow; {@link
 * RowEvaluator} says it in Java and {@link GlslEmitter} in GLSL. Values are the Java objects listed
 * at {@link Literal}.
 */
public sealed interface Expression
    permits BinaryExpression,
        Bucket,
        Call,
        CaseWhen,
        Coalesce,
        ColumnReference,
        Concat,
        Extreme,
        In,
        Literal,
        Murmur3,
        StringMatch,
        Substring,
        TableColumn,
        TableLookup,
        TextCall,
        UnaryExpression,
        XxHash64 {

  /** Returns the type of the value. */
  DataType type();

  /** Tells whether the value can be null. */
  boolean nullable();

  /** Returns the operands in the order in which they are written. */
  List<Expression> children();

  /** Tells whether some values can make this, or something inside it, put the row in error. */
  default boolean mayRaise() {
    return Fallibility.canRaise(this);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Utf8;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/** Translates columns, constants and names. */
final class LeafRules {
  static final List<ExpressionRule<?>> RULES =
      List.of(
          new ExpressionRule<>(
              AttributeReference.class, Coverage.of("a", TypeSet.ALL), (e, t) -> t.reference(e)),
          new ExpressionRule<>(
              BoundReference.class, Coverage.internal(TypeSet.ALL), (e, t) -> t.reference(e)),
          new ExpressionRule<>(
              Alias.class, Coverage.of("a AS b", TypeSet.ALL), (e, t) -> t.require(e.child())),
          new ExpressionRule<>(
              Literal.class,
              Coverage.of("1, 'x', NULL", TypeSet.ALL),
              (e, t) -> literal(TypeTranslator.require(e.dataType()), e.value())));

  private LeafRules() {}

  /** Makes a constant from a value as Spark holds it inside; null is allowed. */
  static dev.kronos.expression.Literal literal(DataType type, Object value) {
    Object own = value;
    if (value instanceof Decimal decimal) {
      BigDecimal exact = decimal.toJavaBigDecimal();
      own = exact.setScale(type.scale(), RoundingMode.UNNECESSARY).unscaledValue();
    } else if (value instanceof UTF8String text) {
      own = Utf8.of(text.getBytes());
    } else if (value instanceof byte[] bytes) {
      own = Utf8.of(bytes);
    }
    return new dev.kronos.expression.Literal(type, own);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.ColumnReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;

/**
 * Translates Spark's expressions over given input columns to the device's. Needs no session and no
 * device. Not thread-safe.
 */
public final class ExpressionTranslator {
  /** An expression is of a class that the catalogue does not list. */
  public static final Restriction UNLISTED =
      new Restriction("expression is not supported", "the tables below do not list it");

  private final List<Attribute> input;
  private final Map<Long, Integer> indexById = new HashMap<>();
  private final ExpressionCatalog catalog = ExpressionCatalog.standard();

  /**
   * Creates a translator.
   *
   * @param input the columns that expressions may refer to, in order
   */
  public ExpressionTranslator(List<? extends Attribute> input) {
    this.input = List.copyOf(input);
    for (int i = 0; i < input.size(); i++) {
      indexById.putIfAbsent(input.get(i).exprId().id(), i);
    }
  }

  /** Translates an expression, or says why it stays on the CPU. */
  public Translation<dev.kronos.expression.Expression> translate(Expression expression) {
    try {
      return new Translation.Supported<>(require(expression));
    } catch (UntranslatableException e) {
      return new Translation.Unsupported<>(e.getMessage());
    }
  }

  /** Tells whether an expression runs on the device, and may fail there. */
  boolean mayRaise(Expression expression) {
    Translation<dev.kronos.expression.Expression> translation = translate(expression);
    return translation.obstacle().isEmpty() && translation.orThrow().mayRaise();
  }

  /** Translates expressions, or says why the first untranslatable one stays on the CPU. */
  public Translation<List<dev.kronos.expression.Expression>> translateAll(
      List<? extends Expression> expressions) {
    try {
      return new Translation.Supported<>(requireAll(expressions));
    } catch (UntranslatableException e) {
      return new Translation.Unsupported<>(e.getMessage());
    }
  }

  dev.kronos.expression.Expression require(Expression expression) {
    ExpressionRule<?> rule =
        catalog
            .rule(expression.getClass())
            .orElseThrow(() -> UNLISTED.refusal(expression.nodeName()));
    try {
      return rule.apply(expression, this);
    } catch (IllegalArgumentException e) {
      // The device's expressions check their operands.
      throw new UntranslatableException(expression.nodeName() + ": " + e.getMessage());
    }
  }

  List<dev.kronos.expression.Expression> requireAll(List<? extends Expression> expressions) {
    List<dev.kronos.expression.Expression> translated = new ArrayList<>(expressions.size());
    expressions.forEach(e -> translated.add(require(e)));
    return translated;
  }

  List<dev.kronos.expression.Expression> requireNamed(List<NamedExpression> expressions) {
    // In Scala every NamedExpression is an Expression; Java does not know.
    return requireAll(expressions.stream().map(Expression.class::cast).toList());
  }

  dev.kronos.expression.Expression reference(AttributeReference attribute) {
    Integer index = indexById.get(attribute.exprId().id());
    if (index == null) {
      throw new UntranslatableException("column is not in the input: " + attribute.name());
    }
    return column(index);
  }

  dev.kronos.expression.Expression reference(BoundReference bound) {
    if (bound.ordinal() >= input.size()) {
      throw new UntranslatableException("column is not in the input: #" + bound.ordinal());
    }
    return column(bound.ordinal());
  }

  private dev.kronos.expression.Expression column(int index) {
    // The input's own nullability, not the reference's: it describes the column's memory.
    Attribute attribute = input.get(index);
    DataType type = TypeTranslator.require(attribute.dataType());
    return new ColumnReference(index, type, attribute.nullable());
  }
}

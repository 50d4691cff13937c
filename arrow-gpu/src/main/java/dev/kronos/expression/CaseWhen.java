// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Gives the value of the first branch whose condition is true, else of {@code otherwise}. Later
 * conditions and values not chosen are not evaluated.
 *
 * @param branches one branch or more, all values of one type
 * @param otherwise the value when no condition is true; {@link Literal#ofNull} where SQL has no
 *     ELSE
 */
public record CaseWhen(List<Branch> branches, Expression otherwise) implements Expression {

  /**
   * Pairs a condition with the value it selects.
   *
   * @param condition boolean; null counts as false
   * @param value the value
   */
  public record Branch(Expression condition, Expression value) {
    /** Checks that the condition is boolean. */
    public Branch {
      Types.requireBoolean("case when", condition);
      Objects.requireNonNull(value, "value");
    }
  }

  /** Checks that all values are of one type. */
  public CaseWhen {
    branches = List.copyOf(branches);
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("case without branches");
    }
    for (Branch branch : branches) {
      Types.requireSame("case", branch.value().type(), otherwise.type());
    }
  }

  /** Returns a value where a condition is true, and null elsewhere. */
  public static CaseWhen orNull(Expression condition, Expression value) {
    return new CaseWhen(List.of(new Branch(condition, value)), Literal.ofNull(value.type()));
  }

  @Override
  public DataType type() {
    return otherwise.type();
  }

  @Override
  public boolean nullable() {
    return otherwise.nullable() || branches.stream().anyMatch(b -> b.value().nullable());
  }

  @Override
  public List<Expression> children() {
    List<Expression> children = new ArrayList<>();
    for (Branch branch : branches) {
      children.add(branch.condition());
      children.add(branch.value());
    }
    children.add(otherwise);
    return List.copyOf(children);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("case");
    for (Branch branch : branches) {
      text.append(" when ").append(branch.condition()).append(" then ").append(branch.value());
    }
    return text.append(" else ").append(otherwise).append(" end").toString();
  }
}

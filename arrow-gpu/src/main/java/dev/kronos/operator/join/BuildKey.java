// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.expression.Expression;
import java.util.Objects;

/**
 * Describes one key of the build side.
 *
 * @param expression the key, over the columns that leave the build side's pipeline
 * @param nulls whether a null key matches a null key
 */
public record BuildKey(Expression expression, Nulls nulls) {
  /** Says what a null key matches. */
  public enum Nulls {
    /** Nothing, as {@code =}. */
    NEVER_EQUAL,
    /** Another null key, as {@code <=>} (IS NOT DISTINCT FROM). */
    EQUAL
  }

  /** Checks that both are given. */
  public BuildKey {
    Objects.requireNonNull(expression, "expression");
    Objects.requireNonNull(nulls, "nulls");
  }

  /** Makes a key of which a null matches nothing. */
  public static BuildKey of(Expression expression) {
    return new BuildKey(expression, Nulls.NEVER_EQUAL);
  }
}

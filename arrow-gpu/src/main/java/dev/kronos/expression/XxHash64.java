// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;

/**
 * Hashes values to 64 bits as Spark's {@code xxhash64} does; never null. Each value is hashed with
 * the hash of those before it, nulls are passed over. Values are taken as by {@link Murmur3}.
 *
 * @param children the values, one or more, of any types
 * @param seed hash before the first value
 */
public record XxHash64(List<Expression> children, long seed) implements Expression {

  /** Copies the list and checks that there is a value. */
  public XxHash64 {
    children = List.copyOf(children);
    if (children.isEmpty()) {
      throw new IllegalArgumentException("hash of no values");
    }
  }

  @Override
  public DataType type() {
    return DataType.INT64;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public String toString() {
    return Children.text("xxhash64(", children, ", seed " + seed + ")");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;

/**
 * Hashes values to 32 bits as Spark does where it tells rows to partitions; never null. Each value
 * is hashed with the hash of those before it, nulls are passed over. Decimals of up to 18 digits
 * are hashed as 64-bit integers, wider ones as the fewest bytes that hold them; -0.0 as 0.0.
 *
 * @param children the values, one or more, of any types
 * @param seed hash before the first value
 */
public record Murmur3(List<Expression> children, int seed) implements Expression {
  /** The seed that Spark partitions with. */
  public static final int PARTITION_SEED = 42;

  /** Copies the list and checks that there is a value. */
  public Murmur3 {
    children = List.copyOf(children);
    if (children.isEmpty()) {
      throw new IllegalArgumentException("hash of no values");
    }
  }

  @Override
  public DataType type() {
    return DataType.INT32;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public String toString() {
    return Children.text("hash(", children, ", seed " + seed + ")");
  }
}

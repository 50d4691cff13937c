// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;

/**
 * Tells the bucket of a hash: its remainder by the number of buckets, made positive.
 *
 * @param hash the hash, INT32
 * @param buckets how many there are, INT32 and not null, 1 or more
 */
public record Bucket(Expression hash, Literal buckets) implements Expression {
  /** Checks the operands. */
  public Bucket {
    Types.require("bucket", hash.type(), DataType.INT32::equals);
    Types.requireSame("bucket", hash.type(), buckets.type());
    if (buckets.value() == null || (Integer) buckets.value() < 1) {
      throw new IllegalArgumentException("no buckets: buckets=" + buckets.value());
    }
  }

  @Override
  public DataType type() {
    return DataType.INT32;
  }

  @Override
  public boolean nullable() {
    return hash.nullable();
  }

  @Override
  public List<Expression> children() {
    return List.of(hash, buckets);
  }

  @Override
  public String toString() {
    return "bucket(" + hash + ", " + buckets + ")";
  }
}

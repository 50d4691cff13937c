// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Murmur3Hash;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.XxHash64;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/**
 * Orders rows by what they hold, so that the same rows come in the same order however they came
 * before: by two hashes of all columns, 96 bits together, which Spark computes alike. Hashes pass
 * nulls over, so where nulls are is hashed, too. Equal rows have no order, nor do they need one.
 */
public final class RowDigest {
  private RowDigest() {}

  /** Returns the order of rows of some columns; none where there are no columns. */
  public static List<SortOrder> order(List<Attribute> columns) {
    if (columns.isEmpty()) {
      return List.of();
    }
    List<Expression> hashed = new ArrayList<>(columns);
    columns.stream().filter(Attribute::nullable).map(IsNull::new).forEach(hashed::add);
    return List.of(
        ascending(new XxHash64(ScalaCollections.seq(hashed))),
        ascending(new Murmur3Hash(ScalaCollections.seq(hashed))));
  }

  private static SortOrder ascending(Expression key) {
    return new SortOrder(
        key, Ascending$.MODULE$, NullsFirst$.MODULE$, ScalaCollections.seq(List.of()));
  }

  /**
   * Tells whether rows that are hashed alike are the same to the bit: zeros of both signs are not.
   */
  public static boolean isExact(List<Attribute> columns) {
    return columns.stream()
        .map(Attribute::dataType)
        .noneMatch(type -> type instanceof FloatType || type instanceof DoubleType);
  }
}

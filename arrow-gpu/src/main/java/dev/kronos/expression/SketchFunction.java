// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static dev.kronos.column.DataType.BOOLEAN;
import static dev.kronos.column.DataType.FLOAT64;
import static dev.kronos.column.DataType.INT64;
import static dev.kronos.column.DataType.STRING;

import dev.kronos.column.DataType;
import java.util.List;
import java.util.function.Function;

/**
 * Lists questions about sets that are known by sketches. Those are bytes as Spark writes them,
 * which {@code sketches.glsl} draws; bytes that are none have no answer that is defined.
 */
public enum SketchFunction implements ScalarFunction {
  /** Whether a set may have a number, by its Bloom filter; false means that it has not. */
  BLOOM_CONTAINS(RowSketches::bloomContains, BOOLEAN, STRING, INT64),
  /**
   * How many values a set has, by HyperLogLog++: of how many registers are 0, of the sum of 2 to
   * the minus each register, and of how an estimate is corrected.
   */
  DISTINCT_ESTIMATE(RowSketches::distinctEstimate, INT64, INT64, FLOAT64, STRING);

  private final Definition definition;

  SketchFunction(Function<List<Object>, Object> java, DataType type, DataType... operands) {
    definition = new Definition(Signature.of(type, operands), Failure.NEVER, java);
  }

  @Override
  public Definition definition() {
    return definition;
  }

  @Override
  public String family() {
    return "sketches";
  }
}

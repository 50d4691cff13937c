// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.NormalizeFloat;
import dev.kronos.expression.SketchFunction;
import dev.kronos.expression.Utf8;
import dev.kronos.expression.XxHash64;
import dev.kronos.operator.aggregate.AggregateCall;
import dev.kronos.operator.aggregate.Function;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Counts distinct values approximately, by HyperLogLog (P. Flajolet and others, 2007) with hashes
 * of 64 bits (S. Heule and others, HyperLogLog in Practice, 2013). How much too large an estimate
 * is on average is not looked up in measured tables but computed: of n values that spread over m
 * registers as a Poisson process, a register is at most k with probability {@code exp(-n / m /
 * 2^k)}.
 */
final class DistinctEstimate {
  /** Bits of a hash that choose a register. */
  static final int PRECISION = 11;

  private static final int REGISTERS = 1 << PRECISION;
  private static final long SEED = 42;

  /** Below 2.5 values a register zeros are counted; from 5 on estimates are right. */
  private static final double FIRST_LOAD = 2;

  private static final double LAST_LOAD = 5;
  private static final int POINTS = 100;
  private static final int AVERAGED_POINTS = 2;

  /** The constant of HyperLogLog, figure 3, for 128 registers and more. */
  private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

  private static final Literal CORRECTION = new Literal(DataType.STRING, correction());

  private DistinctEstimate() {}

  /** Makes the estimate, INT64 and never null. */
  static GroupFinish of(Expression values) {
    Expression hash = hash(values);
    return new GroupFinish(
        List.of(
            call(Function.DISTINCT_ZEROS, hash, DataType.INT64),
            call(Function.DISTINCT_INVERSE, hash, DataType.FLOAT64)),
        r -> Call.of(SketchFunction.DISTINCT_ESTIMATE, r.get(0), r.get(1), CORRECTION));
  }

  private static AggregateCall call(Function function, Expression hash, DataType type) {
    Literal precision = new Literal(DataType.INT32, PRECISION);
    return new AggregateCall(function, hash, type, ErrorMode.ANSI, null, List.of(precision));
  }

  /** Hashes values that are not null, all NaN alike, and both zeros. */
  private static Expression hash(Expression values) {
    Expression plain =
        values.type().equals(DataType.FLOAT16)
            ? CarriedRules.number(values)
            : CarriedRules.bits(values);
    Expression normal = plain.type().isFloating() ? new NormalizeFloat(plain) : plain;
    return CaseWhen.orNull(new IsNotNull(plain), new XxHash64(List.of(normal), SEED));
  }

  /** Writes down what {@code sketches.glsl} draws. */
  private static Utf8 correction() {
    ByteBuffer bytes =
        ByteBuffer.allocate((4 + 2 * POINTS + REGISTERS) * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(REGISTERS).putLong(POINTS).putLong(AVERAGED_POINTS);
    bytes.putDouble(ALPHA * REGISTERS * REGISTERS);
    for (int i = 0; i < POINTS; i++) {
      bytes.putDouble(estimate(load(i)));
    }
    for (int i = 0; i < POINTS; i++) {
      bytes.putDouble(estimate(load(i)) - load(i) * REGISTERS);
    }
    for (int zeros = 1; zeros <= REGISTERS; zeros++) {
      bytes.putLong(~Math.round(REGISTERS * StrictMath.log(REGISTERS / (double) zeros)));
    }
    return Utf8.of(bytes.array());
  }

  private static double load(int point) {
    return FIRST_LOAD + (LAST_LOAD - FIRST_LOAD) * point / (POINTS - 1);
  }

  /** Returns what is estimated on average where there are so many values a register. */
  private static double estimate(double load) {
    double inverse = 0;
    double below = 0;
    for (int k = 0; k <= Long.SIZE - PRECISION; k++) {
      double most = StrictMath.exp(-load * Math.scalb(1.0, -k));
      inverse += (most - below) * Math.scalb(1.0, -k);
      below = most;
    }
    return ALPHA * REGISTERS / inverse;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import dev.kronos.expression.Literal;
import dev.kronos.kernels.twin.Halves;
import dev.kronos.operator.ReferenceDistinct;
import dev.kronos.operator.aggregate.AggregateCall;
import java.util.List;
import java.util.Objects;

/** Estimates how many different values there are in plain Java: by registers of their hashes. */
final class DistinctOracle {
  private static final DataType HASH = DataType.INT64;

  private DistinctOracle() {}

  /** Returns the estimate for stored values; nulls are skipped. */
  static Object estimate(DataType type, List<Object> stored) {
    List<Object> hashes =
        stored.stream()
            .filter(Objects::nonNull)
            .map(value -> (Object) List.of(hash(type, value), DistinctEstimate.PRECISION))
            .toList();
    GroupFinish finish = DistinctEstimate.of(new Literal(HASH, 0L));
    List<Literal> results = finish.calls().stream().map(call -> result(call, hashes)).toList();
    return ScalarReader.evaluate(finish.result().of(results)).asLong();
  }

  private static Literal result(AggregateCall call, List<Object> hashes) {
    return new Literal(call.resultType(), ReferenceDistinct.of(call, hashes));
  }

  /** A half is hashed as the float that it is; both zeros are one value. */
  private static Object hash(DataType type, Object value) {
    if (type.equals(DataType.FLOAT16)) {
      return hash(DataType.FLOAT32, Halves.toFloat((Short) value));
    }
    Object normal = value;
    if (value instanceof Float f && f == 0) {
      normal = 0f;
    } else if (value instanceof Double d && d == 0) {
      normal = 0d;
    }
    return ArrowOracle.apply("xxhash64", type, List.of(normal));
  }
}

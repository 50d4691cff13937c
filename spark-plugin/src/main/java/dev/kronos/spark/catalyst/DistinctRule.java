// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import dev.kronos.column.DataType;
import dev.kronos.expression.Call;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.Expression;
import dev.kronos.expression.IsNotNull;
import dev.kronos.expression.Literal;
import dev.kronos.expression.NormalizeFloat;
import dev.kronos.expression.SketchFunction;
import dev.kronos.expression.Utf8;
import dev.kronos.expression.XxHash64;
import dev.kronos.operator.aggregate.Function;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.aggregate.HyperLogLogPlusPlus;
import org.apache.spark.sql.catalyst.util.HyperLogLogPlusPlusHelper;

/**
 * Translates approx_count_distinct. Its buffer is the registers' words; where results leave the
 * aggregation it is one column, the estimate, of which nothing is computed any more.
 *
 * <p>Logarithms are looked up, for a device's are not Java's; the points of the correction are
 * Spark's own.
 */
final class DistinctRule {
  private static final long SEED = 42;
  private static final int LEAST_PRECISION = 4;

  static final AggregateRule<HyperLogLogPlusPlus> RULE =
      new AggregateRule<>(
          HyperLogLogPlusPlus.class,
          Coverage.of("approx_count_distinct(a), approx_count_distinct(a, 0.02)", TypeSet.ALL),
          (f, b) -> buffers(f, b, hash(b.argument(f.child())), List.of()),
          DistinctRule::merge);

  private DistinctRule() {}

  private static List<Expression> merge(HyperLogLogPlusPlus f, AggregateBuilder b) {
    List<Expression> words = new ArrayList<>();
    for (int i = 0; i < words(f); i++) {
      Expression word = b.argument(f.inputAggBufferAttributes().apply(i));
      words.add(word.nullable() ? orZero(word) : word);
    }
    return buffers(f, b, words.get(0), words.subList(1, words.size()));
  }

  /** Spark declares words that may be null, and gives none. */
  private static Expression orZero(Expression word) {
    return new Coalesce(List.of(word, new Literal(DataType.INT64, 0L)));
  }

  /** Hashes a value as Spark does, which takes all NaN, and both zeros, for one. */
  private static Expression hash(Expression value) {
    Expression normal =
        value.type().isFloating() && !(value instanceof NormalizeFloat)
            ? new NormalizeFloat(value)
            : value;
    Expression hash = new XxHash64(List.of(normal), SEED);
    return value.nullable() ? CaseWhen.orNull(new IsNotNull(value), hash) : hash;
  }

  private static List<Expression> buffers(
      HyperLogLogPlusPlus f, AggregateBuilder b, Expression argument, List<Expression> united) {
    Literal precision = new Literal(DataType.INT32, precision(f));
    if (b.givesBuffers()) {
      return IntStream.range(0, words(f))
          .mapToObj(word -> new Literal(DataType.INT32, word))
          .map(word -> b.distinct(Function.DISTINCT_WORD, argument, united, precision, word))
          .toList();
    }
    return List.of(
        Call.of(
            SketchFunction.DISTINCT_ESTIMATE,
            b.distinct(Function.DISTINCT_ZEROS, argument, united, precision),
            b.distinct(Function.DISTINCT_INVERSE, argument, united, precision),
            new Literal(DataType.STRING, correction(precision(f)))));
  }

  private static int words(HyperLogLogPlusPlus f) {
    return f.hllppHelper().numWords();
  }

  /** Returns how many bits of a hash choose a register. */
  private static int precision(HyperLogLogPlusPlus f) {
    int registers = (words(f) - 1) * HyperLogLogPlusPlusHelper.REGISTERS_PER_WORD();
    return Integer.SIZE - Integer.numberOfLeadingZeros(registers);
  }

  /** Writes down how estimates are corrected, as {@code sketches.glsl} draws it. */
  static Utf8 correction(int precision) {
    int registers = 1 << precision;
    double[][] estimates = HyperLogLogPlusPlusHelper.RAW_ESTIMATE_DATA();
    int row = precision - LEAST_PRECISION;
    boolean corrected = row < estimates.length;
    int points = corrected ? estimates[row].length : 0;
    ByteBuffer bytes = ByteBuffer.allocate((4 + 2 * points + registers) * Long.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(registers).putLong(points);
    bytes
        .putLong(HyperLogLogPlusPlusHelper.K())
        .putDouble(alpha(registers) * registers * registers);
    if (corrected) {
      Arrays.stream(estimates[row]).forEach(bytes::putDouble);
      Arrays.stream(HyperLogLogPlusPlusHelper.BIAS_DATA()[row]).forEach(bytes::putDouble);
    }
    double most = corrected ? HyperLogLogPlusPlusHelper.THRESHOLDS()[row] : -1;
    for (int zeros = 1; zeros <= registers; zeros++) {
      double count = registers * Math.log(registers / (double) zeros);
      bytes.putLong(count <= most ? Math.round(count) : ~Math.round(count));
    }
    return Utf8.of(bytes.array());
  }

  /** Returns the constant of P. Flajolet and others, HyperLogLog, 2007, figure 3. */
  private static double alpha(int registers) {
    return switch (registers) {
      case 16 -> 0.673;
      case 32 -> 0.697;
      case 64 -> 0.709;
      default -> 0.7213 / (1 + 1.079 / registers);
    };
  }
}

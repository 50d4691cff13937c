// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.DataType;
import dev.kronos.compute.Cumulative.Nulls;
import dev.kronos.kernels.twin.FloatSums;
import dev.kronos.kernels.twin.RunningScans;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares what runs through vectors with plain Java, bit by bit. */
@Tag("subgroups")
class CumulativeTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());
  private static final int[] SIZES = {0, 1, 33, 257, 2047, 2049, 5000};

  private static OpenKronos open;
  private static Cumulative cumulative;

  @BeforeAll
  static void openDevice() {
    open = new OpenKronos();
    cumulative = new Cumulative(open.kronos());
  }

  @AfterAll
  static void closeDevice() {
    open.close();
  }

  static Stream<DataType> types() {
    return NastyRows.TYPES.stream().filter(TypeGroup.NUMBERS::contains);
  }

  /** Computes what a function gives before anything and after each place. */
  private interface Twin {
    Object first(DataType type);

    List<Object> after(DataType type, List<Object> values);

    default List<Object> before(DataType type, List<Object> values) {
      List<Object> before = new ArrayList<>(List.of(first(type)));
      before.addAll(after(type, values));
      return before.subList(0, values.size());
    }
  }

  private interface Call {
    FieldVector on(FieldVector values, Nulls nulls);
  }

  private record Sums() implements Twin {
    @Override
    public Object first(DataType type) {
      return type.isDecimal() ? BigInteger.ZERO : NumberRules.number(type.carrier(), 0).value();
    }

    @Override
    public List<Object> before(DataType type, List<Object> values) {
      return OracleTypes.isFloating(type)
          ? sumsBefore(type, values)
          : Twin.super.before(type, values);
    }

    @Override
    public List<Object> after(DataType type, List<Object> values) {
      List<Object> results = new ArrayList<>();
      if (OracleTypes.isFloating(type)) {
        double[] numbers = numbers(type, values);
        return type.equals(DataType.FLOAT32)
            ? narrowed(type, widened(FloatSums.inclusive(floats(numbers))))
            : narrowed(type, RunningScans.inclusiveSums(numbers));
      }
      if (type.isDecimal()) {
        return decimalSums(values);
      }
      long sum = 0;
      for (Object value : values) {
        sum += value == null ? 0 : ((Number) value).longValue();
        results.add(ArrowOracle.box(type, sum));
      }
      return results;
    }
  }

  private static List<Object> decimalSums(List<Object> values) {
    List<Object> results = new ArrayList<>();
    BigInteger sum = BigInteger.ZERO;
    for (Object value : values) {
      sum = value == null ? sum : sum.add((BigInteger) value);
      results.add(sum.abs().compareTo(BigInteger.TEN.pow(38)) < 0 ? sum : null);
    }
    return results;
  }

  /** Floating point sums depend on the order, so that those before are not those after, moved. */
  private static List<Object> sumsBefore(DataType type, List<Object> values) {
    double[] numbers = numbers(type, values);
    return type.equals(DataType.FLOAT32)
        ? narrowed(type, widened(FloatSums.exclusive(floats(numbers))))
        : narrowed(type, RunningScans.exclusiveSums(numbers));
  }

  private static float[] floats(double... numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  private static double[] widened(float... floats) {
    double[] numbers = new double[floats.length];
    Arrays.setAll(numbers, i -> floats[i]);
    return numbers;
  }

  private static double[] numbers(DataType type, List<Object> values) {
    return OracleTypes.meanings(type, values).stream()
        .mapToDouble(v -> v == null ? 0 : ((Number) v).doubleValue())
        .toArray();
  }

  private static List<Object> narrowed(DataType type, double... sums) {
    List<Object> results = new ArrayList<>();
    for (double sum : sums) {
      Object wide = type.equals(DataType.FLOAT32) ? (Object) (float) sum : (Object) sum;
      results.add(OracleTypes.stored(type, wide));
    }
    return results;
  }

  /** Minima where the sign is -1, maxima where it is 1. */
  private record Extremes(int sign) implements Twin {
    @Override
    public Object first(DataType type) {
      return switch (type.kind()) {
        case FLOAT32 -> (Object) (sign * Float.NEGATIVE_INFINITY);
        case FLOAT64 -> (Object) (sign * Double.NEGATIVE_INFINITY);
        case FLOAT16 -> OracleTypes.stored(type, sign * Double.NEGATIVE_INFINITY);
        case DECIMAL ->
            BigInteger.TEN
                .pow(type.precision())
                .subtract(BigInteger.ONE)
                .multiply(BigInteger.valueOf(-sign));
        case UINT8, UINT16, UINT32, UINT64 -> ArrowOracle.box(type, sign > 0 ? 0 : -1);
        case INT8 -> (Object) (sign > 0 ? Byte.MIN_VALUE : Byte.MAX_VALUE);
        case INT16 -> (Object) (sign > 0 ? Short.MIN_VALUE : Short.MAX_VALUE);
        case INT32 -> (Object) (sign > 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE);
        default -> (Object) (sign > 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
      };
    }

    @Override
    public List<Object> after(DataType type, List<Object> values) {
      List<Object> results = new ArrayList<>();
      Object best = first(type);
      for (Object value : values) {
        Object number = OracleTypes.meaning(type, value);
        boolean known = value != null && !Double.isNaN(((Number) number).doubleValue());
        Object least = OracleTypes.meaning(type, best);
        best = known && sign * compare(number, least) > 0 ? value : best;
        results.add(best);
      }
      return results;
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static int compare(Object a, Object b) {
    return ((Comparable) a).compareTo(b);
  }

  @ParameterizedTest
  @MethodSource("types")
  void agreesWithJava(DataType type) {
    for (int i = 0; i < SIZES.length; i++) {
      NastyRows.Nulls some = NastyRows.Nulls.values()[i % 3];
      List<Object> values = NastyRows.columns(List.of(type), SIZES[i], some, SEED + i).get(0);
      try (FieldVector v =
          ArrowVectors.slice(NastyRows.OFFSETS[i % 4], type, values, open.kronos().allocator())) {
        check(type, v, new Sums(), cumulative::sum, cumulative::sumBefore);
        check(type, v, new Extremes(-1), cumulative::min, cumulative::minBefore);
        check(type, v, new Extremes(1), cumulative::max, cumulative::maxBefore);
        assertThat(ArrowVectors.read(v)).isEqualTo(values);
      }
    }
  }

  private static void check(DataType type, FieldVector v, Twin twin, Call call, Call callBefore) {
    List<Object> values = ArrowVectors.read(v);
    List<Object> after = twin.after(type, values);
    List<Object> before = twin.before(type, values);
    String what = "type=" + type + " rows=" + values.size() + " seed=" + SEED;
    for (Nulls nulls : Nulls.values()) {
      try (FieldVector found = call.on(v, nulls);
          FieldVector foundBefore = callBefore.on(v, nulls)) {
        if (!(type.isDecimal() && twin instanceof Sums)) {
          assertThat(found.getField()).isEqualTo(v.getField());
        }
        assertThat(ArrowVectors.read(found)).as(what).isEqualTo(masked(after, values, nulls));
        assertThat(ArrowVectors.read(foundBefore))
            .as(what)
            .isEqualTo(masked(before, values, nulls));
      }
    }
  }

  private static List<Object> masked(List<Object> results, List<Object> values, Nulls nulls) {
    List<Object> masked = new ArrayList<>();
    boolean nullSeen = false;
    for (int i = 0; i < values.size(); i++) {
      nullSeen |= values.get(i) == null;
      boolean isNull = nulls == Nulls.SPREAD ? nullSeen : values.get(i) == null;
      masked.add(isNull ? null : results.get(i));
    }
    return masked;
  }

  /** The comparison sees a wrong result: the twin of one function held against another. */
  @Test
  void wrongResultsFail() {
    List<Object> values = List.of(3, 1, 2);
    try (FieldVector v = ArrowVectors.of("v", DataType.INT32, values, open.kronos().allocator())) {
      assertThatThrownBy(
              () ->
                  check(
                      DataType.INT32, v, new Extremes(-1), cumulative::max, cumulative::maxBefore))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void narrowIntegersStayNarrowAndWrapAround() {
    try (BufferAllocator foreign = new RootAllocator();
        IntVector values = new IntVector("ints", foreign)) {
      values.setSafe(0, Integer.MAX_VALUE);
      values.setSafe(1, 2);
      values.setValueCount(2);
      try (IntVector sums = (IntVector) cumulative.sum(values, Nulls.SPREAD)) {
        assertThat(sums.get(0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(sums.get(1)).isEqualTo(Integer.MIN_VALUE + 1);
      }
    }
  }

  @Test
  void otherTypesAreRefused() {
    try (VarCharVector values = new VarCharVector("strings", open.kronos().allocator())) {
      assertThatThrownBy(() -> cumulative.sum(values, Nulls.SKIP))
          .isInstanceOf(KronosException.Unsupported.class)
          .hasMessage("no running function of this type: type=string");
    }
  }
}

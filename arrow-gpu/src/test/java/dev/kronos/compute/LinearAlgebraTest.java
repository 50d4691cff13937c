// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.device.Capability;
import dev.kronos.device.VendorProfile.MatrixUnits;
import dev.kronos.kernels.twin.Gemm;
import dev.kronos.kernels.twin.Halves;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares products of views with the twin, which multiplies what the views show, in Java. */
class LinearAlgebraTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  /** m, k and n. */
  private static final int[][] SIZES = {
    {0, 3, 4}, {3, 0, 4}, {3, 4, 0}, {1, 1, 1}, {5, 7, 3}, {31, 33, 32}, {64, 16, 64}, {65, 20, 129}
  };

  private static OpenKronos open;
  private static Kronos kronos;
  private static LinearAlgebra algebra;
  private static Gemm.Product rounding;

  @BeforeAll
  static void openDevice() {
    open = new OpenKronos();
    kronos = open.kronos();
    algebra = new LinearAlgebra(kronos);
    rounding = rounding();
  }

  @AfterAll
  static void closeDevice() {
    open.close();
  }

  /** Types of elements: how they are stored, and what they are as doubles. */
  enum Kind {
    FLOAT32 {
      @Override
      BaseFixedWidthVector vector(BufferAllocator allocator, double... values) {
        Float4Vector vector = new Float4Vector("floats", allocator);
        for (int i = 0; i < values.length; i++) {
          vector.setSafe(i, (float) values[i]);
        }
        return vector;
      }

      @Override
      double rounded(double value) {
        return (float) value;
      }
    },
    FLOAT64 {
      @Override
      BaseFixedWidthVector vector(BufferAllocator allocator, double... values) {
        Float8Vector vector = new Float8Vector("doubles", allocator);
        for (int i = 0; i < values.length; i++) {
          vector.setSafe(i, values[i]);
        }
        return vector;
      }

      @Override
      double rounded(double value) {
        return value;
      }
    },
    FLOAT16 {
      @Override
      BaseFixedWidthVector vector(BufferAllocator allocator, double... values) {
        Float2Vector vector = new Float2Vector("halves", allocator);
        for (int i = 0; i < values.length; i++) {
          vector.setSafe(i, Halves.ofFloat((float) values[i]));
        }
        return vector;
      }

      @Override
      double rounded(double value) {
        return Halves.toFloat(Halves.ofFloat((float) value));
      }
    },
    BFLOAT16 {
      @Override
      BaseFixedWidthVector vector(BufferAllocator allocator, double... values) {
        UInt2Vector vector = new UInt2Vector("brains", allocator);
        for (int i = 0; i < values.length; i++) {
          vector.setSafe(i, (char) (Float.floatToRawIntBits((float) values[i]) >>> 16));
        }
        return vector;
      }

      @Override
      double rounded(double value) {
        return Float.intBitsToFloat(Float.floatToRawIntBits((float) value) & 0xFFFF0000);
      }
    };

    abstract BaseFixedWidthVector vector(BufferAllocator allocator, double... values);

    abstract double rounded(double value);

    Matrix matrix(FieldVector vector, int rows, int columns) {
      return this == BFLOAT16
          ? Matrix.ofBrainFloats(vector, rows, columns)
          : Matrix.of(vector, rows, columns);
    }

    double[] random(int count, int seed) {
      Random random = new Random(SEED + seed);
      return random.doubles(count, -2, 2).map(this::rounded).toArray();
    }
  }

  /** Finds out how the device rounds: (1 + e)^2 - (1 + 2 e) is e^2 or, when rounded before, 0. */
  private static Gemm.Product rounding() {
    double e = 0x1p-12;
    double rest =
        multiply(
            Kind.FLOAT32,
            List.of(new double[] {1, 1 + e}, new double[] {-1 - 2 * e, 1 + e}),
            1,
            2,
            1)[0];
    return rest == 0 ? Gemm.Product.ROUNDED : Gemm.Product.EXACT;
  }

  private static double[] multiply(Kind kind, List<double[]> values, int m, int k, int n) {
    try (FieldVector a = filled(kind, kronos.allocator(), values.get(0));
        FieldVector b = filled(kind, kronos.allocator(), values.get(1));
        FixedSizeListVector c = algebra.matmul(kind.matrix(a, m, k), kind.matrix(b, k, n))) {
      return numbers(c);
    }
  }

  private static FieldVector filled(Kind kind, BufferAllocator allocator, double... values) {
    BaseFixedWidthVector vector = kind.vector(allocator, values);
    vector.setValueCount(values.length);
    return vector;
  }

  private static double[] numbers(FixedSizeListVector lists) {
    FieldVector child = lists.getDataVector();
    assertThat(child.getNullCount()).isZero();
    assertThat(child.getValueCount()).isEqualTo(lists.getValueCount() * lists.getListSize());
    double[] numbers = new double[child.getValueCount()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          child instanceof Float4Vector floats ? floats.get(i) : ((Float8Vector) child).get(i);
    }
    return numbers;
  }

  private static double[] twin(Kind kind, double[] a, double[] b, int[] size) {
    Gemm gemm = new Gemm(size[0], size[2], size[1], rounding);
    double[] none = new double[size[0] * size[2]];
    if (kind == Kind.FLOAT64) {
      return gemm.of(1.0, a, b, 0.0, none);
    }
    return wide(gemm.of(1f, narrow(a), narrow(b), 0f, narrow(none)));
  }

  private static float[] narrow(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[] wide(float... values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** Compares every bit, but where matrix units add in an order of their own. */
  private static void assertProduct(Kind kind, double[] found, double... expected) {
    assertThat(found).hasSameSizeAs(expected);
    if (!unordered(kind)) {
      assertThat(withoutNegativeZeros(found))
          .as("seed=%s", SEED)
          .isEqualTo(withoutNegativeZeros(expected));
      return;
    }
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).as("seed=%s, place=%s", SEED, i).isCloseTo(expected[i], within(5e-4));
    }
  }

  private static boolean unordered(Kind kind) {
    return (kind == Kind.FLOAT16 || kind == Kind.BFLOAT16)
        && kronos.device().supports(Capability.COOPERATIVE_MATRIX)
        && kronos.device().profile().matrixUnits().value() != MatrixUnits.NEVER;
  }

  /** Their sign is not specified. */
  private static double[] withoutNegativeZeros(double... values) {
    return Arrays.stream(values).map(value -> value + 0.0).toArray();
  }

  private static double[] made(int rows, int columns, IntToDoubleFunction element) {
    double[] values = new double[rows * columns];
    Arrays.setAll(values, element);
    return values;
  }

  private static double[] transposed(double[] values, int rows, int columns) {
    return made(columns, rows, i -> values[i % rows * columns + i / rows]);
  }

  static Stream<Arguments> problems() {
    return Arrays.stream(Kind.values())
        .flatMap(kind -> Arrays.stream(SIZES).map(size -> Arguments.of(kind, size)));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void equalsTheTwin(Kind kind, int[] size) {
    double[] a = kind.random(size[0] * size[1], 1);
    double[] b = kind.random(size[1] * size[2], 2);
    double[] found = multiply(kind, List.of(a, b), size[0], size[1], size[2]);
    assertProduct(kind, found, twin(kind, a, b, size));
  }

  /** Each operand as it is stored, and transposed; vectors of another allocator too. */
  @ParameterizedTest
  @EnumSource
  void transposedViewsEqualTheTwin(Kind kind) {
    int[] size = {35, 70, 41};
    double[] a = kind.random(size[0] * size[1], 3);
    double[] b = kind.random(size[1] * size[2], 4);
    double[] expected = twin(kind, a, b, size);
    try (BufferAllocator foreign = new RootAllocator();
        FieldVector turnedA = filled(kind, foreign, transposed(a, size[0], size[1]));
        FieldVector turnedB = filled(kind, kronos.allocator(), transposed(b, size[1], size[2]));
        FieldVector plainA = filled(kind, kronos.allocator(), a)) {
      Matrix left = kind.matrix(turnedA, size[1], size[0]).transposed();
      Matrix right = kind.matrix(turnedB, size[2], size[1]).transposed();
      for (Matrix other : List.of(left, kind.matrix(plainA, size[0], size[1]))) {
        try (FixedSizeListVector product = algebra.matmul(other, right)) {
          assertProduct(kind, numbers(product), expected);
        }
      }
    }
  }

  /** A block has the whole matrix's leading dimension and starts anywhere. */
  @ParameterizedTest
  @EnumSource
  void blocksEqualTheTwin(Kind kind) {
    int rows = 40;
    int columns = 37;
    double[] whole = kind.random(rows * columns, 5);
    int[] size = {11, 9, 17};
    double[] a = made(size[0], size[1], i -> whole[(3 + i / 9) * columns + 5 + i % 9]);
    double[] b = made(size[1], size[2], i -> whole[(20 + i / 17) * columns + 1 + i % 17]);
    try (FieldVector values = filled(kind, kronos.allocator(), whole)) {
      Matrix matrix = kind.matrix(values, rows, columns);
      Matrix left = matrix.block(3, 5, 11, 9);
      Matrix right = matrix.block(20, 1, 9, 17);
      try (FixedSizeListVector product = algebra.matmul(left, right)) {
        assertProduct(kind, numbers(product), twin(kind, a, b, size));
      }
    }
  }

  /** Three by three, three by one and one by three matrices. */
  @ParameterizedTest
  @EnumSource
  void batchesAreMultipliedOneByOne(Kind kind) {
    int[] size = {5, 6, 7};
    double[] a = kind.random(3 * 30, 6);
    double[] b = kind.random(3 * 42, 7);
    try (FieldVector left = filled(kind, kronos.allocator(), a);
        FieldVector right = filled(kind, kronos.allocator(), b)) {
      for (int[] used : new int[][] {{3, 3}, {3, 1}, {1, 3}}) {
        Matrix lefts = kind.matrix(left, 5 * used[0], 6).split(used[0]);
        Matrix rights = kind.matrix(right, 6 * used[1], 7).split(used[1]);
        List<Double> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          double[] one = part(a, used[0] == 1 ? 0 : i, 30);
          double[] other = part(b, used[1] == 1 ? 0 : i, 42);
          Arrays.stream(withoutNegativeZeros(twin(kind, one, other, size))).forEach(expected::add);
        }
        try (FixedSizeListVector product = algebra.matmul(lefts, rights)) {
          assertThat(product.getValueCount()).isEqualTo(15);
          assertProduct(kind, numbers(product), expected.stream().mapToDouble(x -> x).toArray());
        }
      }
    }
  }

  private static double[] part(double[] all, int index, int size) {
    return Arrays.copyOfRange(all, index * size, (index + 1) * size);
  }

  /** All 65,536 halves become the floats that they are: by a product with one. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void everyHalfIsConvertedExactly(Kind kind) {
    int count = 1 << 16;
    try (UInt2Vector bits = new UInt2Vector("bits", kronos.allocator());
        Float2Vector halves = new Float2Vector("halves", kronos.allocator());
        FieldVector one = filled(kind, kronos.allocator(), 1)) {
      for (int i = 0; i < count; i++) {
        bits.setSafe(i, (char) i);
        halves.setSafe(i, (short) i);
      }
      bits.setValueCount(count);
      halves.setValueCount(count);
      Matrix column = kind.matrix(kind == Kind.FLOAT16 ? halves : bits, count, 1);
      try (FixedSizeListVector product = algebra.matmul(column, kind.matrix(one, 1, 1))) {
        double[] found = numbers(product);
        for (int i = 0; i < count; i++) {
          float exact =
              kind == Kind.FLOAT16 ? Halves.toFloat((short) i) : Float.intBitsToFloat(i << 16);
          // Devices may flush what is subnormal as a float; halves never are.
          boolean flushed = found[i] == 0 && Math.abs(exact) < Float.MIN_NORMAL;
          assertThat(flushed || Double.compare(found[i] + 0.0, exact + 0.0) == 0)
              .as("bits=%s, found=%s, exact=%s", i, found[i], exact)
              .isTrue();
        }
      }
    }
  }

  @Test
  void listsAreRows() {
    double[] a = Kind.FLOAT32.random(12, 8);
    try (FieldVector left = filled(Kind.FLOAT32, kronos.allocator(), a);
        FieldVector one = filled(Kind.FLOAT32, kronos.allocator(), 1, 0, 0, 1);
        FixedSizeListVector same = algebra.matmul(Matrix.of(left, 6, 2), Matrix.of(one, 2, 2));
        FixedSizeListVector square =
            algebra.matmul(Matrix.of(same).transposed(), Matrix.of(same))) {
      assertThat(same.getListSize()).isEqualTo(2);
      assertThat(numbers(same)).isEqualTo(a);
      assertThat(withoutNegativeZeros(numbers(square)))
          .isEqualTo(
              withoutNegativeZeros(
                  twin(Kind.FLOAT32, transposed(a, 6, 2), a, new int[] {2, 6, 2})));
    }
  }

  @Test
  void axpyRoundsTwiceAndSpreadsNulls() {
    double[] x = Kind.FLOAT32.random(300, 9);
    double[] y = Kind.FLOAT32.random(300, 10);
    try (FieldVector xs = filled(Kind.FLOAT32, kronos.allocator(), x);
        FieldVector ys = filled(Kind.FLOAT32, kronos.allocator(), y)) {
      xs.setNull(7);
      try (Float4Vector sums = (Float4Vector) algebra.axpy(Scalar.of(1.25f), xs, ys)) {
        for (int i = 0; i < 300; i++) {
          assertThat(sums.isNull(i)).isEqualTo(i == 7);
          if (i != 7) {
            assertThat(sums.get(i)).isEqualTo(1.25f * (float) x[i] + (float) y[i]);
          }
        }
      }
    }
  }

  /** The exact sum of exact products, by big decimals, rounded once. */
  @Test
  void dotOfFloatsIsExact() {
    double[] x = Kind.FLOAT32.random(3000, 11);
    double[] y = Kind.FLOAT32.random(3000, 12);
    x[0] = 1e30f;
    y[0] = 1e8f;
    x[1] = -x[0];
    y[1] = y[0];
    BigDecimal exact = BigDecimal.ZERO;
    for (int i = 0; i < x.length; i++) {
      exact = exact.add(new BigDecimal((float) x[i]).multiply(new BigDecimal((float) y[i])));
    }
    try (FieldVector xs = filled(Kind.FLOAT32, kronos.allocator(), x);
        FieldVector ys = filled(Kind.FLOAT32, kronos.allocator(), y)) {
      assertThat(algebra.dot(xs, ys).asDouble()).as("seed=%s", SEED).isEqualTo(exact.doubleValue());
    }
  }

  @Test
  void dotOfDoublesRoundsProductsAlone() {
    double[] x = Kind.FLOAT64.random(1000, 13);
    double[] y = Kind.FLOAT64.random(1000, 14);
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < x.length; i++) {
      sum = sum.add(new BigDecimal(x[i] * y[i]));
    }
    try (FieldVector xs = filled(Kind.FLOAT64, kronos.allocator(), x);
        FieldVector ys = filled(Kind.FLOAT64, kronos.allocator(), y)) {
      assertThat(algebra.dot(xs, ys).asDouble()).as("seed=%s", SEED).isEqualTo(sum.doubleValue());
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    try (FieldVector floats = filled(Kind.FLOAT32, kronos.allocator(), new double[12]);
        FieldVector doubles = filled(Kind.FLOAT64, kronos.allocator(), new double[12]);
        IntVector ints = new IntVector("ints", kronos.allocator())) {
      Matrix matrix = Matrix.of(floats, 3, 4);
      assertThatThrownBy(() -> algebra.matmul(matrix, matrix))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("matrices do not fit: left=");
      assertThatThrownBy(() -> algebra.matmul(matrix, Matrix.of(doubles, 4, 3)))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining("leftType=FLOAT32");
      assertThatThrownBy(() -> Matrix.of(floats, 4, 4))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("matrix reaches beyond its vector");
      assertThatThrownBy(() -> matrix.block(1, 1, 3, 3))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("block reaches out of its matrix");
      assertThatThrownBy(() -> matrix.split(2)).isInstanceOf(KronosException.InvalidArgument.class);
      assertThatThrownBy(() -> Matrix.of(ints, 0, 0))
          .isInstanceOf(KronosException.Unsupported.class)
          .hasMessageStartingWith("no matrix of this type");
      assertThatThrownBy(() -> algebra.dot(ints, ints))
          .isInstanceOf(KronosException.Unsupported.class);
      floats.setNull(3);
      assertThatThrownBy(() -> Matrix.of(floats, 3, 4))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("nulls in a matrix");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.kernels.KernelCatalog;
import dev.kronos.kernels.twin.Gemm;
import dev.kronos.kernels.twin.Gemm.Product;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares matrix products with the twin. Floats are handled as doubles that are floats. */
@Tag("subgroups")
class GemmKernelTest {

  private static final String LARGE = "blas/gemm_float32";
  private static final String SMALL = "blas/gemm_float32_small";
  private static final String DOUBLE = "blas/gemm_float64";

  /** m, n and k. */
  private static final int[][] SIZES = {
    {0, 5, 3},
    {5, 0, 3},
    {3, 5, 0},
    {1, 1, 1},
    {1, 7, 4},
    {4, 4, 4},
    {3, 2, 16},
    {17, 31, 15},
    {63, 64, 16},
    {64, 64, 64},
    {65, 63, 17},
    {127, 128, 32},
    {128, 128, 16},
    {129, 127, 33},
    {130, 257, 18},
    {256, 132, 20},
    {255, 4, 100},
    {2, 300, 257}
  };

  private static final Factors[] FACTORS = {
    new Factors(1, 0), new Factors(1.25, -0.75), new Factors(0, 2), new Factors(-1, 1)
  };

  private static DeviceArrays arrays;

  @BeforeAll
  static void open() {
    arrays = new DeviceArrays();
  }

  @AfterAll
  static void close() {
    arrays.close();
  }

  @AfterEach
  void clear() {
    arrays.clear();
  }

  static Stream<Problem> problems() {
    return Stream.of(LARGE, SMALL, DOUBLE)
        .flatMap(kernel -> Arrays.stream(SIZES).map(size -> new Problem(kernel, size, 1, 2)));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void equalsTheTwin(Problem problem) {
    for (Factors factors : FACTORS) {
      equalsTheTwin(problem, factors);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64})
  void pairsAndWorkgroupsAreIndependent(int workgroups) {
    Factors sum = new Factors(1, 1);
    equalsTheTwin(new Problem(SMALL, new int[] {70, 66, 21}, 3, workgroups), sum);
    equalsTheTwin(new Problem(SMALL, new int[] {70, 68, 20}, 3, workgroups), sum);
    equalsTheTwin(new Problem(DOUBLE, new int[] {70, 68, 20}, 2, workgroups), sum);
  }

  @Test
  void everyTileOfATallGridIsMade() {
    int[] manyTiles = {64 * 19 + 1, 64 * 5 + 4, 4};
    equalsTheTwin(new Problem(SMALL, manyTiles, 1, 7), new Factors(1, 1));
  }

  @Test
  void whatIsNotReadDoesNotMatter() {
    Problem problem = new Problem(LARGE, new int[] {9, 12, 8}, 1, 1);
    Matrices good = problem.matrices();
    Matrices noC = new Matrices(good.a(), good.b(), nan(good.c()));
    assertThat(run(problem, new Factors(1, 0), noC))
        .isEqualTo(run(problem, new Factors(1, 0), good));
    Matrices onlyC = new Matrices(nan(good.a()), nan(good.b()), good.c());
    assertThat(run(problem, new Factors(0, 1), onlyC)).isEqualTo(good.c());
  }

  @Test
  void sizesOfTilesDoNotMatter() {
    Problem problem = new Problem(LARGE, new int[] {130, 140, 50}, 1, 3);
    Factors factors = new Factors(1, 0);
    Matrices matrices = problem.matrices();
    ShaderSource source = KernelCatalog.load().source(LARGE);
    ShaderSource shallow = source.with("TILE_K", "8");
    ShaderSource narrow = source.with("TILE_N", "64").with("THREAD_N", "4");
    for (ShaderSource other : List.of(shallow, narrow)) {
      Kernel kernel = arrays.kernels().compile(other);
      assertThat(run(kernel, problem, factors, matrices))
          .isEqualTo(run(problem, factors, matrices));
    }
  }

  /** Holds alpha and beta. */
  private record Factors(double alpha, double beta) {}

  /** Holds what is multiplied; of several pairs, one after the other. */
  private record Matrices(double[] a, double[] b, double[] c) {
    Matrices pair(int index, int pairs) {
      return new Matrices(part(a, index, pairs), part(b, index, pairs), part(c, index, pairs));
    }

    private static double[] part(double[] all, int index, int pairs) {
      int size = all.length / pairs;
      return Arrays.copyOfRange(all, index * size, (index + 1) * size);
    }
  }

  /** Says which kernel multiplies what: m, n and k, how many pairs, with how many workgroups. */
  private record Problem(String kernel, int[] size, int pairs, int workgroups) {
    boolean isDouble() {
      return kernel.equals(DOUBLE);
    }

    Matrices matrices() {
      return new Matrices(
          values(pairs * size[0] * size[2], 1),
          values(pairs * size[2] * size[1], 2),
          values(pairs * size[0] * size[1], 3));
    }

    private double[] values(int count, int seed) {
      Random random = new Random(seed);
      double[] values = random.doubles(count, -1, 1).toArray();
      return isDouble() ? values : wide(narrow(values));
    }

    double[] twin(Product product, Factors by, Matrices of) {
      Gemm gemm = new Gemm(size[0], size[1], size[2], product);
      if (isDouble()) {
        return gemm.of(by.alpha(), of.a(), of.b(), by.beta(), of.c());
      }
      float alpha = (float) by.alpha();
      float beta = (float) by.beta();
      return wide(gemm.of(alpha, narrow(of.a()), narrow(of.b()), beta, narrow(of.c())));
    }

    @Override
    public String toString() {
      return kernel + Arrays.toString(size) + "x" + pairs + " by " + workgroups;
    }
  }

  private static void equalsTheTwin(Problem problem, Factors factors) {
    Matrices matrices = problem.matrices();
    double[] found = run(problem, factors, matrices);
    Product product = product(problem.kernel());
    for (int i = 0; i < problem.pairs(); i++) {
      double[] expected = problem.twin(product, factors, matrices.pair(i, problem.pairs()));
      double[] pair = Matrices.part(found, i, problem.pairs());
      assertThat(withoutNegativeZeros(pair)).isEqualTo(withoutNegativeZeros(expected));
    }
  }

  /** Finds out how the device rounds: (1 + e)^2 - (1 + 2 e) is e^2 or, when rounded before, 0. */
  private static Product product(String kernel) {
    Problem probe = new Problem(kernel, new int[] {1, 1, 2}, 1, 1);
    double e = probe.isDouble() ? 0x1p-27 : 0x1p-12;
    Matrices matrices =
        new Matrices(new double[] {1, 1 + e}, new double[] {-1 - 2 * e, 1 + e}, new double[1]);
    double rest = run(probe, new Factors(1, 0), matrices)[0];
    assertThat(rest).isIn(e * e, 0.0);
    return rest == 0 ? Product.ROUNDED : Product.EXACT;
  }

  private static double[] run(Problem problem, Factors factors, Matrices matrices) {
    return run(arrays.kernels().named(problem.kernel()), problem, factors, matrices);
  }

  private static double[] run(Kernel kernel, Problem problem, Factors factors, Matrices matrices) {
    DeviceBuffer a = upload(problem, matrices.a());
    DeviceBuffer b = upload(problem, matrices.b());
    DeviceBuffer c = upload(problem, matrices.c());
    Arguments arguments = Arguments.builder().putAddress(a).putAddress(b).putAddress(c);
    for (double factor : new double[] {factors.alpha(), factors.beta()}) {
      if (problem.isDouble()) {
        arguments.putDouble(factor);
      } else {
        arguments.putFloat((float) factor);
      }
    }
    for (int size : problem.size()) {
      arguments.putInt(size);
    }
    List<Access> accesses = List.of(Access.reads(a), Access.reads(b), Access.updates(c));
    DeviceArrays.Run run = DeviceArrays.Run.of(problem.workgroups(), problem.pairs());
    arrays.run(kernel, arguments, accesses, run);
    return problem.isDouble() ? arrays.doubles(c) : wide(arrays.floats(c));
  }

  private static DeviceBuffer upload(Problem problem, double... values) {
    return problem.isDouble() ? arrays.of(values) : arrays.of(narrow(values));
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

  private static double[] nan(double... like) {
    double[] values = new double[like.length];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /** Their sign is not specified. */
  private static double[] withoutNegativeZeros(double... values) {
    return Arrays.stream(values).map(value -> value + 0.0).toArray();
  }
}

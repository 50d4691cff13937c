// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.work;

import java.util.function.LongFunction;

/** Lists the workloads. */
public enum Workload {
  /** y = a * x + y over float32. */
  SAXPY("SAXPY", Saxpy::new),
  /** The sum of float32. */
  REDUCTION("reduction", Reduction::new),
  /** The exclusive prefix sum of uint32. */
  PREFIX_SUM("prefix sum", PrefixSum::new),
  /** The product of square float32 matrices. */
  GEMM("GEMM", MatrixProduct::new);

  private final String title;
  private final LongFunction<Problem> problems;

  Workload(String title, LongFunction<Problem> problems) {
    this.title = title;
    this.problems = problems;
  }

  /** Returns what reports call it. */
  public String title() {
    return title;
  }

  /**
   * Makes a problem with random data.
   *
   * @param sizeBytes size of its first array, 4 or more
   */
  public Problem problem(long sizeBytes) {
    return problems.apply(sizeBytes);
  }
}

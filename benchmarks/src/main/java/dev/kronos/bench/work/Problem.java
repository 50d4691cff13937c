// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.work;

import java.util.List;

/** Describes one operation on one set of arrays, and knows its right result. Immutable. */
public interface Problem {

  /** Says what is counted as work. */
  enum Unit {
    /** Bytes that must be read and written at least. */
    BYTES("GB/s"),
    /** Floating-point operations. */
    FLOPS("GFLOP/s");

    private final String rate;

    Unit(String rate) {
      this.rate = rate;
    }

    /** Returns what 10^9 a second are called. */
    public String rate() {
      return rate;
    }
  }

  /** Returns the arrays that one operation needs. */
  List<Array> arrays();

  /** Returns the kernel runs of one operation, in their order. */
  List<Step> steps();

  /** Returns the place of the array that holds the result. */
  int result();

  /** Returns how much work one operation is. */
  double work();

  /** Returns the unit of {@link #work}. */
  Unit unit();

  /**
   * Checks a result.
   *
   * @param bytes the result array
   * @param times how often the operation was run on the arrays since they were filled, 1 or more
   * @throws WrongResult when it differs from what the Java twin of the kernels computes
   */
  void check(byte[] bytes, int times);

  /** Returns how many bytes the arrays of one operation take. */
  default long setBytes() {
    return arrays().stream().mapToLong(Array::sizeBytes).sum();
  }
}

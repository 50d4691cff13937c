// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs probes and lists where device and twin differ. */
final class ProbeCheck {

  private static final int SHOWN = 5;

  private final ProbeRunner runner;

  /** Makes a check; the runner stays the caller's. */
  ProbeCheck(ProbeRunner runner) {
    this.runner = runner;
  }

  /** Every probe there is. */
  static List<Probe> all() {
    List<Probe> probes = new ArrayList<>(Int128Probes.all());
    probes.addAll(DecimalProbes.all());
    probes.addAll(FloatProbes.all());
    probes.addAll(FloatProbes.deviceArithmetic());
    probes.addAll(HashProbes.all());
    probes.addAll(StringProbes.all());
    probes.addAll(AccumulatorProbes.all());
    return probes;
  }

  /**
   * Runs one probe.
   *
   * @param probe what to run
   * @param count how many cases
   * @param seed same seed, same cases
   * @return the first differences, as text; empty when there are none
   */
  List<String> differences(Probe probe, int count, long seed) {
    long[] inputs = probe.inputs(count, seed);
    long[] found = runner.run(probe, inputs, count);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < count && differences.size() < SHOWN; i++) {
      long[] one = slice(inputs, i, probe.inputWords());
      long[] expected = probe.twin().apply(one);
      long[] actual = slice(found, i, probe.outputWords());
      if (!Arrays.equals(expected, actual)) {
        differences.add(
            "case="
                + i
                + ", input="
                + hex(one)
                + ", expected="
                + hex(expected)
                + ", found="
                + hex(actual));
      }
    }
    return differences;
  }

  private static long[] slice(long[] words, int index, int size) {
    return Arrays.copyOfRange(words, index * size, (index + 1) * size);
  }

  private static String hex(long[] words) {
    return Arrays.toString(Arrays.stream(words).mapToObj(Long::toHexString).toArray());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function of the GLSL library, on edge values and random values: the device equals Java. The
 * system property {@code kronos.test.seed} tries other values.
 */
class ProbesOnDeviceTest {

  private static final int CASES = 8_000;
  private static final long SEED = Long.getLong("kronos.test.seed", 1);

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  static Stream<Probe> probes() {
    return ProbeCheck.all().stream();
  }

  @ParameterizedTest
  @MethodSource("probes")
  void deviceEqualsJava(Probe probe) {
    ProbeCheck check = new ProbeCheck(new ProbeRunner(open.kronos()));
    assertThat(check.differences(probe, CASES, SEED))
        .as("device and Java differ: probe=%s, seed=%s", probe, SEED)
        .isEmpty();
  }

  @Test
  void differenceIsSeen() {
    Probe wrong =
        new Probe(
            "wrong",
            "out_u64(0u, in_u64(0u) + 1ul);",
            1,
            1,
            v -> new long[] {v.word()},
            words -> new long[] {words[0]});
    List<String> differences =
        new ProbeCheck(new ProbeRunner(open.kronos())).differences(wrong, 3, SEED);
    assertThat(differences).hasSize(3).allMatch(text -> text.contains("expected="));
  }
}

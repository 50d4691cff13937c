// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.vulkan.spirv.ShaderBuild;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation on every type, on edge values, nulls and random values: device equals Java. */
class ExpressionOnDeviceTest {
  private static final int REPORTED = 20;

  /**
   * Expressions of each group where kernels are checked, which makes these compile for minutes. All
   * of a group read memory in the same ways: columns, literals, strings.
   */
  private static final int CHECKED_SIZE = 2;

  /** Names of groups that are whole, or the first of several parts. */
  private static final Pattern FIRST_PART = Pattern.compile("[^,]*(\\(.*\\))?[^,]*(, 1/\\d+)?");

  private static Kronos kronos;

  @BeforeAll
  static void open() {
    kronos = Kronos.open(KronosOptions.fromEnvironment());
  }

  @AfterAll
  static void close() {
    kronos.close();
  }

  /** Names of groups to run alone: {@code -Dkronos.test.expressions=made strings|casts}. */
  private static final Pattern WANTED =
      Pattern.compile(System.getProperty("kronos.test.expressions", ""));

  static Stream<ExpressionGroup> groups() {
    return built().filter(group -> WANTED.matcher(group.name()).find());
  }

  private static Stream<ExpressionGroup> built() {
    KronosOptions options = KronosOptions.fromEnvironment();
    return options.shaderBuild() == ShaderBuild.PLAIN
        ? ExpressionCases.all()
        : ExpressionCases.all()
            .filter(group -> FIRST_PART.matcher(group.name()).matches())
            .flatMap(group -> group.split(CHECKED_SIZE).limit(1));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void deviceEqualsJava(ExpressionGroup group) {
    List<Object[]> rows = ProbeRows.of(group.inputs(), group.name().hashCode());
    ProbeKernel probe = new ProbeKernel(group);
    ProbeArena arena = new ProbeArena(group, rows, probe.literals());
    ProbeDevice.Result result = new ProbeDevice(kronos).run(probe, arena, rows.size());
    List<String> differences = new ArrayList<>();
    for (int e = 0; e < group.expressions().size(); e++) {
      for (int r = 0; r < rows.size() && differences.size() < REPORTED; r++) {
        Outcome expected = arena.expected(r, e);
        Outcome device = arena.result(result.memory(), result.base(), r, e);
        if (!expected.matches(device)) {
          differences.add(describe(group.expressions().get(e), rows.get(r), expected, device));
        }
      }
    }
    assertThat(differences).as(group.name()).isEmpty();
  }

  private static String describe(Expression e, Object[] row, Outcome expected, Outcome device) {
    return e
        + " : "
        + e.type()
        + " "
        + modeOf(e)
        + " on "
        + List.of(textOf(row))
        + ": java "
        + expected
        + ", device "
        + device;
  }

  private static String modeOf(Expression e) {
    if (e instanceof Arithmetic a) {
      return a.mode().toString();
    }
    return e instanceof Cast c ? c.mode().toString() : "";
  }

  private static String textOf(Object[] row) {
    return Arrays.toString(row);
  }
}

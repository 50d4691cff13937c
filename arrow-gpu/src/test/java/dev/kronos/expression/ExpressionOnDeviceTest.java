// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.vulkan.spirv.ShaderBuild;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation on every type, on edge values, nulls and random values: device equals Java. */
class ExpressionOnDeviceTest {
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
    assertThat(ProbeCheck.differences(kronos, group, rows, Outcome::matches))
        .as(group.name())
        .isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the contract on what the catalogue lists: each function on each type. */
class FunctionContractTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  /** Functions of matching classes alone, for work on them. */
  private static final String ONLY = System.getProperty("kronos.test.functions", ".*");

  private static Stream<ArrowFunction> functions() {
    return RowFamilies.all().stream()
        .filter(family -> family.javaClass().matches(ONLY))
        .flatMap(family -> family.functions().stream());
  }

  static Stream<Arguments> functionsAndTypes() {
    return functions()
        .flatMap(
            function ->
                NastyRows.TYPES.stream()
                    .filter(type -> function.takes(type) && fits(function, type))
                    .map(type -> Arguments.of(function, type)));
  }

  /** Wide decimals have no sum or product of 38 digits. */
  private static boolean fits(ArrowFunction function, DataType type) {
    try {
      expression(function, type);
      return true;
    } catch (KronosException.Unsupported e) {
      assertThat(type.isDecimal()).as("%s takes %s", function, type).isTrue();
      return false;
    }
  }

  static Expression expression(ArrowFunction function, DataType type) {
    List<Expression> operands =
        new ArrayList<>(
            Collections.nCopies(Math.max(1, function.shape().least()), Literal.ofNull(type)));
    if (function.shape() == Shape.CHOICE) {
      operands.set(0, Literal.ofNull(DataType.BOOLEAN));
    }
    if (function.shape() == Shape.COUNTED) {
      operands.set(1, Literal.ofNull(DataType.INT32));
    }
    return function.of(operands);
  }

  @ParameterizedTest
  @MethodSource("functionsAndTypes")
  void deviceGivesWhatArrowGives(ArrowFunction function, DataType type) {
    new FunctionContract(open.kronos(), function, type).checkSizes(1);
  }

  @ParameterizedTest
  @MethodSource("functionsAndTypes")
  void randomRowsAgreeToo(ArrowFunction function, DataType type) {
    FunctionContract contract = new FunctionContract(open.kronos(), function, type);
    Random random = new Random(SEED);
    try {
      int rows = random.nextInt(9000);
      contract.check(rows, NastyRows.Nulls.SOME, random.nextInt(20), random.nextLong());
      if (function.shape() == Shape.BINARY) {
        contract.checkScalars(random.nextLong());
      }
    } catch (AssertionError e) {
      throw new AssertionError("repeat with -Dkronos.test.seed=" + SEED, e);
    }
  }

  /** What the catalogue does not list is refused before anything runs. */
  @Test
  void otherTypesAreRefused() {
    functions()
        .forEach(
            function ->
                NastyRows.TYPES.stream()
                    .filter(type -> !function.takes(type))
                    .forEach(
                        type ->
                            assertThatThrownBy(() -> expression(function, type))
                                .isInstanceOf(KronosException.Unsupported.class)
                                .hasMessage(
                                    "function does not take this type: function=%s, type=%s",
                                    function, type)));
  }

  /** The contract is worth something: kernels of other functions do not pass for this one. */
  @Test
  void wrongKernelsFail() {
    List<ArrowFunction> wrong =
        List.of(
            pretend("add", Functions.SUBTRACT),
            pretend("multiply", Functions.MULTIPLY_CHECKED),
            pretend("less", Functions.LESS_EQUAL),
            pretend("bit_wise_or", Functions.BIT_WISE_XOR),
            pretend("shift_right", Functions.SHIFT_LEFT));
    for (ArrowFunction function : wrong) {
      FunctionContract contract = new FunctionContract(open.kronos(), function, DataType.INT32);
      assertThatThrownBy(() -> contract.checkSizes(1)).as(function.name()).isNotNull();
    }
    assertThatThrownBy(
            () ->
                new FunctionContract(
                        open.kronos(), pretend("floor", Functions.TRUNC), DataType.FLOAT64)
                    .checkSizes(1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("floor of double");
  }

  private static ArrowFunction pretend(String name, ArrowFunction other) {
    return new ArrowFunction(name, other.shape(), other.types(), other::of);
  }
}

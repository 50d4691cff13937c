// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the contract on functions that are made of parameters, with parameters that go wrong. */
class ParameterContractTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  static List<ParameterCase> cases() {
    return Stream.of(
            ParameterCase.roundings(),
            TextCases.all(),
            OracleHashes.cases(),
            OracleCasts.cases(),
            TimeCases.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Functions of matching names alone, for work on them. */
  private static final String ONLY = System.getProperty("kronos.test.parameters", ".*");

  static Stream<Arguments> casesAndTypes() {
    return cases().stream()
        .filter(c -> c.function().name().matches(ONLY))
        .flatMap(
            c ->
                NastyRows.TYPES.stream()
                    .filter(type -> c.function().takes(type) && fits(c.function(), type))
                    .map(type -> Arguments.of(c, type)));
  }

  private static boolean fits(ArrowFunction function, DataType type) {
    try {
      FunctionContractTest.expression(function, type);
      return true;
    } catch (KronosException.Unsupported e) {
      assertThat(type.isDecimal()).as("%s takes %s", function, type).isTrue();
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("casesAndTypes")
  void deviceGivesWhatTheOracleGives(ParameterCase c, DataType type) {
    FunctionContract contract = new FunctionContract(open.kronos(), c.function(), type, c.oracle());
    try {
      contract.check(257, NastyRows.Nulls.NONE, 0, 1);
      contract.check(1, NastyRows.Nulls.ALL, 1, 1);
      contract.check(0, NastyRows.Nulls.NONE, 0, 1);
      contract.check(2500, NastyRows.Nulls.SOME, 13, SEED);
    } catch (AssertionError e) {
      throw new AssertionError("repeat with -Dkronos.test.seed=" + SEED, e);
    }
  }

  /** Every function that the catalogue says is made of parameters has a case. */
  @Test
  void everyFunctionHasACase() {
    List<String> names = cases().stream().map(c -> c.function().name()).distinct().toList();
    assertThat(FunctionCatalogue.parameterFamilies())
        .flatMap(FunctionCatalogue.Family::entries)
        .extracting(FunctionCatalogue.Entry::name)
        .containsExactlyInAnyOrderElementsOf(names);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A function made of parameters, with what it is to give.
 *
 * @param label the parameters
 * @param function the function
 * @param rule what it gives where no operand is null
 */
record ParameterCase(String label, ArrowFunction function, OracleRule rule) {

  static List<ParameterCase> roundings() {
    List<ParameterCase> cases = new ArrayList<>();
    for (RoundingMode mode :
        List.of(
            RoundingMode.HALF_UP,
            RoundingMode.HALF_EVEN,
            RoundingMode.CEILING,
            RoundingMode.FLOOR)) {
      boolean first = mode == RoundingMode.HALF_UP;
      for (int digits : first ? new int[] {-2, -1, 0, 30} : new int[] {-1, 1}) {
        cases.add(
            new ParameterCase(
                mode + " " + digits,
                MathFunctions.round(digits, mode),
                (t, v) -> OracleMath.rounded(t, v.get(0), digits, mode)));
      }
    }
    for (RoundingMode mode : List.of(RoundingMode.HALF_UP, RoundingMode.HALF_EVEN)) {
      for (int digits : new int[] {-400, -2, 0, 2, 400}) {
        cases.add(
            new ParameterCase(
                mode + " " + digits,
                MathFunctions.roundWritten(digits, mode),
                (t, v) ->
                    OracleNumbers.floating(v.get(0), x -> OracleMath.written(x, digits, mode))));
      }
    }
    return cases;
  }

  OracleRule overNulls() {
    return (type, values) -> ArrowOracle.apply(rule, type, values);
  }

  @Override
  public String toString() {
    return function.name() + " " + label;
  }
}

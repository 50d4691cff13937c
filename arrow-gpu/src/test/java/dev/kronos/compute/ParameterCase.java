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
 * @param oracle what it gives for values as they are stored, null among them
 */
record ParameterCase(String label, ArrowFunction function, OracleRule oracle) {

  /** Makes a case of a function that is null where an operand is. */
  static ParameterCase of(String label, ArrowFunction function, OracleRule rule) {
    return new ParameterCase(
        label, function, (type, values) -> ArrowOracle.apply(rule, type, values));
  }

  static ParameterCase seeingNulls(String label, ArrowFunction function, OracleRule oracle) {
    return new ParameterCase(label, function, oracle);
  }

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
            ParameterCase.of(
                mode + " " + digits,
                MathFunctions.round(digits, mode),
                (t, v) -> OracleMath.rounded(t, v.get(0), digits, mode)));
      }
    }
    for (RoundingMode mode : List.of(RoundingMode.HALF_UP, RoundingMode.HALF_EVEN)) {
      for (int digits : new int[] {-400, -2, 0, 2, 400}) {
        cases.add(
            ParameterCase.of(
                mode + " " + digits,
                MathFunctions.roundWritten(digits, mode),
                (t, v) ->
                    OracleNumbers.floating(v.get(0), x -> OracleMath.written(x, digits, mode))));
      }
    }
    return cases;
  }

  @Override
  public String toString() {
    return function.name() + " " + label;
  }
}

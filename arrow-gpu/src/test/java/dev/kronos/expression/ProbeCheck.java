// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.Kronos;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;

/** Runs expressions on the device and compares what comes out with their twins. */
final class ProbeCheck {
  private static final int REPORTED = 20;

  private ProbeCheck() {}

  /**
   * Returns what differs, the first of it where it is much.
   *
   * @param same tells whether the twin's outcome, which comes first, and the device's are alike
   */
  static List<String> differences(
      Kronos kronos,
      ExpressionGroup group,
      List<Object[]> rows,
      BiPredicate<Outcome, Outcome> same) {
    ProbeKernel probe = new ProbeKernel(group);
    ProbeArena arena = new ProbeArena(group, rows, probe.literals());
    ProbeDevice.Result result = new ProbeDevice(kronos).run(probe, arena, rows.size());
    List<String> differences = new ArrayList<>();
    for (int e = 0; e < group.expressions().size(); e++) {
      for (int r = 0; r < rows.size() && differences.size() < REPORTED; r++) {
        Outcome expected = arena.expected(r, e);
        Outcome device = arena.result(result.memory(), result.base(), r, e);
        if (!same.test(expected, device)) {
          differences.add(describe(group.expressions().get(e), rows.get(r), expected, device));
        }
      }
    }
    return differences;
  }

  private static String describe(Expression e, Object[] row, Outcome expected, Outcome device) {
    return e
        + " : "
        + e.type()
        + " "
        + modeOf(e)
        + " on "
        + List.of(Arrays.toString(row))
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
}

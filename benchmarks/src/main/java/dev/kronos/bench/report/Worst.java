// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.report;

import dev.kronos.bench.result.Cell;
import dev.kronos.bench.result.Claim.Verdict;
import dev.kronos.bench.result.Measured;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/** Remembers the greatest of the values offered, and where it came from. */
final class Worst {

  private double value = Double.NEGATIVE_INFINITY;
  private String where;
  private int offered;

  void offer(double candidate, Cell cell, Measured measured) {
    offered++;
    // Written so that a NaN is the worst of all.
    if (!(candidate <= value)) {
      value = candidate;
      where = cell.title() + ", " + measured.contender().title();
    }
  }

  /** Returns the same place with another value. */
  Worst map(DoubleUnaryOperator change) {
    Worst changed = new Worst();
    changed.value = change.applyAsDouble(value);
    changed.where = where;
    changed.offered = offered;
    return changed;
  }

  /** Returns the value and its place; the format takes one number. */
  String text(String format) {
    return offered == 0
        ? ""
        : format.formatted(value) + " at worst (" + where + "; of " + offered + ")";
  }

  Verdict verdict(DoublePredicate met) {
    if (offered == 0) {
      return Verdict.NOT_MEASURED;
    }
    return met.test(value) ? Verdict.PASS : Verdict.FALLS_SHORT;
  }
}

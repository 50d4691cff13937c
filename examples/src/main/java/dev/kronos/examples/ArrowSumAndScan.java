// SPDX-License-Identifier: Apache-2.0
package dev.kronos.examples;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.compute.Aggregates;
import dev.kronos.compute.Cumulative;
import java.io.PrintStream;
import org.apache.arrow.vector.BigIntVector;

/** Sums an Arrow vector on the device, and computes its running sums. */
public final class ArrowSumAndScan {
  private ArrowSumAndScan() {}

  /** Runs the example. */
  public static void main(String[] arguments) {
    run(System.out);
  }

  static void run(PrintStream out) {
    try (Kronos kronos = Kronos.open(KronosOptions.fromEnvironment());
        // Memory of this allocator is visible to the device: the vector is not copied by the host.
        BigIntVector deposits = new BigIntVector("deposits", kronos.allocator())) {
      for (int day = 0; day < 365; day++) {
        if (day % 7 == 6) {
          deposits.setNull(day);
        } else {
          deposits.setSafe(day, 100 + day);
        }
      }
      deposits.setValueCount(365);

      long total = new Aggregates(kronos).sum(deposits).asLong();
      out.println("total: " + total);

      Cumulative cumulative = new Cumulative(kronos);
      try (BigIntVector balance = (BigIntVector) cumulative.sum(deposits, Cumulative.Nulls.SKIP)) {
        out.println("balance of the last day: " + balance.get(364));
      }
    }
  }
}

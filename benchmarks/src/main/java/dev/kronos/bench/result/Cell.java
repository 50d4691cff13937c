// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.result;

import dev.kronos.bench.program.Contender;
import dev.kronos.bench.work.Workload;
import java.util.List;
import java.util.Optional;

/**
 * Holds one workload at one size and batch.
 *
 * @param workload the workload
 * @param sizeBytes size of its first array
 * @param batch operations of a batch
 * @param sets sets of arrays that they take turns on
 * @param dispatches dispatches of a batch
 * @param levels dependency levels of a batch
 * @param leftOut why it was not measured, or null
 * @param programs what each program did; empty when left out
 */
public record Cell(
    Workload workload,
    long sizeBytes,
    int batch,
    int sets,
    int dispatches,
    int levels,
    String leftOut,
    List<Measured> programs) {

  /** Returns what a program did, or empty when it was not measured. */
  public Optional<Measured> program(Contender contender) {
    return programs.stream().filter(measured -> measured.contender() == contender).findFirst();
  }

  /** Returns its name for tables, such as {@code SAXPY 8 MiB x 16}. */
  public String title() {
    return workload.title() + " " + Sizes.text(sizeBytes) + " x " + batch;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.bench.work.Job;
import dev.kronos.bench.work.Workload;
import org.junit.jupiter.api.Test;

class OperationTimesTest {

  private final OperationTimes times = new OperationTimes();

  private static Job job(long sizeBytes, int batch) {
    return new Job(Workload.SAXPY.problem(sizeBytes), 1, batch);
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(times.tooLong(Workload.SAXPY, 1024, job(1024, 1_000_000), 1e-9)).isEmpty();
  }

  @Test
  void goesByTheSizeMeasuredOrByTheNextSmallerOne() {
    times.note(Workload.SAXPY, 1024, job(1024, 1), 1e6);
    double seconds = 1e-3 * OperationTimes.LEAST_RUNS;
    assertThat(times.tooLong(Workload.SAXPY, 1024, job(1024, 16), seconds * 17)).isEmpty();
    assertThat(times.tooLong(Workload.SAXPY, 1024, job(1024, 16), seconds * 15))
        .hasValueSatisfying(reason -> assertThat(reason).contains("one operation takes 1.00 ms"));
    assertThat(times.tooLong(Workload.SAXPY, 4096, job(4096, 1), seconds * 3))
        .hasValueSatisfying(reason -> assertThat(reason).contains("4.00 ms (from 1 KiB)"));
    assertThat(times.tooLong(Workload.REDUCTION, 1024, job(1024, 16), 1e-9)).isEmpty();
  }
}

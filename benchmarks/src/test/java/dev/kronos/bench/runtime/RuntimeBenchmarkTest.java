// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.bench.program.Contender;
import dev.kronos.bench.report.Claims;
import dev.kronos.bench.result.Cell;
import dev.kronos.bench.result.Counted;
import dev.kronos.bench.result.Measured;
import dev.kronos.bench.result.RuntimeReport;
import dev.kronos.bench.work.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the smallest benchmark there is, all of it. */
class RuntimeBenchmarkTest {

  private static final Plan SMALLEST =
      new Plan(
          Arrays.asList(Workload.values()),
          List.of(4096L),
          List.of(1, 4),
          1 << 20,
          new Plan.Effort(30, 2, 60, 50, 1000, 1));

  @Test
  void measuresEveryProgramInEveryCell() {
    List<String> steps = new ArrayList<>();
    RuntimeReport report =
        Claims.judge(RuntimeBenchmark.run(Fixture.options(), SMALLEST, "--test", steps::add));
    assertThat(steps).hasSize(SMALLEST.steps());
    assertThat(report.cells()).hasSize(Workload.values().length * 2);
    report.cells().forEach(RuntimeBenchmarkTest::isWhole);
    assertThat(report.totals().validationMessages()).isZero();
    assertThat(report.totals().descriptorUpdates()).isZero();
    assertThat(report.starts()).hasSize(5).allMatch(start -> start.firstMillis() > 0);
    assertThat(report.throughput()).hasSize(Contender.values().length);
    assertThat(report.moved()).hasSize(8);
    assertThat(report.blocks()).extracting("live").containsExactly(10, 1000, 10, 1000);
    assertThat(report.steady().replays()).isEqualTo(50);
    assertThat(report.steady().vulkanAllocations()).isZero();
  }

  private static void isWhole(Cell cell) {
    assertThat(cell.leftOut()).as(cell.title()).isNull();
    assertThat(cell.programs())
        .as(cell.title())
        .extracting(Measured::contender)
        .containsExactly(Contender.values());
    Counted plain = cell.program(Contender.BASELINE).orElseThrow().counted();
    assertThat(plain.submitsPerBatch()).isEqualTo(cell.dispatches());
    assertThat(plain.hostWaitsPerBatch()).isEqualTo(cell.dispatches());
    assertThat(plain.descriptorUpdatesPerDispatch()).isGreaterThanOrEqualTo(2);
    Counted batched = cell.program(Contender.BATCHED_BASELINE).orElseThrow().counted();
    assertThat(batched.submitsPerBatch()).isEqualTo(1);
    for (Contender contender : List.of(Contender.KRONOS_RECORDED, Contender.KRONOS_REPLAYED)) {
      Measured measured = cell.program(contender).orElseThrow();
      Counted counted = measured.counted();
      assertThat(counted.submitsPerBatch()).isEqualTo(1);
      assertThat(counted.descriptorUpdatesPerDispatch()).isZero();
      assertThat(counted.barriersPerDispatch() * cell.dispatches()).isEqualTo(cell.levels() - 1);
      assertThat(counted.nativeBytesPerDispatch()).isBetween(0.1, 120.0);
      assertThat(measured.wallNanosPerOperation().median()).isPositive();
      assertThat(measured.rate()).isPositive();
    }
  }
}

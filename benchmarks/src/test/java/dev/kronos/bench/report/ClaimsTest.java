// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.report;

import static dev.kronos.bench.program.Contender.KRONOS_RECORDED;
import static dev.kronos.bench.program.Contender.KRONOS_REPLAYED;
import static dev.kronos.bench.report.Reports.cell;
import static dev.kronos.bench.report.Reports.measured;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.bench.result.Claim;
import dev.kronos.bench.result.Claim.Verdict;
import dev.kronos.bench.result.RuntimeReport;
import dev.kronos.bench.result.Steady;
import org.junit.jupiter.api.Test;

class ClaimsTest {

  private static Claim claim(RuntimeReport report, String text) {
    return Claims.judge(report).claims().stream()
        .filter(claim -> claim.text().contains(text))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theWorstCellDecides() {
    RuntimeReport report =
        Reports.of(
            cell(16, measured(KRONOS_RECORDED, 4_000, 0.2, 90)),
            cell(16, measured(KRONOS_RECORDED, 6_000, 0.2, 90)));
    Claim claim = claim(report, "batch 16: Kronos, recorded");
    assertThat(claim.verdict()).isEqualTo(Verdict.FALLS_SHORT);
    assertThat(claim.measured())
        .startsWith("40.0 % below at worst (SAXPY 64 KiB x 16")
        .contains("of 2");
  }

  @Test
  void aBarIsMetExactly() {
    RuntimeReport report =
        Reports.of(
            cell(16, measured(KRONOS_RECORDED, 5_000, 0.5, 200)),
            cell(256, measured(KRONOS_REPLAYED, 2_000, 0.525, 200)));
    assertThat(claim(report, "batch 16: Kronos, recorded").verdict()).isEqualTo(Verdict.PASS);
    assertThat(claim(report, "batch 256: Kronos, replayed").verdict()).isEqualTo(Verdict.PASS);
    assertThat(claim(report, "bytes written for a dispatch: Kronos, rec").verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(claim(report, "a dispatch, batch 16").verdict()).isEqualTo(Verdict.PASS);
    assertThat(claim(report, "a dispatch, batch 256").verdict()).isEqualTo(Verdict.FALLS_SHORT);
    assertThat(claim(report, "fewest possible").verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void whatWasNotMeasuredIsNotClaimed() {
    RuntimeReport report = Reports.of(cell(1, measured(KRONOS_RECORDED, 1, 0, 1)));
    assertThat(claim(report, "batch 16: Kronos, recorded").verdict())
        .isEqualTo(Verdict.NOT_MEASURED);
    assertThat(claim(report, "a dispatch, batch 256").verdict()).isEqualTo(Verdict.NOT_MEASURED);
  }

  @Test
  void oneByteOfGarbageIsNotNothing() {
    assertThat(claim(Reports.of(), "steady state").verdict()).isEqualTo(Verdict.PASS);
    assertThat(claim(Reports.of(new Steady(1000, 1, 0, 0)), "steady state").verdict())
        .isEqualTo(Verdict.FALLS_SHORT);
  }

  @Test
  void allocationTimeComparesTheFewestWithTheMostBlocks() {
    Claim claim = claim(Reports.of(), "time of an allocation");
    assertThat(claim.verdict()).isEqualTo(Verdict.PASS);
    assertThat(claim.measured()).startsWith("1.20 times");
  }
}

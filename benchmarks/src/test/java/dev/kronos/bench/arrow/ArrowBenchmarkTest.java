// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kronos.Kronos;
import dev.kronos.KronosOption;
import dev.kronos.KronosOptions;
import dev.kronos.bench.report.ArrowPage;
import dev.kronos.bench.result.Summary;
import dev.kronos.bench.work.WrongResult;
import dev.kronos.dispatch.Stream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the smallest benchmark there is, and shows that wrong results fail it. */
class ArrowBenchmarkTest {

  private static final ArrowWorkload.Plan SMALLEST =
      new ArrowWorkload.Plan(20_000, 80_000, 20_000, 97, 3);

  private static KronosOptions options() {
    return KronosOptions.builder()
        .readEnvironment(System::getenv)
        .set(KronosOption.VALIDATION, true)
        .set(KronosOption.CACHE_DIR, "none")
        .build();
  }

  @Test
  void measuresEveryWorkload() {
    List<ArrowWorkload> all = Arrays.asList(ArrowWorkload.values());
    List<String> steps = new ArrayList<>();
    ArrowReport report = ArrowBenchmark.run(options(), all, SMALLEST, steps::add);
    assertThat(report.rows()).extracting(ArrowReport.Row::workload).isEqualTo(all);
    assertThat(steps).hasSameSizeAs(all);
    for (ArrowReport.Row row : report.rows()) {
      assertThat(row.deviceNanos().min()).as(row.workload().title()).isPositive();
      assertThat(row.deviceNanos().samples()).isEqualTo(3);
      assertThat(row.rate()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void resultsThatWereNotComputedAreRefused(ArrowWorkload workload) {
    try (Kronos kronos = Kronos.open(options());
        ArrowCell cell = workload.cell(kronos, SMALLEST)) {
      assertThatThrownBy(cell::check).isInstanceOf(WrongResult.class);
      try (Stream stream = kronos.newStream()) {
        cell.record(stream);
        stream.submit().await();
      }
      cell.check();
    }
  }

  @Test
  void loopsAreMeasuredForTheSameSizes() {
    List<ArrowWorkload> all = Arrays.asList(ArrowWorkload.values());
    Peers loops = LoopPeers.measure(all, SMALLEST);
    assertThat(loops.rows()).extracting(Peers.Row::title).contains("sum int64", "gemm float64");
    assertThat(loops.rows()).allMatch(row -> row.nanos() > 0);
    ArrowReport.Row sum =
        new ArrowReport.Row(ArrowWorkload.SUM_INT64, 10_000, 1, Summary.of(1), 500);
    assertThat(loops.best(sum)).isPresent();
    ArrowReport.Row gemm =
        new ArrowReport.Row(ArrowWorkload.GEMM_F32, 97 * 97, 1, Summary.of(2), 500);
    assertThat(loops.best(gemm)).isPresent();
    assertThat(gemm.rate()).isEqualTo(97.0 * 97 * 97);
  }

  @Test
  void peersOfTheSameSizeStandBesideTheirRow(@TempDir Path folder) throws Exception {
    Peers.Row slow = new Peers.Row("sort int32", "slow.sort", 1000, 9000);
    Peers.Row fast = new Peers.Row("sort int32", "fast.sort", 1000, 6000);
    Peers.Row other = new Peers.Row("sort int32", "other.sort", 10, 1);
    Path file = folder.resolve("peers.json");
    new ObjectMapper()
        .writeValue(
            file.toFile(), new Peers("Some Card", List.of("lib 1"), List.of(slow, fast, other)));
    Peers peers = Peers.read(file);
    ArrowReport.Row row =
        new ArrowReport.Row(ArrowWorkload.SORT_INT32, 1000, 8000, Summary.of(4000), 500);
    assertThat(peers.best(row)).contains(fast);
    ArrowReport empty = ArrowBenchmark.run(options(), List.of(), SMALLEST, step -> {});
    ArrowReport report = new ArrowReport(empty.environment(), "bench arrow", List.of(row), peers);
    ArrowPage.write(report, folder);
    assertThat(Files.readString(folder.resolve("arrow.md")))
        .contains(
            "| sort int32 | 1000 | 4.00 | 4.00 | 0.25 Gkeys/s | fast.sort | 6.00 | 150 % | 0.50 |");
    assertThat(
            new ObjectMapper().readValue(folder.resolve("arrow.json").toFile(), ArrowReport.class))
        .isEqualTo(report);
  }

  @Test
  void ratesOfBytesStandBesideTheCopys() {
    ArrowReport.Row copy =
        new ArrowReport.Row(ArrowWorkload.COPY_INT64, 1000, 16_000, Summary.of(4000), 500);
    ArrowReport.Row filter =
        new ArrowReport.Row(ArrowWorkload.FILTER_INT64, 1000, 12_000, Summary.of(6000), 500);
    ArrowReport.Row join =
        new ArrowReport.Row(ArrowWorkload.JOIN_INT64, 1000, 12_000, Summary.of(6000), 500);
    assertThat(ArrowPage.table(new ArrowReport(null, "", List.of(filter), null)))
        .contains("peer us | share | clock us |")
        .doesNotContain("of copy");
    assertThat(ArrowPage.table(new ArrowReport(null, "", List.of(copy, filter, join), null)))
        .contains("peer us | share | of copy | clock us |")
        .contains("| 4.00 GB/s |  |  |  | 100 % |")
        .contains("| 2.00 GB/s |  |  |  | 50 % |")
        .contains("| 0.17 Gkeys/s |  |  |  |  |");
  }

  @Test
  void placesAreFoundByTheirNumbers() {
    for (long place : new long[] {0, 1, -1, -10_000_000, 1L << 40, Long.MIN_VALUE}) {
      assertThat(DeviceData.place(DeviceData.random(place))).isEqualTo(place);
    }
  }
}

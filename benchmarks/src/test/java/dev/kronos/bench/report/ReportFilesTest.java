// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.report;

import static dev.kronos.bench.program.Contender.KRONOS_RECORDED;
import static dev.kronos.bench.program.Contender.KRONOS_REPLAYED;
import static dev.kronos.bench.report.Reports.measured;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.bench.result.Cell;
import dev.kronos.bench.result.RuntimeReport;
import dev.kronos.bench.work.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {

  private static final Cell LEFT_OUT =
      new Cell(Workload.GEMM, 1 << 26, 256, 2, 256, 128, "too long: so and so", List.of());

  private static RuntimeReport report() {
    return Claims.judge(
        Reports.of(
            Reports.cell(
                16,
                measured(KRONOS_RECORDED, 4_000, 0.2, 90),
                measured(KRONOS_REPLAYED, 400, 0.2, 9)),
            LEFT_OUT));
  }

  @Test
  void readsWhatItWrote(@TempDir Path folder) throws Exception {
    assertThat(ReportFiles.write(report(), folder)).isEmpty();
    assertThat(ReportFiles.read(folder.resolve("runtime.json"))).isEqualTo(report());
  }

  @Test
  void drawsChartsAndShowsThemOnThePage(@TempDir Path folder) throws Exception {
    ReportFiles.write(report(), folder);
    String page = Files.readString(folder.resolve("runtime.md"));
    for (String chart : List.of("cpu-time", "barriers", "throughput")) {
      assertThat(page).contains("![](" + chart + ".svg)");
      var factory = DocumentBuilderFactory.newInstance();
      // The file names a DTD that lies in the Web.
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      var image = factory.newDocumentBuilder().parse(folder.resolve(chart + ".svg").toFile());
      assertThat(image.getDocumentElement().getTagName()).isEqualTo("svg");
      assertThat(image.getElementsByTagName("path").getLength()).isGreaterThan(10);
    }
  }

  @Test
  void thePageSaysWhatWasLeftOutAndWhy() {
    String page = Page.of(report(), List.of());
    assertThat(page)
        .contains("| GEMM 64 MiB x 256 | too long: so and so |")
        .contains("| SAXPY 64 KiB x 16 | Kronos, recorded | 4.00 |")
        .contains("60.0 % below at worst")
        .contains("Some Card (2)");
  }

  @Test
  void namesTheFolderAfterDeviceAndDriver() {
    assertThat(report().environment().slug()).isEqualTo("some-card-2-driver-1-0");
  }
}

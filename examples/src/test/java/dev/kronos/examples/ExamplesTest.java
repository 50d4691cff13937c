// SPDX-License-Identifier: Apache-2.0
package dev.kronos.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples as a reader would. */
class ExamplesTest {

  private static String printed(Consumer<PrintStream> example) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    example.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void sumAndRunningSumsAgreeWithEachOther() {
    long expected = 0;
    for (int day = 0; day < 365; day++) {
      expected += day % 7 == 6 ? 0 : 100 + day;
    }
    assertThat(printed(ArrowSumAndScan::run))
        .isEqualToNormalizingNewlines(
            "total: " + expected + "\nbalance of the last day: " + expected + "\n");
  }

  @Test
  void customKernelReachesTheFixedPoint() {
    String text = printed(CustomKernel::run);
    assertThat(text).startsWith("after 30 steps: ");
    // The logistic map of r = 2 tends to one half.
    assertThat(Float.parseFloat(text.substring(text.lastIndexOf(' ')).strip()))
        .isCloseTo(0.5f, within(1e-6f));
  }

  @Test
  void sparkJobRunsOnTheDevice(@TempDir Path folder) {
    String text = printed(out -> SparkJob.run(folder.resolve("sales"), out));
    for (int shop = 0; shop < 5; shop++) {
      long total = 0;
      for (int price = 500 + shop; price < 1000; price += 5) {
        total += 100L * price;
      }
      assertThat(text).contains(shop + " " + total + ".00 10000");
    }
    assertThat(text).contains("KronosHashAggregate", "KronosScan");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.DeviceExtension;
import dev.kronos.column.DataType;
import dev.kronos.expression.ErrorMode;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.window.WindowFrame.Bound;
import dev.kronos.operator.window.WindowFrame.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares sums of doubles over frames, and of their squared distances from their mean, with exact
 * ones of plain Java, rounded once.
 */
class WindowFloatSumsTest {
  private static final double[] SPECIAL = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0, 1.0
  };
  private static final double[] EXTREME = {
    Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, -Double.MIN_VALUE, 1.0, -1.0, 0x1p-1022
  };

  private static final List<WindowFrame> FRAMES =
      List.of(
          WindowFrame.PARTITION,
          frame(Bound.of(Kind.START), Bound.of(Kind.ROW)),
          frame(Bound.of(Kind.PEERS), Bound.of(Kind.END)),
          frame(new Bound(Kind.BEFORE, 3), new Bound(Kind.BEHIND, 2)),
          frame(new Bound(Kind.BEFORE, 31), new Bound(Kind.BEHIND, 32)),
          frame(new Bound(Kind.BEFORE, 100), new Bound(Kind.BEFORE, 5)));

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();
  @TempDir Path folder;

  private static WindowFrame frame(Bound lower, Bound upper) {
    return new WindowFrame(lower, upper);
  }

  private static WindowSpec spec(List<Integer> partition) {
    List<WindowCall> calls = new ArrayList<>();
    for (WindowFrame frame : FRAMES) {
      calls.add(
          WindowCall.over(
              WindowFunction.SUM, WindowRows.VALUE, DataType.FLOAT64, ErrorMode.WRAP, frame));
      calls.add(
          WindowCall.over(
              WindowFunction.DISTANCES, WindowRows.VALUE, DataType.FLOAT64, ErrorMode.WRAP, frame));
    }
    PipelineSpec pipeline = new PipelineSpec(WindowRows.layouts(DataType.FLOAT64), List.of());
    return new WindowSpec(pipeline, 2, partition, List.of(WindowRows.ORDER), calls);
  }

  private void check(int count, int partitions, IntFunction<Double> values) {
    List<Object[]> rows = WindowRows.sorted(count, DataType.FLOAT64, partitions);
    IntStream.range(0, count).forEach(i -> rows.get(i)[WindowRows.VALUE] = values.apply(i));
    WindowRunner runner = new WindowRunner(open.kronos(), folder);
    runner.check(spec(List.of(WindowRows.PARTITION)), rows, 300);
    rows.forEach(row -> row[WindowRows.ORDER] = 1);
    runner.check(spec(List.of()), rows, count + 1);
  }

  @Test
  void addsFramesOfEverySize() {
    for (int count : new int[] {0, 1, 2, 31, 32, 33, 63, 64, 65, 255, 256, 257, 1000}) {
      Random random = new Random(count);
      check(count, 3, i -> random.nextInt(9) == 0 ? null : random.nextGaussian() * 1e3);
    }
  }

  /** What is large cancels out and leaves what is small. */
  @Test
  void losesNothingBesideLargeValues() {
    Random random = new Random(1);
    check(400, 2, i -> EXTREME[random.nextInt(EXTREME.length)]);
    check(400, 2, i -> i % 2 == 0 ? 0x1p1000 : -0x1p1000 + (i % 3) * 0x1p950);
    check(400, 2, i -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
  }

  @Test
  void infinitiesAndNansCountWhereTheyAre() {
    Random random = new Random(2);
    check(300, 2, i -> random.nextInt(40) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : 0.1 * i);
    check(200, 2, i -> SPECIAL[random.nextInt(SPECIAL.length)]);
    check(100, 2, i -> i % 2 == 0 ? -0.0 : null);
  }

  /** What two values of one size differ by is far below their squares. */
  @Test
  void distancesKeepWhatSquaresCancel() {
    Random random = new Random(3);
    check(300, 2, i -> 1e9 + random.nextInt(5) / 1024.0);
    check(200, 2, i -> 0x1p-520 * random.nextInt(9));
    check(200, 2, i -> 0x1.fffffffffffffp511 * (random.nextInt(3) - 1));
    check(200, 2, i -> random.nextInt(90) == 0 ? 0x1p512 : 0x1p511);
    check(100, 2, i -> -7.25);
  }

  @Test
  void sumsThatAreTooLargeAreInfinite() {
    check(150, 2, i -> i % 50 < 40 ? Double.MAX_VALUE : -Double.MAX_VALUE);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.DataType;
import dev.kronos.expression.ErrorMode;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.window.WindowFrame.Bound;
import dev.kronos.operator.window.WindowFrame.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares windows on the device with plain Java, for all functions, frames and types. */
class WindowBatchesTest {
  private static final List<WindowFrame> FRAMES =
      List.of(
          WindowFrame.PARTITION,
          frame(Bound.of(Kind.START), Bound.of(Kind.ROW)),
          frame(Bound.of(Kind.START), Bound.of(Kind.PEERS)),
          frame(Bound.of(Kind.PEERS), Bound.of(Kind.END)),
          frame(new Bound(Kind.BEFORE, 3), new Bound(Kind.BEHIND, 2)),
          frame(new Bound(Kind.BEFORE, 20), new Bound(Kind.BEFORE, 4)),
          frame(new Bound(Kind.BEHIND, 1), new Bound(Kind.BEHIND, Integer.MAX_VALUE)),
          frame(new Bound(Kind.BEHIND, 5), new Bound(Kind.BEFORE, 2)));

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();
  @TempDir Path folder;

  private static WindowFrame frame(Bound lower, Bound upper) {
    return new WindowFrame(lower, upper);
  }

  static List<DataType> types() {
    return Layouts.TYPES;
  }

  private static WindowSpec spec(DataType type, List<Integer> partition, List<WindowCall> calls) {
    return new WindowSpec(
        new PipelineSpec(WindowRows.layouts(type), List.of()),
        4,
        partition,
        List.of(WindowRows.ORDER),
        calls);
  }

  private WindowRunner runner() {
    return new WindowRunner(open.kronos(), folder);
  }

  private void check(WindowSpec spec, List<Object[]> rows, int batchRows) {
    runner().check(spec, rows, batchRows);
  }

  private static List<WindowCall> calls(DataType type) {
    List<WindowCall> calls = new ArrayList<>();
    // Half of the frames: others take the same paths, and kernels take long to compile.
    for (int i = 0; i < FRAMES.size(); i += 2) {
      WindowFrame frame = FRAMES.get(i);
      WindowFunction extreme = i % 4 == 0 ? WindowFunction.MIN : WindowFunction.MAX;
      calls.add(WindowCall.over(extreme, WindowRows.VALUE, type, ErrorMode.WRAP, frame));
      if (type.isFloating()) {
        calls.add(
            WindowCall.over(
                WindowFunction.SUM, WindowRows.VALUE, DataType.FLOAT64, ErrorMode.WRAP, frame));
      }
      if (type.isDecimal() || type.isIntegral()) {
        DataType sum = type.isDecimal() ? DataType.decimal(38, type.scale()) : DataType.INT64;
        ErrorMode mode = type.isDecimal() ? ErrorMode.NULL : ErrorMode.WRAP;
        calls.add(WindowCall.over(WindowFunction.SUM, WindowRows.VALUE, sum, mode, frame));
      }
      if (type.equals(DataType.INT32)) {
        calls.add(
            WindowCall.over(WindowFunction.SUM, WindowRows.VALUE, type, ErrorMode.NULL, frame));
      }
    }
    if (type.isIntegral()) {
      List<WindowFunction> bits =
          List.of(WindowFunction.BIT_AND, WindowFunction.BIT_OR, WindowFunction.BIT_XOR);
      for (int i = 0; i < FRAMES.size(); i++) {
        WindowFunction function = bits.get(i % bits.size());
        calls.add(WindowCall.over(function, WindowRows.VALUE, type, ErrorMode.WRAP, FRAMES.get(i)));
      }
    }
    calls.add(pick(WindowFunction.NTH, type, WindowRows.LOOKED, 2, FRAMES.get(4)));
    calls.add(pick(WindowFunction.NTH, type, WindowCall.NONE, 1, FRAMES.get(6)));
    calls.add(pick(WindowFunction.LAST, type, WindowRows.LOOKED, 0, FRAMES.get(2)));
    for (WindowFunction away : List.of(WindowFunction.BEFORE, WindowFunction.AFTER)) {
      calls.add(pick(away, type, WindowCall.NONE, 1, WindowFrame.PARTITION));
      calls.add(pick(away, type, WindowRows.LOOKED, 3, WindowFrame.PARTITION));
    }
    return calls;
  }

  private static WindowCall pick(
      WindowFunction function, DataType type, int looked, int place, WindowFrame frame) {
    boolean away = function == WindowFunction.BEFORE || function == WindowFunction.AFTER;
    int otherwise = away && place > 1 ? WindowRows.OTHERWISE : WindowCall.NONE;
    return new WindowCall(
        function, WindowRows.VALUE, looked, otherwise, place, type, ErrorMode.WRAP, frame);
  }

  @ParameterizedTest
  @MethodSource("types")
  void computesArgumentsOfEveryType(DataType type) {
    WindowSpec spec = spec(type, List.of(WindowRows.PARTITION), calls(type));
    check(spec, WindowRows.sorted(700, type, 12), 300);
  }

  @Test
  void ranksAndCountsRowsOfEverySize() {
    List<WindowCall> calls = new ArrayList<>();
    calls.add(WindowCall.rank(WindowFunction.ROW_NUMBER));
    calls.add(WindowCall.rank(WindowFunction.RANK));
    calls.add(WindowCall.rank(WindowFunction.DENSE_RANK));
    for (WindowFrame frame : FRAMES) {
      for (int column : new int[] {WindowCall.NONE, WindowRows.VALUE}) {
        calls.add(
            WindowCall.over(WindowFunction.COUNT, column, DataType.INT64, ErrorMode.WRAP, frame));
      }
      calls.add(
          WindowCall.over(
              WindowFunction.SEEN, WindowRows.VALUE, DataType.BOOLEAN, ErrorMode.WRAP, frame));
    }
    for (int count : new int[] {0, 1, 2, 8, 9, 255, 256, 257, 5000}) {
      List<Object[]> rows = WindowRows.sorted(count, DataType.INT32, 40);
      check(spec(DataType.INT32, List.of(WindowRows.PARTITION), calls), rows, 1000);
    }
  }

  /** One partition of all rows comes together over all batches. */
  @Test
  void keepsPartitionsThatSpanBatches() {
    DataType type = DataType.INT32;
    List<WindowCall> calls =
        List.of(
            WindowCall.rank(WindowFunction.ROW_NUMBER),
            WindowCall.over(
                WindowFunction.SUM,
                WindowRows.VALUE,
                DataType.INT64,
                ErrorMode.ANSI,
                FRAMES.get(1)),
            WindowCall.over(
                WindowFunction.MIN, WindowRows.VALUE, type, ErrorMode.WRAP, FRAMES.get(5)),
            WindowCall.over(
                WindowFunction.COUNT,
                WindowRows.VALUE,
                DataType.INT64,
                ErrorMode.WRAP,
                FRAMES.get(2)));
    check(spec(type, List.of(), calls), WindowRows.sorted(3000, type, 1), 100);
    check(spec(type, List.of(WindowRows.PARTITION), calls), WindowRows.sorted(3000, type, 3), 64);
  }

  @Test
  void saysWhichSumDoesNotFit() {
    DataType type = DataType.INT64;
    WindowCall wraps =
        WindowCall.over(WindowFunction.SUM, WindowRows.VALUE, type, ErrorMode.WRAP, FRAMES.get(0));
    WindowCall fails =
        WindowCall.over(WindowFunction.SUM, WindowRows.VALUE, type, ErrorMode.ANSI, FRAMES.get(1));
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      rows.add(new Object[] {null, i, Long.MAX_VALUE, true, 0L});
    }
    WindowSpec spec = spec(type, List.of(WindowRows.PARTITION), List.of(wraps, fails));
    assertThatThrownBy(() -> runner().computed(spec, rows, 10, 10))
        .isInstanceOfSatisfying(WindowOverflow.class, e -> assertThat(e.callIndex()).isEqualTo(1));
    check(spec(type, List.of(WindowRows.PARTITION), List.of(wraps)), rows, 10);
  }

  @Test
  void rowsThatWaitLeaveTheDeviceAndTooLargeAPartitionIsOneClearError() {
    DataType type = DataType.INT64;
    long buffers = OpenKronos.heldBuffers(open.kronos());
    WindowSpec spec = spec(type, List.of(), List.of(WindowCall.rank(WindowFunction.ROW_NUMBER)));
    List<Object[]> rows = WindowRows.sorted(9000, type, 1);
    open.kronos().memory().limitDevice(300_000);
    try {
      assertThatThrownBy(() -> runner().computed(spec, rows, 1000, 100_000))
          .isInstanceOf(KronosException.Exhausted.class)
          .hasMessageContaining("partition of a window does not fit the device");
    } finally {
      open.kronos().memory().limitDevice(Long.MAX_VALUE);
    }
    assertThat(OpenKronos.heldBuffers(open.kronos())).isEqualTo(buffers);
    open.kronos().memory().limitDevice(1_500_000);
    try {
      check(spec, rows, 1000);
    } finally {
      open.kronos().memory().limitDevice(Long.MAX_VALUE);
    }
  }
}

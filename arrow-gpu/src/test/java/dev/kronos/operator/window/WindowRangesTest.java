// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.Call;
import dev.kronos.expression.Cast;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.DateShift;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.expression.TimeFunction;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.RandomValues;
import dev.kronos.operator.ReferenceSort;
import dev.kronos.operator.ReferenceWindow;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.sort.NanPlacement;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.OrderSpec;
import dev.kronos.operator.sort.SortOrder;
import dev.kronos.operator.sort.SortSpec;
import dev.kronos.operator.window.WindowFrame.Bound;
import dev.kronos.operator.window.WindowFrame.Kind;
import dev.kronos.operator.window.WindowFrame.Range;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares frames whose bounds are values with pointers that plain Java moves row by row. */
class WindowRangesTest {
  private static final int KEY = 1;
  private static final int NUMBER = 2;

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();
  @TempDir Path folder;

  /** Names how rows of a partition are sorted. */
  private record Order(DataType type, SortOrder order, NullPlacement nulls) {
    SortSpec.Key key() {
      return new SortSpec.Key(KEY, order, nulls, NanPlacement.GREATEST);
    }

    Expression column() {
      return new ColumnReference(KEY, type, true);
    }
  }

  /**
   * Every kind of key, but for what has no distance and for decimals that leave no room for one.
   */
  static List<DataType> types() {
    return Layouts.TYPES.stream()
        .filter(type -> !List.of(DataType.BOOLEAN, DataType.STRING).contains(type))
        .map(type -> type.equals(DataType.decimal(38, 10)) ? DataType.decimal(37, 6) : type)
        .toList();
  }

  private static List<ColumnLayout> layouts(DataType type) {
    return List.of(
        Layouts.ARROW.of(DataType.STRING),
        Layouts.ARROW.of(type),
        Layouts.ARROW.of(DataType.INT32));
  }

  /** Draws keys that are close together, and edge values; numbers the sorted rows. */
  private static List<Object[]> rows(int count, Order order, int partitions) {
    RandomValues values = new RandomValues(count);
    Random random = new Random(count);
    List<Object[]> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Object key =
          random.nextInt(4) == 0
              ? values.next(order.type(), 8, 30)
              : number(order.type(), random.nextInt(100) - 50);
      rows.add(new Object[] {values.next(DataType.STRING, partitions, 10), key, 0});
    }
    SortSpec.Key partition =
        new SortSpec.Key(0, SortOrder.ASCENDING, NullPlacement.AT_START, NanPlacement.BESIDE_NULLS);
    SortSpec sort = new SortSpec(List.of(partition, order.key()));
    PipelineSpec all = new PipelineSpec(layouts(order.type()), List.of());
    List<Object[]> sorted = new ArrayList<>();
    for (List<Object> row :
        new ReferenceSort(new OrderSpec(all, sort, 3, OrderSpec.ALL)).apply(rows)) {
      sorted.add(new Object[] {row.get(0), row.get(1), sorted.size()});
    }
    return sorted;
  }

  private static Object number(DataType type, int value) {
    return switch (type.kind()) {
      case INT8 -> (byte) value;
      case INT16 -> (short) value;
      case INT64, TIMESTAMP, TIMESTAMP_NTZ -> (long) value;
      case FLOAT32 -> value / 4.0f;
      case FLOAT64 -> value / 4.0;
      case DECIMAL -> BigInteger.valueOf(value);
      default -> value;
    };
  }

  /** Returns the key that is compared, and a value so far from it. */
  private static Expression compared(Order order) {
    DataType type = order.type();
    return type.isDecimal()
        ? new Cast(
            order.column(), DataType.decimal(type.precision() + 1, type.scale()), ErrorMode.NULL)
        : order.column();
  }

  private static Bound away(Order order, int offset, ErrorMode mode) {
    DataType type = order.type();
    Expression key = compared(order);
    Expression moved =
        switch (type.kind()) {
          case DATE ->
              new DateShift(DateShift.Operator.ADD_DAYS, key, new Literal(DataType.INT32, offset));
          case TIMESTAMP, TIMESTAMP_NTZ ->
              Call.of(TimeFunction.ADD_MICROS, key, new Literal(DataType.INT64, (long) offset));
          default ->
              new Arithmetic(
                  Arithmetic.Operator.ADD,
                  key,
                  new Literal(type, number(type, offset)),
                  key.type(),
                  type.isDecimal() ? ErrorMode.NULL : mode);
        };
    return Bound.of(moved);
  }

  private static WindowFrame frame(Order order, Bound lower, Bound upper) {
    Range range = new Range(compared(order), order.order(), order.nulls());
    return new WindowFrame(lower, upper, range);
  }

  private static List<WindowFrame> frames(Order order, ErrorMode mode) {
    return List.of(
        frame(order, away(order, -3, mode), away(order, 2, mode)),
        frame(order, away(order, 1, mode), away(order, 100, mode)),
        frame(order, Bound.of(Kind.PEERS), away(order, 5, mode)),
        frame(order, Bound.of(Kind.START), away(order, -1, mode)),
        frame(order, away(order, -100, mode), Bound.of(Kind.END)));
  }

  private static WindowSpec spec(Order order, List<Integer> partition, List<WindowFrame> frames) {
    List<WindowCall> calls = new ArrayList<>();
    for (WindowFrame frame : frames) {
      calls.add(
          WindowCall.over(
              WindowFunction.COUNT, WindowCall.NONE, DataType.INT64, ErrorMode.WRAP, frame));
      calls.add(
          new WindowCall(
              WindowFunction.NTH,
              NUMBER,
              WindowCall.NONE,
              WindowCall.NONE,
              1,
              DataType.INT32,
              ErrorMode.WRAP,
              frame));
    }
    PipelineSpec pipeline = new PipelineSpec(layouts(order.type()), List.of());
    return new WindowSpec(pipeline, 3, partition, List.of(KEY), calls);
  }

  private void check(WindowSpec spec, List<Object[]> rows, int batchRows) {
    new WindowRunner(open.kronos(), folder).check(spec, rows, batchRows);
  }

  /** Sums wrap around, so that most keys of some types are far from their bounds. */
  @ParameterizedTest
  @MethodSource("types")
  void findsFramesOfKeysOfEveryType(DataType type) {
    for (SortOrder order : SortOrder.values()) {
      for (NullPlacement nulls : NullPlacement.values()) {
        Order sorted = new Order(type, order, nulls);
        List<WindowFrame> frames =
            frames(sorted, ErrorMode.WRAP).stream().filter(f -> !f.mayRaise()).toList();
        List<Object[]> rows = new ArrayList<>(rows(600, sorted, 4));
        if (frames.isEmpty()) {
          // Bounds of these types fail in every mode; here none does.
          frames = frames(sorted, ErrorMode.WRAP);
          rows.removeIf(row -> row[KEY] instanceof Long key && Math.abs(key / 2) > 1L << 61);
        }
        check(spec(sorted, List.of(0), frames), rows, 250);
      }
    }
  }

  @Test
  void findsFramesOfEverySize() {
    Order order = new Order(DataType.INT32, SortOrder.ASCENDING, NullPlacement.AT_START);
    List<WindowFrame> frames = frames(order, ErrorMode.WRAP);
    for (int count : new int[] {0, 1, 2, 255, 256, 257, 2047, 2048, 2049, 5000}) {
      List<Object[]> rows = rows(count, order, 3);
      check(spec(order, List.of(0), frames), rows, 1000);
      check(spec(order, List.of(), frames), sortedByKey(rows, order), 5000);
    }
  }

  private static List<Object[]> sortedByKey(List<Object[]> rows, Order order) {
    List<Object[]> sorted = new ArrayList<>(rows);
    sorted.sort((a, b) -> ReferenceSort.compare(order.key(), a[KEY], b[KEY]));
    return sorted;
  }

  /** Whether a row fails depends on where the pointers stand when its turn comes. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void failsWhereABoundIsComputedAndFails(int which) {
    int failures = 0;
    for (SortOrder direction : SortOrder.values()) {
      for (NullPlacement nulls : NullPlacement.values()) {
        Order order = new Order(DataType.INT8, direction, nulls);
        int sign = direction == SortOrder.ASCENDING ? 1 : -1;
        List<WindowFrame> frames =
            List.of(
                frame(order, away(order, -sign, ErrorMode.ANSI), away(order, sign, ErrorMode.ANSI)),
                frame(
                    order,
                    away(order, 100 * sign, ErrorMode.ANSI),
                    away(order, 101 * sign, ErrorMode.ANSI)),
                frame(order, Bound.of(Kind.PEERS), away(order, 3 * sign, ErrorMode.ANSI)),
                frame(order, Bound.of(Kind.START), away(order, 100 * sign, ErrorMode.ANSI)),
                frame(order, away(order, -100 * sign, ErrorMode.ANSI), Bound.of(Kind.END)));
        WindowSpec spec = spec(order, List.of(0), frames.subList(which, which + 1));
        for (int seed = 0; seed < 12; seed++) {
          failures += compareFailures(spec, fewRows(order, seed)) ? 1 : 0;
        }
      }
    }
    assertThat(failures).as("runs that fail").isBetween(1, 47);
  }

  private boolean compareFailures(WindowSpec spec, List<Object[]> rows) {
    long buffers = OpenKronos.heldBuffers(open.kronos());
    Throwable expected = catchThrowable(() -> new ReferenceWindow(spec).apply(rows));
    WindowRunner runner = new WindowRunner(open.kronos(), folder);
    if (expected == null) {
      runner.check(spec, rows, 100);
      return false;
    }
    assertThatThrownBy(() -> runner.computed(spec, rows, 100, 100))
        .isInstanceOf(FrameFailure.class)
        .hasMessage(expected.getMessage());
    assertThat(OpenKronos.heldBuffers(open.kronos())).isEqualTo(buffers);
    return true;
  }

  /** Makes partitions of few keys, some of them near the ends of the type. */
  private static List<Object[]> fewRows(Order order, int seed) {
    Random random = new Random(seed);
    byte[] keys = {-128, -127, -60, 0, 60, 126, 127};
    List<Object[]> rows = new ArrayList<>();
    for (Object[] row : rows(4 + seed, order, 3)) {
      int key = random.nextInt(9);
      rows.add(new Object[] {row[0], key < keys.length ? (Object) keys[key] : null, 0});
    }
    SortSpec.Key partition =
        new SortSpec.Key(0, SortOrder.ASCENDING, NullPlacement.AT_START, NanPlacement.BESIDE_NULLS);
    rows.sort(
        (a, b) -> {
          int first = ReferenceSort.compare(partition, a[0], b[0]);
          return first != 0 ? first : ReferenceSort.compare(order.key(), a[KEY], b[KEY]);
        });
    return rows;
  }

  @Test
  void refusesFramesThatAreNone() {
    Order order = new Order(DataType.INT32, SortOrder.ASCENDING, NullPlacement.AT_START);
    Bound value = away(order, 1, ErrorMode.WRAP);
    Bound end = Bound.of(Kind.END);
    assertThatThrownBy(() -> new WindowFrame(value, end))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageContaining("wrong key of a frame");
    assertThatThrownBy(() -> frame(order, Bound.of(Kind.START), end))
        .isInstanceOf(KronosException.InvalidArgument.class);
    assertThatThrownBy(() -> frame(order, new Bound(Kind.BEFORE, 1), value))
        .isInstanceOf(KronosException.InvalidArgument.class);
    assertThatThrownBy(() -> new Bound(Kind.VALUE, 0))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageContaining("wrong bound of a frame");
  }
}

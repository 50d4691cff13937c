// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Says what is computed over windows: a pipeline makes columns of the rows that come in, which are
 * sorted by partition and then by order keys; the first columns are given out, and behind them the
 * results. Immutable.
 *
 * @param pipeline makes the columns
 * @param outputs how many of these columns are given out; those behind them are only looked at
 * @param partition columns whose rows of equal values are one partition; none for one of all rows
 * @param order columns whose rows of equal values are peers in a partition; none for all of them.
 *     Floating keys of either kind are expected to be normalised, for they are compared by bits
 * @param calls what is computed
 */
public record WindowSpec(
    PipelineSpec pipeline,
    int outputs,
    List<Integer> partition,
    List<Integer> order,
    List<WindowCall> calls) {

  /**
   * Copies the lists and checks that columns exist and functions take them.
   *
   * @throws KronosException.InvalidArgument when they do not
   */
  public WindowSpec {
    partition = List.copyOf(partition);
    order = List.copyOf(order);
    calls = List.copyOf(calls);
    List<DataType> types = pipeline.outputTypes();
    int columns = types.size();
    IntStream keys = IntStream.concat(ints(partition), ints(order));
    if (outputs < 0 || outputs > columns || keys.anyMatch(k -> k < 0 || k >= columns)) {
      throw new KronosException.InvalidArgument(
          KronosException.message(
              "wrong extent of a window", "outputs", outputs, "columns", columns));
    }
    for (WindowCall call : calls) {
      call.frame().expressions().forEach(e -> PipelineSpec.checkReferences(e, types));
      if (!fits(call, types)) {
        throw new KronosException.InvalidArgument(
            KronosException.message("window function does not give this type", "call", call));
      }
    }
  }

  private static IntStream ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue);
  }

  private static boolean fits(WindowCall call, List<DataType> types) {
    if (Math.max(Math.max(call.argument(), call.looked()), call.otherwise()) >= types.size()) {
      return false;
    }
    DataType result = call.resultType();
    DataType argument = call.argument() < 0 ? null : types.get(call.argument());
    return switch (call.function()) {
      case ROW_NUMBER, RANK, DENSE_RANK -> result.equals(DataType.INT32);
      case COUNT -> result.equals(DataType.INT64);
      case SEEN -> result.equals(DataType.BOOLEAN);
      case SUM -> isSum(result, argument);
      case DISTANCES -> argument.equals(DataType.FLOAT64) && result.equals(argument);
      case BIT_AND, BIT_OR, BIT_XOR -> argument.isIntegral() && result.equals(argument);
      case MIN, MAX, NTH, LAST, BEFORE, AFTER -> result.equals(argument);
    };
  }

  private static boolean isSum(DataType result, DataType argument) {
    if (argument.isDecimal()) {
      return result.isDecimal() && result.scale() == argument.scale();
    }
    boolean isNarrow = argument.equals(DataType.INT32) && result.equals(argument);
    return argument.isFloating()
        ? result.equals(DataType.FLOAT64)
        : argument.isIntegral() && (isNarrow || result.equals(DataType.INT64));
  }

  /** Returns the columns whose rows of equal values are peers of one partition. */
  List<Integer> keys() {
    return Stream.concat(partition.stream(), order.stream()).distinct().toList();
  }

  /** Returns the same windows over source columns that are laid out otherwise. */
  public WindowSpec over(List<ColumnLayout> layouts) {
    return new WindowSpec(pipeline.over(layouts), outputs, partition, order, calls);
  }

  /** Returns the layouts of the results, as Arrow lays them out. */
  public List<ColumnLayout> resultLayouts() {
    return calls.stream()
        .map(
            call ->
                ArrowColumns.layout(
                    call.resultType(),
                    call.nullable() ? Nullability.NULLABLE : Nullability.NON_NULL))
        .toList();
  }
}

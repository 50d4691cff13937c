// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.operator.pipeline.ColumnWriter;
import dev.kronos.operator.pipeline.RegisterType;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what is prepared for all rows of a batch so that the result of every row and frame is a few
 * reads: running counts of rows that are looked at, running sums, and trees. Immutable.
 *
 * @param spec what is computed
 * @param layouts the columns that leave the pipeline
 * @param looks which rows are counted
 * @param sums columns of integers and decimals that are added up
 * @param floats floating point numbers that are added up
 * @param folds what trees are for
 * @param ranges frames that are found by values
 */
record WindowPlan(
    WindowSpec spec,
    List<ColumnLayout> layouts,
    List<Look> looks,
    List<Integer> sums,
    List<Floats> floats,
    List<Fold> folds,
    List<WindowFrame> ranges) {
  /** Stands for what needs no preparation. */
  static final int NONE = -1;

  /** Bits of a value that one running sum of 64 bits adds, so that 2^31 rows cannot wrap it. */
  static final int LIMB_BITS = 32;

  /** Results that one kernel writes: drivers take long to compile large kernels. */
  private static final int SLICE = 6;

  /** Names the rows where a column is not null or, of rows that are looked at, where it is true. */
  record Look(int column, boolean isTrue) {}

  /** Names a column of floating point numbers, or of their squares. */
  record Floats(int column, boolean squared) {}

  /** Names what combines the values of a column: their least or greatest, or bits of all. */
  record Fold(int column, WindowFunction function) {}

  static WindowPlan of(WindowSpec spec, List<ColumnLayout> projected) {
    List<ColumnLayout> layouts = ArrowColumns.layouts(projected);
    List<Look> looks = new ArrayList<>();
    List<Integer> sums = new ArrayList<>();
    List<Floats> floats = new ArrayList<>();
    List<Fold> folds = new ArrayList<>();
    List<WindowFrame> ranges = new ArrayList<>();
    List<Expression> columns = ColumnReference.toAll(layouts);
    for (WindowCall call : spec.calls()) {
      Look look = look(call, layouts);
      if (look != null && !looks.contains(look)) {
        looks.add(look);
      }
      boolean isExact = call.function() == WindowFunction.SUM && !call.resultType().isFloating();
      if (isExact && !sums.contains(call.argument())) {
        sums.add(call.argument());
      }
      floats(call).stream().filter(each -> !floats.contains(each)).forEach(floats::add);
      Fold fold = fold(call);
      if (fold != null && !folds.contains(fold)) {
        folds.add(fold);
      }
      WindowFrame frame = call.frame().over(columns);
      if (call.looksAtFrame() && frame.range() != null && !ranges.contains(frame)) {
        ranges.add(frame);
      }
    }
    return new WindowPlan(spec, layouts, looks, sums, floats, folds, ranges);
  }

  private static Look look(WindowCall call, List<ColumnLayout> layouts) {
    return switch (call.function()) {
      case COUNT, SEEN, SUM, DISTANCES, BIT_AND, BIT_OR, BIT_XOR ->
          call.argument() != WindowCall.NONE && layouts.get(call.argument()).nullable()
              ? new Look(call.argument(), false)
              : null;
      case NTH, LAST, BEFORE, AFTER ->
          call.looked() == WindowCall.NONE ? null : new Look(call.looked(), true);
      default -> null;
    };
  }

  /** Returns what a call has added up of floating point numbers: the squares of distances first. */
  private static List<Floats> floats(WindowCall call) {
    Floats plain = new Floats(call.argument(), false);
    if (call.function() == WindowFunction.DISTANCES) {
      return List.of(new Floats(call.argument(), true), plain);
    }
    boolean adds = call.function() == WindowFunction.SUM && call.resultType().isFloating();
    return adds ? List.of(plain) : List.of();
  }

  private static Fold fold(WindowCall call) {
    return call.function().folds() ? new Fold(call.argument(), call.function()) : null;
  }

  /** Returns which running count a call needs, or {@link #NONE} where it looks at all rows. */
  int lookOf(WindowCall call) {
    return looks.indexOf(look(call, layouts));
  }

  /** Returns which running sum a call needs. */
  int sumOf(WindowCall call) {
    return sums.indexOf(call.argument());
  }

  /** Returns which sums of tiles a call needs, that of squares first. */
  List<Integer> floatsOf(WindowCall call) {
    return floats(call).stream().map(floats::indexOf).toList();
  }

  /** Returns which tree a call needs. */
  int foldOf(WindowCall call) {
    return folds.indexOf(fold(call));
  }

  /** Returns which frame found by values a call has, or {@link #NONE} where it has another one. */
  int rangeOf(WindowCall call) {
    return ranges.indexOf(call.frame().over(ColumnReference.toAll(layouts)));
  }

  /** Returns how many running sums a sum needs, one for each {@link #LIMB_BITS} of a value. */
  int limbs(int sum) {
    return switch (RegisterType.of(type(sums.get(sum)))) {
      case INT -> 1;
      case LONG -> 2;
      default -> 4;
    };
  }

  /** Returns how many kernels write the results. */
  int slices() {
    return (spec.calls().size() + SLICE - 1) / SLICE;
  }

  /** Returns the index of the first call that a kernel writes the results of. */
  int firstOf(int slice) {
    return slice * SLICE;
  }

  /** Returns the calls that a kernel writes the results of. */
  List<WindowCall> callsOf(int slice) {
    return spec.calls().subList(firstOf(slice), Math.min(firstOf(slice + 1), spec.calls().size()));
  }

  /** Returns the layouts of the results that a kernel writes. */
  List<ColumnLayout> layoutsOf(int slice) {
    int first = firstOf(slice);
    return spec.resultLayouts().subList(first, first + callsOf(slice).size());
  }

  /** Returns the first counter of characters that a kernel counts. */
  int firstCharacters(int slice) {
    List<ColumnLayout> before = spec.resultLayouts().subList(0, firstOf(slice));
    return WindowRun.FIRST_CHARACTERS + ColumnWriter.stringCount(before);
  }

  DataType type(int column) {
    return layouts.get(column).type();
  }
}

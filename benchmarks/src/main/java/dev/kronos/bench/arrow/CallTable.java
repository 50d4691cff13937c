// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.column.DataType;
import dev.kronos.compute.Aggregates;
import dev.kronos.compute.Bits;
import dev.kronos.compute.Calculations;
import dev.kronos.compute.Choices;
import dev.kronos.compute.Comparisons;
import dev.kronos.compute.Conversions;
import dev.kronos.compute.CountMode;
import dev.kronos.compute.Cumulative;
import dev.kronos.compute.Distinct;
import dev.kronos.compute.Expressions;
import dev.kronos.compute.Functions;
import dev.kronos.compute.GroupAggregate;
import dev.kronos.compute.Grouping;
import dev.kronos.compute.JoinSide;
import dev.kronos.compute.Joins;
import dev.kronos.compute.LinearAlgebra;
import dev.kronos.compute.Logic;
import dev.kronos.compute.Matrix;
import dev.kronos.compute.Scalar;
import dev.kronos.compute.Selection;
import dev.kronos.compute.SortKey;
import dev.kronos.compute.Sorting;
import dev.kronos.compute.Strings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Lists one call or two of each family of functions, with the loop that does the same. */
final class CallTable {
  private static final String LOOP = "loop";

  private final Kronos kronos;
  private final CallData data;
  private final JavaLoops loops;
  private final List<CallCase> cases = new ArrayList<>();

  private CallTable(Kronos kronos, CallData data) {
    this.kronos = kronos;
    this.data = data;
    this.loops = new JavaLoops(data);
  }

  /** Returns the calls on a device; device and data stay the caller's. */
  static List<CallCase> of(Kronos kronos, CallData data) {
    CallTable table = new CallTable(kronos, data);
    table.rows();
    table.selections();
    table.reductions();
    table.groups();
    table.products();
    return List.copyOf(table.cases);
  }

  private void add(
      String family, String call, String loop, Supplier<Object> device, Supplier<Object> java) {
    cases.add(new CallCase(family, call, loop, data.longs.length, device, java));
  }

  private void rows() {
    FieldVector a = data.longVector;
    FieldVector b = data.otherVector;
    add("arithmetic", "add int64", LOOP, () -> new Calculations(kronos).add(a, b), loops::add);
    add("comparison", "less int64", LOOP, () -> new Comparisons(kronos).less(a, b), loops::less);
    add("logic", "invert", LOOP, () -> new Logic(kronos).invert(data.flagVector), loops::invert);
    add("bits", "bit_wise_xor int64", LOOP, () -> new Bits(kronos).xor(a, b), loops::xor);
    add(
        "casts",
        "cast int32 to float64",
        LOOP,
        () -> new Conversions(kronos).cast(data.intVector, DataType.FLOAT64),
        loops::cast);
    add(
        "choice",
        "if_else int64",
        LOOP,
        () -> new Choices(kronos).ifElse(data.flagVector, a, b),
        loops::ifElse);
    add(
        "strings",
        "starts_with",
        "String.startsWith",
        () -> new Strings(kronos).startsWith(data.wordVector, Scalar.of("a")),
        loops::startsWith);
  }

  private void selections() {
    FieldVector a = data.longVector;
    Selection selection = new Selection(kronos);
    add(
        "selection",
        "filter int64, half",
        LOOP,
        () -> selection.filter(a, data.flagVector, Selection.NullMask.DROP),
        loops::filter);
    add(
        "selection",
        "take int64, at random",
        LOOP,
        () -> selection.take(a, data.placeVector),
        loops::take);
    add(
        "sorting",
        "sort int64",
        "Arrays.sort",
        () -> new Sorting(kronos).sort(SortKey.ascending(a)),
        loops::sort);
    JoinSide left = new JoinSide(List.of(data.intVector), List.of(a));
    JoinSide right = new JoinSide(List.of(data.keyVector), List.of());
    add(
        "joins",
        "inner join with a tenth",
        "HashMap",
        () -> new Joins(kronos).inner(left, right).get(0),
        loops::join);
  }

  private void reductions() {
    Aggregates aggregates = new Aggregates(kronos);
    FieldVector a = data.longVector;
    add("aggregates", "sum int64", LOOP, () -> aggregates.sum(a).asLong(), loops::sum);
    add(
        "aggregates",
        "max float64",
        LOOP,
        () -> aggregates.max(data.doubleVector).asDouble(),
        loops::max);
    add(
        "running sums",
        "cumulative_sum int64",
        LOOP,
        () -> new Cumulative(kronos).sum(a, Cumulative.Nulls.SKIP),
        loops::runningSum);
    add("expressions", "sum(a * b) where c", LOOP, this::sumOfProducts, loops::sumOfProducts);
  }

  private Object sumOfProducts() {
    Expressions rows = Expressions.over(kronos, data.longVector, data.otherVector, data.flagVector);
    return rows.where(rows.column(2))
        .sum(Functions.MULTIPLY.of(rows.column(0), rows.column(1)))
        .asLong();
  }

  private void groups() {
    add("grouping", "group_by, sum of 1,000", "LinkedHashMap", this::groupSums, loops::groupSums);
    add(
        "grouping",
        "count_distinct int32",
        "HashSet",
        () -> new Distinct(kronos).countDistinct(data.intVector, CountMode.ALL),
        loops::countDistinct);
  }

  private Object groupSums() {
    VectorSchemaRoot groups =
        new Grouping(kronos)
            .groupBy(List.of(data.groupVector), List.of(GroupAggregate.sum(data.longVector)));
    groups.getVector(0).close();
    return groups.getVector(1);
  }

  private void products() {
    LinearAlgebra algebra = new LinearAlgebra(kronos);
    add(
        "matrices",
        "dot float64",
        LOOP,
        () -> algebra.dot(data.doubleVector, data.doubleVector).asDouble(),
        loops::dot);
    Matrix matrix = Matrix.of(data.matrixVector, CallData.SIDE, CallData.SIDE);
    cases.add(
        new CallCase(
            "matrices",
            "matmul float32, 256 by 256",
            "three loops",
            data.matrix.length,
            () -> algebra.matmul(matrix, matrix),
            loops::multiply));
  }
}

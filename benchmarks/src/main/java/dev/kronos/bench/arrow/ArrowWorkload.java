// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import dev.kronos.Kronos;
import dev.kronos.operator.aggregate.Function;
import dev.kronos.operator.pipeline.PrefixSum;
import dev.kronos.operator.product.Element;
import dev.kronos.operator.sort.KeyWidth;
import dev.kronos.operator.sort.SortBuffers.Rows;

/** Lists what is measured. The titles name the same rows in the files of peers. */
public enum ArrowWorkload {
  /** Signed 32-bit keys. */
  SORT_INT32(
      "sort int32",
      Unit.KEYS,
      (kronos, plan) -> new SortCell(kronos, plan.keys(), KeyWidth.INT32, Rows.NONE)),
  /** Signed 32-bit keys and the numbers of their rows. */
  SORT_INT32_ROWS(
      "sort int32 with rows",
      Unit.KEYS,
      (kronos, plan) -> new SortCell(kronos, plan.keys(), KeyWidth.INT32, Rows.NUMBERED)),
  /** Signed 64-bit keys. */
  SORT_INT64(
      "sort int64",
      Unit.KEYS,
      (kronos, plan) -> new SortCell(kronos, plan.keys(), KeyWidth.INT64, Rows.NONE)),
  /** Signed 64-bit keys and the numbers of their rows. */
  SORT_INT64_ROWS(
      "sort int64 with rows",
      Unit.KEYS,
      (kronos, plan) -> new SortCell(kronos, plan.keys(), KeyWidth.INT64, Rows.NUMBERED)),
  /** The sum of longs. */
  SUM_INT64(
      "sum int64",
      Unit.BYTES,
      (kronos, plan) -> new SumCell(kronos, plan.elements(Long.BYTES), SumCell.Type.INT64)),
  /** The sum of floats in double precision. */
  SUM_FLOAT32(
      "sum float32",
      Unit.BYTES,
      (kronos, plan) -> new SumCell(kronos, plan.elements(Float.BYTES), SumCell.Type.FLOAT32)),
  /** The sum of longs by the operator of all aggregates. */
  SUM_INT64_OPERATOR(
      "sum int64 by the operator", Unit.BYTES, aggregate(SumCell.Type.INT64, Function.SUM)),
  /** The sum of floats, rounded once from the exact one, by the operator of all aggregates. */
  SUM_FLOAT32_OPERATOR(
      "sum float32 by the operator", Unit.BYTES, aggregate(SumCell.Type.FLOAT32, Function.SUM)),
  /** The least long. */
  MIN_INT64("min int64", Unit.BYTES, aggregate(SumCell.Type.INT64, Function.MIN)),
  /** The greatest long. */
  MAX_INT64("max int64", Unit.BYTES, aggregate(SumCell.Type.INT64, Function.MAX)),
  /** The least float. */
  MIN_FLOAT32("min float32", Unit.BYTES, aggregate(SumCell.Type.FLOAT32, Function.MIN)),
  /** The greatest float. */
  MAX_FLOAT32("max float32", Unit.BYTES, aggregate(SumCell.Type.FLOAT32, Function.MAX)),
  /** A copy of longs. */
  COPY_INT64(
      "copy int64", Unit.BYTES, (kronos, plan) -> new CopyCell(kronos, plan.elements(Long.BYTES))),
  /** Half of longs, by a mask of bits. */
  FILTER_INT64("filter int64 by a mask", Unit.BYTES, filter(FilterCell.Condition.MASK)),
  /** Half of longs, by a comparison. */
  FILTER_INT64_COMPARED(
      "filter int64 by a comparison", Unit.BYTES, filter(FilterCell.Condition.COMPARISON)),
  /** Running sums of longs. */
  SCAN_INT64("scan int64", Unit.BYTES, scan(PrefixSum.Width.INT64, ScanCell.Way.TWO_PASSES)),
  /** Running sums of longs in one pass. */
  SCAN_INT64_LOOK_BACK(
      "scan int64, looking back", Unit.BYTES, scan(PrefixSum.Width.INT64, ScanCell.Way.LOOK_BACK)),
  /** Running sums of 32-bit integers. */
  SCAN_INT32("scan int32", Unit.BYTES, scan(PrefixSum.Width.INT32, ScanCell.Way.TWO_PASSES)),
  /** Running sums of 32-bit integers in one pass. */
  SCAN_INT32_LOOK_BACK(
      "scan int32, looking back", Unit.BYTES, scan(PrefixSum.Width.INT32, ScanCell.Way.LOOK_BACK)),
  /** Running sums of floats, added in double precision. */
  SCAN_FLOAT32(
      "scan float32",
      Unit.BYTES,
      (kronos, plan) ->
          new FloatScanCell(kronos, plan.elements(Float.BYTES), ScanCell.Way.TWO_PASSES)),
  /** The same in one pass. */
  SCAN_FLOAT32_LOOK_BACK(
      "scan float32, looking back",
      Unit.BYTES,
      (kronos, plan) ->
          new FloatScanCell(kronos, plan.elements(Float.BYTES), ScanCell.Way.LOOK_BACK)),
  /** Sums of longs by random 64-bit keys. */
  GROUP_SUM_10("sum int64 of 10 groups", Unit.KEYS, group(10)),
  /** The same of more groups than a workgroup gathers. */
  GROUP_SUM_10K("sum int64 of 10^4 groups", Unit.KEYS, group(10_000)),
  /** The same of more groups than caches hold. */
  GROUP_SUM_10M("sum int64 of 10^7 groups", Unit.KEYS, group(10_000_000)),
  /** Rows with a tenth as many of random 64-bit keys. */
  JOIN_INT64(
      "join int64",
      Unit.KEYS,
      (kronos, plan) -> new JoinCell(kronos, plan.joinRows(), JoinCell.Keys.SPARSE)),
  /** Rows with a tenth as many of 64-bit keys without gaps. */
  JOIN_INT64_DENSE(
      "join int64 without gaps",
      Unit.KEYS,
      (kronos, plan) -> new JoinCell(kronos, plan.joinRows(), JoinCell.Keys.DENSE)),
  /** The product of matrices of floats. */
  GEMM_F32("gemm float32", Unit.FLOPS, gemm(Element.FLOAT32)),
  /** The product of matrices of doubles. */
  GEMM_F64("gemm float64", Unit.FLOPS, gemm(Element.FLOAT64)),
  /** The product of matrices of halves, accumulated in floats. */
  GEMM_F16("gemm float16", Unit.FLOPS, gemm(Element.FLOAT16)),
  /** The product of matrices of upper halves of floats, accumulated in floats. */
  GEMM_BF16("gemm bfloat16", Unit.FLOPS, gemm(Element.BFLOAT16));

  /**
   * Says how much is measured.
   *
   * @param keys keys that are sorted, 1 or more
   * @param arrayBytes size of arrays that are reduced, filtered and scanned, 8 or more
   * @param joinRows rows that are joined with a tenth as many, and that are grouped, 1 or more
   * @param side rows and columns of matrices that are multiplied, 1 or more
   * @param repeats timed runs of each workload, 1 or more
   */
  public record Plan(int keys, long arrayBytes, int joinRows, int side, int repeats) {

    int elements(int sizeBytes) {
      return Math.toIntExact(arrayBytes / sizeBytes);
    }
  }

  /** Tells what a rate counts. */
  private enum Unit {
    KEYS("Gkeys/s"),
    BYTES("GB/s"),
    FLOPS("GFLOP/s");

    private final String text;

    Unit(String text) {
      this.text = text;
    }
  }

  /** Makes the data of a workload. */
  @FunctionalInterface
  private interface Maker {
    ArrowCell cell(Kronos kronos, Plan plan);
  }

  private final String title;
  private final Unit unit;
  private final Maker maker;

  ArrowWorkload(String title, Unit unit, Maker maker) {
    this.title = title;
    this.unit = unit;
    this.maker = maker;
  }

  private static Maker scan(PrefixSum.Width width, ScanCell.Way way) {
    return (kronos, plan) -> new ScanCell(kronos, plan.elements(width.sizeBytes()), width, way);
  }

  private static Maker aggregate(SumCell.Type type, Function function) {
    return (kronos, plan) ->
        new AggregateCell(kronos, plan.elements(type.sizeBytes()), type, function);
  }

  private static Maker filter(FilterCell.Condition condition) {
    return (kronos, plan) -> new FilterCell(kronos, plan.elements(Long.BYTES), condition);
  }

  private static Maker group(int groups) {
    return (kronos, plan) -> new GroupCell(kronos, plan.joinRows(), groups);
  }

  private static Maker gemm(Element element) {
    return (kronos, plan) -> new GemmCell(kronos, plan.side(), element);
  }

  /** Returns what reports call it. */
  public String title() {
    return title;
  }

  /** Returns what its rate counts, 10^9 of them a second. */
  public String rateUnit() {
    return unit.text;
  }

  /** Tells whether its rate counts bytes. */
  public boolean countsBytes() {
    return unit == Unit.BYTES;
  }

  /** Returns how many of what its rate counts one operation of so many elements and bytes has. */
  double work(long elements, double bytes) {
    return switch (unit) {
      case KEYS -> elements;
      case BYTES -> bytes;
      // Of square matrices: a multiplication and an addition for each element and column.
      case FLOPS -> 2.0 * elements * Math.sqrt((double) elements);
    };
  }

  /** Makes its data on a device. */
  ArrowCell cell(Kronos kronos, Plan plan) {
    return maker.cell(kronos, plan);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.Nullability;
import dev.kronos.compute.RunningPlan.Function;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.Expression;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.PrefixSum;
import dev.kronos.operator.scan.LookBackFloats;
import dev.kronos.operator.scan.LookBackScan;
import dev.kronos.operator.scan.LookBackScan.Help;
import dev.kronos.operator.scan.RunningScan;
import dev.kronos.operator.scan.RunningScan.Operation;
import dev.kronos.operator.scan.RunningScan.Reach;
import java.util.List;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Runs through a vector, as Arrow's {@code cumulative_sum}, {@code cumulative_min} and {@code
 * cumulative_max} do. Takes numbers of all types; sums of integers wrap around in their type, those
 * of decimals have 38 digits and are null where they need more.
 *
 * <p>Floating point sums are the same bits on every device, for the order of additions is fixed. Of
 * FLOAT64 it is 8 neighbours one after the other, then a tree over 256 of those, then tiles of 2048
 * in the same way; sums below the least normal number, and such values, count as zero. FLOAT32 is
 * added in double precision, 4 neighbours one after the other, then trees over 8192 and 262,144
 * values, and these one after the other; each result is rounded once. This is not the order of a
 * loop, so that results may differ from Arrow's in the last places. NaN spreads through sums;
 * minima and maxima pass over it.
 *
 * <p>Thread-safe. Errors: {@link KronosException.Unsupported} for other types, {@link
 * KronosException.Exhausted} when there is no room on the device. Cost: O(n) work and memory for n
 * values.
 */
public final class Cumulative {

  /** Says what a null does to the results behind it. */
  public enum Nulls {
    /** All behind the first null is null, Arrow's default. */
    SPREAD,
    /** A null stays null and changes nothing, Arrow's {@code skip_nulls}. */
    SKIP
  }

  private final Kronos kronos;
  private final Decoder decoder;

  /** Creates the functions of a device, which stays the caller's. */
  public Cumulative(Kronos kronos) {
    this(Decoder.none(kronos));
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public Cumulative(Kronos kronos, DictionaryProvider dictionaries) {
    this(Decoder.of(kronos, dictionaries));
  }

  private Cumulative(Decoder decoder) {
    this.decoder = decoder;
    this.kronos = decoder.kronos();
  }

  /**
   * Returns at each place the sum of the values up to it, its own included.
   *
   * @param values numbers; stay the caller's
   * @param nulls what nulls do
   * @return a vector of the same type, or of decimals of 38 digits, and length that the caller
   *     closes
   */
  public FieldVector sum(FieldVector values, Nulls nulls) {
    return run(values, nulls, Function.SUM, Reach.INCLUSIVE);
  }

  /** Returns at each place the sum of the values before it, as {@link #sum}; the first is 0. */
  public FieldVector sumBefore(FieldVector values, Nulls nulls) {
    return run(values, nulls, Function.SUM, Reach.EXCLUSIVE);
  }

  /**
   * Returns at each place the least of the values up to it, its own included.
   *
   * @param values numbers; stay the caller's
   * @param nulls what nulls do
   * @return a vector of the same type and length that the caller closes; the greatest value of the
   *     type, or infinity, where there is no number yet
   */
  public FieldVector min(FieldVector values, Nulls nulls) {
    return run(values, nulls, Function.MIN, Reach.INCLUSIVE);
  }

  /** Returns at each place the least of the values before it, as {@link #min}. */
  public FieldVector minBefore(FieldVector values, Nulls nulls) {
    return run(values, nulls, Function.MIN, Reach.EXCLUSIVE);
  }

  /**
   * Returns at each place the greatest of the values up to it, its own included.
   *
   * @param values numbers; stay the caller's
   * @param nulls what nulls do
   * @return a vector of the same type and length that the caller closes; the least value of the
   *     type, or minus infinity, where there is no number yet
   */
  public FieldVector max(FieldVector values, Nulls nulls) {
    return run(values, nulls, Function.MAX, Reach.INCLUSIVE);
  }

  /** Returns at each place the greatest of the values before it, as {@link #max}. */
  public FieldVector maxBefore(FieldVector values, Nulls nulls) {
    return run(values, nulls, Function.MAX, Reach.EXCLUSIVE);
  }

  private FieldVector run(FieldVector values, Nulls nulls, Function function, Reach reach) {
    return decoder.call(values, plain -> runPlain(plain, nulls, function, reach));
  }

  private FieldVector runPlain(FieldVector values, Nulls nulls, Function function, Reach reach) {
    Vectors vectors = new Vectors(List.of(values));
    DataType type = vectors.type(0);
    if (!TypeGroup.NUMBERS.contains(type)) {
      throw new KronosException.Unsupported(
          message("no running function of this type", "type", type));
    }
    RunningPlan plan = new RunningPlan(type, function);
    FieldVector result = run(vectors, plan, reach);
    if (nulls == Nulls.SPREAD) {
      spreadNulls(values, result);
    }
    return result;
  }

  private FieldVector run(Vectors vectors, RunningPlan plan, Reach reach) {
    HostBatch host = vectors.batch();
    try (Stream stream = kronos.newStream();
        ColumnBatch input = new BatchUpload(kronos, stream).upload(host)) {
      stream.submit();
      try (ColumnBatch wide = widened(vectors, input, plan);
          Column results = results(stream, wide, plan, reach)) {
        return download(vectors, input, results, plan);
      }
    }
  }

  /** Makes what runs, which may be the values themselves; the caller closes it. */
  private ColumnBatch widened(Vectors vectors, ColumnBatch input, RunningPlan plan) {
    boolean whole = input.columns().get(0).validity() == null;
    return whole && plan.takesValues()
        ? input.retain()
        : GroupPass.project(kronos, input, List.of(plan.widened(vectors.column(0))));
  }

  /** Runs through values without nulls; gives results that the caller closes. */
  private Column results(Stream stream, ColumnBatch wide, RunningPlan plan, Reach reach) {
    ColumnLayout layout = ColumnLayout.of(plan.wide(), Nullability.NON_NULL);
    if (wide.rows() == 0) {
      return new Column(layout, null, null, null, null, 0);
    }
    BufferSlice all = wide.columns().get(0).values();
    long sizeBytes = layout.storage().sizeBytes(wide.rows());
    try (BufferSlice values = BufferSlice.shared(all.buffer(), all.offset(), sizeBytes)) {
      BufferSlice results =
          plan.addsIntegers()
              ? sums(stream, values, plan.width(), reach)
              : running(stream, values, plan, reach);
      stream.submit();
      return new Column(layout, null, results, null, null, 0);
    }
  }

  private BufferSlice running(Stream stream, BufferSlice values, RunningPlan plan, Reach reach) {
    DeviceBuffer target = kronos.memory().allocate(Pool.DEVICE, values.sizeBytes());
    try {
      BufferSlice results = BufferSlice.whole(target);
      RunningScan.Task task = new RunningScan.Task(plan.operation(), reach, plan.neutralBits());
      if (task.operation() == Operation.SUM_FLOAT32 && LookBackFloats.suits(kronos)) {
        new LookBackFloats(kronos).record(stream, reach, values, results, Help.OF_OTHERS);
      } else {
        new RunningScan(kronos).record(stream, task, values, results);
      }
      return results;
    } catch (RuntimeException e) {
      target.close();
      throw e;
    }
  }

  /** Sums are those before each place and, one place further, those up to it. */
  private BufferSlice sums(Stream stream, BufferSlice values, PrefixSum.Width width, Reach reach) {
    long sizeBytes = values.sizeBytes();
    DeviceBuffer target = kronos.memory().allocate(Pool.DEVICE, sizeBytes + width.sizeBytes());
    try {
      if (LookBackScan.suits(kronos)) {
        new LookBackScan(kronos, width).record(stream, values, target, Help.OF_OTHERS);
      } else {
        int count = (int) (sizeBytes / width.sizeBytes());
        stream.copy(values.buffer(), values.offset(), target, 0, sizeBytes);
        new PrefixSum(kronos, width).record(stream, target, 0, count);
      }
    } catch (RuntimeException e) {
      target.close();
      throw e;
    }
    return new BufferSlice(target, reach == Reach.INCLUSIVE ? width.sizeBytes() : 0, sizeBytes);
  }

  /** Narrows the results, where they are wider, and gives them the nulls of the values. */
  private FieldVector download(
      Vectors vectors, ColumnBatch input, Column results, RunningPlan plan) {
    Column marked = withNullsOf(input.columns().get(0), results);
    ColumnBatch wide = new ColumnBatch(List.of(marked), input.rows());
    if (plan.givesResults()) {
      return download(vectors, wide, plan);
    }
    Expression narrowed = plan.narrowed(GroupInput.reference(GroupInput.layouts(wide), 0));
    try (ColumnBatch result = GroupPass.project(kronos, wide, List.of(narrowed))) {
      return download(vectors, result, plan);
    }
  }

  private FieldVector download(Vectors vectors, ColumnBatch result, RunningPlan plan) {
    return Projection.download(
            kronos, result, List.of(vectors.field(vectors.vector(0).getName(), plan.result())))
        .get(0);
  }

  /** Describes one column's values under another one's marks; both stay with their owners. */
  private static Column withNullsOf(Column marks, Column values) {
    ColumnLayout layout =
        new ColumnLayout(
            values.layout().type(),
            values.layout().storage(),
            marks.layout().validity(),
            marks.layout().nullability());
    return new Column(layout, marks.validity(), values.values(), null, null, marks.bitOffset());
  }

  /** Nulls of the values spread; a decimal sum that does not fit is null at its own place. */
  private static void spreadNulls(FieldVector values, FieldVector results) {
    int count = values.getValueCount();
    int first = 0;
    while (first < count && !values.isNull(first)) {
      first++;
    }
    for (int i = first; i < count; i++) {
      BitVectorHelper.unsetBit(results.getValidityBuffer(), i);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.HostBatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.operator.pipeline.AheadPipeline;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.OperatorCounters;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.operator.pipeline.SideColumns;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.project.ProjectBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Filters, projects and groups batches in one kernel each; the groups stay on the device until
 * {@link #finish}. Not thread-safe; any number of operators may work on one device at once.
 */
public final class HashAggregate implements AutoCloseable {
  /** How much one grouping holds: null marks of keys in one word, the rest in shared memory. */
  private static final List<Limit> LIMITS =
      List.of(
          new Limit(64, "group keys", spec -> spec.keys().size()),
          new Limit(200, "columns", HashAggregate::columns),
          new Limit(
              40,
              "sums of floating point numbers",
              spec -> (int) spec.calls().stream().filter(HashAggregate::sumsFloats).count()),
          // Each is finished in integers of 4,300 bits, by code of its own.
          new Limit(
              6,
              "means and products of pairs",
              spec -> (int) spec.calls().stream().filter(c -> c.function().isOfPairs()).count()),
          new Limit(
              255, "bits an item in a Bloom filter", spec -> mostOfBloom(spec, BloomHead::hashes)),
          // A column's strings are less than 2 GiB.
          new Limit(
              200_000_000,
              "words of 64 bits in a Bloom filter",
              spec -> mostOfBloom(spec, BloomHead::words)),
          // Kernels name every word: with twice as many a driver compiles for minutes.
          new Limit(
              210, "words of registers of distinct values a group", HashAggregate::distinctWords));

  private static final String KEYED_FILTERS = "Bloom filters of groups";

  private final Kronos kronos;
  private final AggregatePlan plan;
  private final List<ColumnLayout> inputs;
  private final SideColumns sides;
  private final ProjectBatch ahead;
  private final Resources resources = new Resources();
  private final Stream stream;
  private final BatchUpload upload;
  private final StatusArea status;
  private final GroupState state;
  private final BatchUpdate update;
  private final BatchPersist persist;
  private final BatchUnion union;
  private LeftRows leftRows;
  private long batches;
  private long rowsIn;
  private long rowsAhead;
  private long rowsOut;
  private boolean finished;

  /**
   * Creates the operator and compiles its kernel, or finds it compiled.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param spec what to compute
   * @throws KronosException.Unsupported when {@link #unsupported} gives a reason
   * @throws KronosException.Exhausted when there is no memory for the state
   */
  public HashAggregate(Kronos kronos, AggregateSpec spec) {
    this(kronos, spec, SideColumns.NONE);
  }

  /**
   * Creates an operator over batches beside tables.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param spec what to compute
   * @param sides columns of the layouts {@code spec.input().sides()}, which stay open as long as
   *     the operator
   * @throws KronosException.Unsupported when {@link #unsupported} gives a reason
   * @throws KronosException.Exhausted when there is no memory for the state
   */
  public HashAggregate(Kronos kronos, AggregateSpec spec, SideColumns sides) {
    unsupported(spec)
        .ifPresent(
            reason -> {
              throw new KronosException.Unsupported(reason);
            });
    this.kronos = kronos;
    this.inputs = spec.input().inputs();
    this.sides = sides;
    prepare(kronos, spec);
    AheadPipeline before = GroupingAhead.of(spec);
    this.plan =
        new AggregatePlan(
            kronos.device(), before == null ? spec : GroupingAhead.rest(spec, before));
    try {
      this.ahead =
          before == null ? null : resources.own(new ProjectBatch(kronos, before.pipeline(), sides));
      this.stream = resources.own(kronos.newStream());
      this.upload = new BatchUpload(kronos, stream);
      this.status =
          resources.own(new StatusArea(kronos.memory(), stream, AggregateResult.counters(plan)));
      this.state = resources.own(new GroupState(kronos, stream, plan, status));
      this.update = resources.own(new BatchUpdate(kronos, stream, plan, state, status));
      this.persist = resources.own(new BatchPersist(kronos, stream, plan, state, status));
      this.union = resources.own(new BatchUnion(kronos, stream, plan, state, status));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Has the kernels of an operator made in the background; see {@code Kernels.prepare}.
   *
   * @param kronos the device
   * @param spec what the operator is going to compute
   */
  public static void prepare(Kronos kronos, AggregateSpec spec) {
    kronos.kernels().prepare(spec, () -> AggregateKernels.of(kronos.device(), spec));
  }

  /** Returns which groupings are too large for a device, in the words of {@link #unsupported}. */
  public static List<String> limits() {
    List<String> limits = new ArrayList<>();
    LIMITS.forEach(limit -> limits.add(limit.exceeded()));
    limits.add(KEYED_FILTERS);
    return limits;
  }

  /** Returns why a grouping cannot run on a device, or nothing; needs no device. */
  public static Optional<String> unsupported(AggregateSpec spec) {
    for (Limit limit : LIMITS) {
      if (limit.counted().applyAsInt(spec) > limit.most()) {
        return Optional.of(limit.exceeded());
      }
    }
    return spec.keys().isEmpty() || mostOfBloom(spec, BloomHead::words) == 0
        ? Optional.empty()
        : Optional.of(KEYED_FILTERS);
  }

  /** Returns the most of something that a Bloom filter has; 0 where there is no filter. */
  private static int mostOfBloom(AggregateSpec spec, ToIntFunction<BloomHead> counted) {
    return spec.calls().stream()
        .filter(call -> call.function().isBloom())
        .mapToInt(call -> counted.applyAsInt(call.bloomHead()))
        .max()
        .orElse(0);
  }

  /** Bounds how many of something a grouping may have. */
  private record Limit(int most, String what, ToIntFunction<AggregateSpec> counted) {
    String exceeded() {
      return "more than " + most + " " + what;
    }
  }

  /** Counts columns but for those that are never null and therefore need no shared memory. */
  private static int columns(AggregateSpec spec) {
    long words = spec.calls().stream().filter(c -> c.function() == Function.DISTINCT_WORD).count();
    return spec.keys().size() + spec.calls().size() - (int) words;
  }

  private static int distinctWords(AggregateSpec spec) {
    return spec.calls().stream()
        .filter(call -> call.function().isDistinct())
        .map(c -> List.of(c.expressions(), DistinctShape.of(c.others())))
        .distinct()
        .mapToInt(kept -> ((DistinctShape) kept.get(1)).words())
        .sum();
  }

  private static boolean sumsFloats(AggregateCall call) {
    return call.function() == Function.SUM && call.argument().type().isFloating();
  }

  /**
   * Takes in a batch of host memory.
   *
   * @param batch stays the caller's; may change again as soon as this returns
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   * @throws KronosException.Exhausted when there is no room for all groups; the operator is then
   *     done for
   */
  public void add(HostBatch batch) {
    checkOpen();
    BatchBinding.check(inputs, batch);
    try (ColumnBatch uploaded = upload.upload(batch)) {
      requireAll(take(uploaded));
    }
  }

  /**
   * Takes in a batch that is on the device.
   *
   * @param batch stays the caller's
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   * @throws KronosException.Exhausted when there is no room for all groups; the operator is then
   *     done for
   */
  public void add(ColumnBatch batch) {
    checkOpen();
    BatchBinding.check(inputs, batch);
    requireAll(take(batch));
  }

  /**
   * Takes in the rows of a batch whose groups there is room for. A group that is given out has all
   * of its rows: from the first time that there was no room, rows of groups that were not there by
   * then are all left out, and are to be grouped by themselves.
   *
   * @param batch stays the caller's
   * @return the rows that were left out, in their order and in Arrow's layouts, which the caller
   *     closes; without rows when all were taken in
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed; the operator is then done
   *     for
   * @throws KronosException.Exhausted when there is no memory even so; the operator is then done
   *     for
   */
  public ColumnBatch addWhatFits(ColumnBatch batch) {
    checkOpen();
    BatchBinding.check(inputs, batch);
    int left = take(batch);
    if (left == 0) {
      return new ColumnBatch(List.of(), 0);
    }
    if (ahead != null && filters()) {
      // What was left out is numbered behind the filters that ran ahead.
      requireAll(left);
    }
    return leftRows().take(batch, update.leftOut(), left);
  }

  private LeftRows leftRows() {
    if (leftRows == null) {
      leftRows = resources.own(new LeftRows(kronos, inputs));
    }
    return leftRows;
  }

  private void requireAll(int left) {
    if (left > 0) {
      throw new KronosException.Exhausted(
          KronosException.message(
              "no room for all groups", "rowsLeft", left, "capacity", state.capacity()));
    }
  }

  /** Takes in what fits and returns how many rows were left out. */
  private int take(ColumnBatch batch) {
    if (ahead == null) {
      return group(sides.beside(batch));
    }
    rowsAhead += batch.rows();
    try (ColumnBatch computed = ahead.apply(batch)) {
      return group(computed);
    }
  }

  private int group(ColumnBatch batch) {
    int left = 0;
    if (batch.rows() > 0) {
      persist.beforeBatch(batch, rowsIn);
      left = update.run(batch, rowsIn, persist.reads());
      persist.afterBatch(batch, rowsIn, update.literals());
      union.afterBatch(batch);
    }
    batches++;
    rowsIn += batch.rows();
    return left;
  }

  /**
   * Gives out the groups: keys, then results; one row when there are no keys. Call once.
   *
   * @return a complete batch that the caller closes
   * @throws AggregateOverflow when a sum in mode ANSI does not fit its type
   */
  public ColumnBatch finish() {
    checkOpen();
    finished = true;
    AggregateResult result = new AggregateResult(kronos, stream, plan, state, status);
    ColumnBatch batch = result.emit(persist.reads(), rowsIn);
    rowsOut = batch.rows();
    return batch;
  }

  /**
   * Gives out, for each row of a batch, the results of the group that it belongs to. Sums that do
   * not fit are told by {@link #finish}, not here.
   *
   * @param batch rows of batches that were taken in; stays the caller's
   * @return a column for each call and as many rows as the batch, which the caller closes
   * @throws KronosException.Unsupported when there are no keys, or filters before the grouping, or
   *     sums of floating point numbers, which are rounded once for a group, not once a row, or
   *     results that are strings
   */
  public ColumnBatch lookUp(ColumnBatch batch) {
    checkOpen();
    BatchBinding.check(inputs, batch);
    if (!plan.grouped() || plan.sumsFloats() || plan.keepsStrings() || filters()) {
      throw new KronosException.Unsupported(
          "look-up needs keys, no filters, no float sums and no strings");
    }
    if (ahead == null) {
      return results(sides.beside(batch));
    }
    try (ColumnBatch computed = ahead.apply(batch)) {
      return results(computed);
    }
  }

  private boolean filters() {
    return !plan.pipeline().conditions().isEmpty()
        || (ahead != null && !ahead.counters().filterRows().isEmpty());
  }

  private ColumnBatch results(ColumnBatch batch) {
    AggregateResult result = new AggregateResult(kronos, stream, plan, state, status);
    return batch.rows() == 0
        ? result.empty(plan.keys().size())
        : new GroupLookup(kronos, stream, plan, state, status)
            .lookUp(batch, persist.reads(), rowsIn);
  }

  /** Returns the counts so far. */
  public OperatorCounters counters() {
    if (ahead != null) {
      List<Long> passed = ahead.counters().filterRows();
      return new OperatorCounters(batches, rowsAhead, rowsOut, passed, stream.counters());
    }
    List<Long> filterRows = new ArrayList<>();
    for (int i = 0; i < plan.pipeline().conditions().size(); i++) {
      filterRows.add(rowsIn == 0 ? 0L : status.counter(StateCode.FILTERS + i));
    }
    return new OperatorCounters(batches, rowsIn, rowsOut, filterRows, stream.counters());
  }

  private void checkOpen() {
    if (finished || resources.isClosed()) {
      throw new KronosException.Closed("aggregation is finished or closed");
    }
  }

  /** Frees the state. Idempotent. */
  @Override
  public void close() {
    resources.close();
  }
}

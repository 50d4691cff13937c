// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.operator.join.SideDivider.Division;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.OperatorCounters;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.pipeline.Resources;
import dev.kronos.spill.BatchStore;
import dev.kronos.spill.SpillMeter;
import dev.kronos.spill.StoredBatch;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Joins where the table of the build side does not fit the device. Both sides are divided by a hash
 * of their keys, and part after part is joined by itself while the others wait in a store; rows
 * with equal keys are in one part, so each part decides on its rows alone. A part that is still too
 * large is divided again by another hash. Where that does not help, for many rows have one key, the
 * build side of the part is joined in chunks. The first is the Grace hash join; see Kitsuregawa,
 * Tanaka and Moto-oka, "Application of Hash to Data Base Machine and Its Architecture", 1983.
 *
 * <p>Rows come out in another order than {@link HashJoin} has. Not thread-safe.
 */
public final class DividedJoin implements AutoCloseable {
  private static final int MOST_PARTS = 64;

  /** Parts where no budget says how much fits. */
  private static final int PARTS_WITHOUT_BUDGET = 16;

  /** Divisions, one after the other, of one row. */
  private static final int MOST_LEVELS = 4;

  private final Kronos kronos;
  private final JoinSpec spec;
  private final BuildPlan plan;
  private final SideDivider.Place place;
  private final Resources resources = new Resources();
  private final TableMaker maker;
  private final SideDivider build;
  private final SideDivider probe;
  private final int mostParts;
  private final long buildRows;
  private final Deque<JoinPart> parts = new ArrayDeque<>();
  private PartJoin current;
  private StreamCounters done;
  private boolean begun;
  private long rowsOut;

  /**
   * Divides the build side.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param spec the join, with keys and not null-aware; its probe side as the batches lie that will
   *     come
   * @param building has taken in the whole build side by the spec's build side, with the store; its
   *     batches become this operator's
   * @param store where batches wait; stays the caller's
   * @param meter counts what leaves the device
   * @throws KronosException.Unsupported when the join has no keys, or is null-aware
   */
  public DividedJoin(
      Kronos kronos, JoinSpec spec, JoinBuild building, BatchStore store, SpillMeter meter) {
    this(kronos, spec, building, new SideDivider.Place(store, meter), MOST_PARTS);
  }

  /** Creates the operator with a bound of its own for parts of one division, 2 or more. */
  DividedJoin(
      Kronos kronos, JoinSpec spec, JoinBuild building, SideDivider.Place place, int mostParts) {
    if (spec.probeKeys().isEmpty() || spec.type() == JoinType.NULL_AWARE_ANTI) {
      throw new KronosException.Unsupported("join that cannot be divided by its keys");
    }
    this.kronos = kronos;
    this.plan = building.plan();
    this.place = place;
    this.mostParts = mostParts;
    this.spec = overParts(spec);
    Deque<StoredBatch> waiting = building.release();
    this.buildRows = JoinPart.rows(waiting);
    try {
      maker = resources.own(new TableMaker(kronos, plan));
      Division division = new Division(0, count(waiting));
      build = resources.own(buildDivider(division));
      FusedPipeline source = FusedPipeline.of(spec.probe());
      probe = resources.own(new SideDivider(kronos, source, spec.probeKeys(), place, division));
      build.addAll(waiting);
    } catch (RuntimeException e) {
      JoinPart.drop(waiting);
      close();
      throw e;
    }
  }

  /** Returns the join of divided rows, which have passed the filters. */
  private static JoinSpec overParts(JoinSpec spec) {
    List<ColumnLayout> layouts = ArrowColumns.layouts(spec.probe().inputs());
    Project columns = new Project(FusedPipeline.of(spec.probe()).outputs());
    return new JoinSpec(
        spec.type(),
        spec.buildSide(),
        new PipelineSpec(layouts, List.of(columns)),
        spec.probeKeys(),
        spec.build(),
        spec.condition(),
        spec.outputs());
  }

  private SideDivider buildDivider(Division division) {
    PipelineSpec columns = new PipelineSpec(plan.layouts(), List.of());
    return new SideDivider(kronos, FusedPipeline.of(columns), plan.keys(), place, division);
  }

  private SideDivider probeDivider(Division division) {
    FusedPipeline columns = FusedPipeline.of(spec.probe());
    return new SideDivider(kronos, columns, spec.probeKeys(), place, division);
  }

  /** Returns into how many parts a build side is divided, so that each leaves some room. */
  private int count(Collection<StoredBatch> batches) {
    long tableBytes = JoinRoom.of(kronos.memory()).tableBytes();
    if (tableBytes == Long.MAX_VALUE) {
      return Math.min(mostParts, PARTS_WITHOUT_BUDGET);
    }
    long parts = 1 + 2 * TableMaker.sizeBytes(batches) / (1 + tableBytes);
    return (int) Math.max(2, Math.min(mostParts, parts));
  }

  /**
   * Takes in a batch of the probe side; all come before the first result.
   *
   * @param batch stays the caller's
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed in a filter or a key; the
   *     operator is then done for
   */
  public void add(ColumnBatch batch) {
    if (begun || resources.isClosed()) {
      throw new KronosException.Closed("join has begun to give out rows, or is closed");
    }
    probe.add(batch);
  }

  /**
   * Computes the next rows and waits for it.
   *
   * @return a complete batch of one row or more that the caller closes, or null when there is no
   *     more
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed in the condition or an
   *     output, naming the row of {@link #probed}; the operator is then done for
   * @throws KronosException.Exhausted when not even a small part fits the device
   */
  public ColumnBatch next() {
    if (!begun) {
      begun = true;
      keepParts(build, probe, new Division(0, build.parts()), buildRows);
    }
    while (current != null || open()) {
      ColumnBatch piece = current.next();
      if (piece != null) {
        rowsOut += piece.rows();
        return piece;
      }
      count(current.counters());
      endPart();
    }
    return null;
  }

  /**
   * Returns the batch of the probe side that is being joined: source columns in Arrow's layouts;
   * not to close. Null where no row of it is looked at.
   */
  public ColumnBatch probed() {
    return current == null ? null : current.probed();
  }

  /** Starts with the next part that something comes of. */
  private boolean open() {
    while (current == null && !parts.isEmpty()) {
      JoinPart part = parts.pop();
      try {
        if (!isIdle(part)) {
          start(part);
        }
      } finally {
        if (current == null) {
          part.close();
        }
      }
    }
    return current != null;
  }

  private boolean isIdle(JoinPart part) {
    boolean semi = spec.type() == JoinType.LEFT_SEMI;
    boolean probeAlone =
        spec.type().keepsUnmatched(spec.buildSide().other()) || (spec.keepsProbeOnly() && !semi);
    boolean buildAlone =
        spec.type().keepsUnmatched(spec.buildSide()) || (spec.keepsBuildOnly() && !semi);
    return (part.build().isEmpty() && !probeAlone) || (part.probe().isEmpty() && !buildAlone);
  }

  private void start(JoinPart part) {
    BuildTable table = table(part);
    if (table != null) {
      startWhole(part, table);
    } else if (isDivisible(part)) {
      divide(part);
    } else {
      current = new ChunkedPart(kronos, spec, plan, place, part);
    }
  }

  private void startWhole(JoinPart part, BuildTable table) {
    try {
      JoinPart.drop(part.build());
      current = new WholePart(kronos, spec, table, part);
    } finally {
      if (current == null) {
        table.close();
      }
    }
  }

  /** Makes the table of a part, or returns null where it does not fit. */
  private BuildTable table(JoinPart part) {
    if (TableMaker.sizeBytes(part.build()) > JoinRoom.of(kronos.memory()).tableBytes()) {
      return null;
    }
    try {
      return maker.ofStored(part.build());
    } catch (KronosException.Exhausted e) {
      // Other tasks have the room; less of it may be left. Chunks say when that is too little.
      return null;
    }
  }

  private static boolean isDivisible(JoinPart part) {
    return !part.heavy() && part.level() < MOST_LEVELS && part.buildRows() > TableChunks.LEAST_ROWS;
  }

  private void divide(JoinPart part) {
    Division division = new Division(part.level(), count(part.build()));
    long rows = part.buildRows();
    try (SideDivider ofBuild = buildDivider(division);
        SideDivider ofProbe = probeDivider(division)) {
      ofBuild.addAll(part.build());
      ofProbe.addAll(part.probe());
      keepParts(ofBuild, ofProbe, division, rows);
      count(List.of(ofBuild.counters(), ofProbe.counters()));
    }
  }

  private void keepParts(SideDivider ofBuild, SideDivider ofProbe, Division division, long ofRows) {
    for (int i = division.parts() - 1; i >= 0; i--) {
      Deque<StoredBatch> rows = ofBuild.take(i);
      boolean heavy = JoinPart.rows(rows) > ofRows - ofRows / 10;
      parts.push(new JoinPart(rows, ofProbe.take(i), division.level() + 1, heavy));
    }
  }

  private void count(List<StreamCounters> counters) {
    for (StreamCounters more : counters) {
      done = done == null ? more : done.plus(more);
    }
  }

  /** Returns the counts so far; filters are those of the probe side. */
  public OperatorCounters counters() {
    StreamCounters streams = maker.counters().plus(build.counters()).plus(probe.counters());
    return new OperatorCounters(
        probe.batches(),
        probe.rows(),
        rowsOut,
        probe.filterRows(),
        done == null ? streams : streams.plus(done));
  }

  private void endPart() {
    if (current != null) {
      PartJoin ended = current;
      current = null;
      ended.close();
    }
  }

  /** Frees what the operator holds; batches given out stay valid. Idempotent. */
  @Override
  public void close() {
    endPart();
    parts.forEach(JoinPart::close);
    parts.clear();
    resources.close();
  }
}

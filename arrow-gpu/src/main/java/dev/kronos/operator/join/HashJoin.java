// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.HostBatch;
import dev.kronos.operator.join.JoinRun.JoinKernel;
import dev.kronos.operator.pipeline.AheadPipeline;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.ColumnWriter;
import dev.kronos.operator.pipeline.OperatorCounters;
import dev.kronos.operator.pipeline.OutputCode;
import dev.kronos.operator.pipeline.SideColumns;
import dev.kronos.operator.project.ProjectBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Joins batches of the probe side with a table of the build side. The table is shared, all else is
 * the join's own: also the marks of build rows that found a match, so that a join that puts out
 * build rows without a match must see the whole probe side. Not thread-safe; any number of joins
 * may work on one device and one table at once.
 *
 * <pre>
 *   try (JoinBuild build = new JoinBuild(kronos, spec.build())) {
 *     build.add(batch); ...
 *     try (BuildTable table = build.finish();
 *         HashJoin join = new HashJoin(kronos, spec, table)) {
 *       try (JoinedBatches pieces = join.probe(batch)) {
 *         for (ColumnBatch piece = pieces.next(); piece != null; piece = pieces.next()) { ... }
 *       } ...
 *       try (JoinedBatches rest = join.finish()) { ... }
 *     }
 *   }
 * </pre>
 */
public final class HashJoin implements AutoCloseable {
  /** Rows of a piece unless the caller says otherwise. */
  public static final int DEFAULT_PIECE_ROWS = 1 << 20;

  private static final int MOST_COLUMNS = 200;
  private static final int MOST_KEYS = 64;
  private static final String TOO_WIDE = "more than " + MOST_COLUMNS + " columns";
  private static final String TOO_MANY_KEYS = "more than " + MOST_KEYS + " keys";

  private final JoinRun run;
  private final List<ColumnLayout> inputs;
  private final SideColumns sides;
  private final ProjectBatch ahead;
  private final BatchUpload upload;
  private final Prober prober;
  private GivenPieces pieces;
  private long batches;
  private long rowsIn;
  private long rowsOut;
  private boolean finished;
  private boolean incomplete;

  /**
   * Creates the operator and compiles its kernels, or finds them compiled.
   *
   * @param kronos the device; stays the caller's and outlives the operator
   * @param spec what to compute
   * @param table the build side, built by a spec that equals {@code spec.build()}; the join takes a
   *     reference of its own
   * @throws KronosException.Unsupported when {@link #unsupported(JoinSpec)} gives a reason
   * @throws KronosException.InvalidArgument when the table is of another spec
   */
  public HashJoin(Kronos kronos, JoinSpec spec, BuildTable table) {
    this(kronos, spec, table, DEFAULT_PIECE_ROWS);
  }

  /**
   * Creates the operator with a bound of its own for pieces.
   *
   * @param pieceRows most rows of a piece, 1 or more
   */
  public HashJoin(Kronos kronos, JoinSpec spec, BuildTable table, int pieceRows) {
    this(kronos, spec, table, SideColumns.NONE, pieceRows);
  }

  /**
   * Creates an operator whose probe side lies beside other tables.
   *
   * @param sides columns of the layouts {@code spec.probe().sides()}, which stay open as long as
   *     the operator
   */
  public HashJoin(
      Kronos kronos, JoinSpec spec, BuildTable table, SideColumns sides, int pieceRows) {
    require(unsupported(spec));
    if (pieceRows < 1) {
      throw new KronosException.InvalidArgument(
          message("wrong number of rows a piece", "pieceRows", pieceRows));
    }
    if (!table.spec().equals(spec.build())) {
      throw new KronosException.InvalidArgument(
          message("table of another build side", "expected", spec.build(), "found", table.spec()));
    }
    this.inputs = spec.probe().inputs();
    this.sides = sides;
    prepare(kronos, spec, table);
    AheadPipeline before = JoinAhead.of(spec);
    JoinPlan plan = new JoinPlan(before == null ? spec : JoinAhead.rest(spec, before), table);
    this.run = new JoinRun(kronos, plan, table, pieceRows);
    try {
      this.ahead =
          before == null ? null : run.own(new ProjectBatch(kronos, before.pipeline(), sides));
      this.upload = new BatchUpload(kronos, run.stream());
      this.prober = plan.isByRow() ? new RowProber(run) : new PairProber(run);
    } catch (RuntimeException e) {
      run.close();
      throw e;
    }
  }

  /**
   * Has kernels made in the background, before there is a table, that an operator is likely to
   * need: those for a table in which no key has several rows, and keys number its slots where their
   * types allow it; see {@code Kernels.prepare}.
   *
   * @param kronos the device
   * @param spec what the operator is going to compute
   */
  public static void prepare(Kronos kronos, JoinSpec spec) {
    JoinBuild.prepare(kronos, spec.build());
    boolean numbersSlots = new BuildPlan(spec.build()).numbersSlots();
    prepare(kronos, new JoinKernels.Variant(spec, true, numbersSlots));
  }

  /**
   * Has the kernels of an operator made in the background, for a table that is there.
   *
   * @param kronos the device
   * @param spec what the operator is going to compute
   * @param table the build side
   */
  public static void prepare(Kronos kronos, JoinSpec spec, BuildTable table) {
    prepare(kronos, JoinKernels.Variant.of(spec, table));
  }

  private static void prepare(Kronos kronos, JoinKernels.Variant variant) {
    kronos.kernels().prepare(variant, () -> JoinKernels.of(variant));
  }

  /** Returns why a join cannot run on a device, or nothing; needs no device. */
  public static Optional<String> unsupported(JoinSpec spec) {
    if (spec.outputs().size() > MOST_COLUMNS) {
      return Optional.of(TOO_WIDE);
    }
    return JoinAhead.unsupported(spec).or(() -> unsupported(spec.build()));
  }

  /** Returns why a build side cannot be on a device, or nothing; needs no device. */
  public static Optional<String> unsupported(BuildSpec spec) {
    if (spec.keys().size() > MOST_KEYS) {
      return Optional.of(TOO_MANY_KEYS);
    }
    return ProjectBatch.unsupported(new BuildPlan(spec).pipeline());
  }

  /** Returns which joins are too large for a device, in the words of {@link #unsupported}. */
  public static List<String> limits() {
    List<String> limits = new ArrayList<>(List.of(TOO_WIDE, TOO_MANY_KEYS));
    limits.addAll(JoinAhead.limits());
    return limits;
  }

  static void require(Optional<String> unsupported) {
    unsupported.ifPresent(
        reason -> {
          throw new KronosException.Unsupported(reason);
        });
  }

  /**
   * Joins a batch of host memory.
   *
   * @param batch of the probe side; stays the caller's and as it is until the pieces are closed
   * @return the pieces, which the caller closes before the next call
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed in a filter or a key; the
   *     operator is then done for
   */
  public JoinedBatches probe(HostBatch batch) {
    requireOpen();
    BatchBinding.check(inputs, batch);
    ColumnBatch uploaded = upload.upload(batch);
    if (ahead != null) {
      try (uploaded) {
        return startComputed(uploaded);
      }
    }
    return startOwned(uploaded);
  }

  /**
   * Joins a batch that is on the device.
   *
   * @param batch of the probe side; stays the caller's, and open until the pieces are closed
   * @return the pieces, which the caller closes before the next call
   * @throws dev.kronos.operator.pipeline.RowFailure when a row failed in a filter or a key; the
   *     operator is then done for
   */
  public JoinedBatches probe(ColumnBatch batch) {
    requireOpen();
    BatchBinding.check(inputs, batch);
    return ahead == null ? start(batch, null) : startComputed(batch);
  }

  private JoinedBatches startComputed(ColumnBatch batch) {
    return startOwned(ahead.apply(batch));
  }

  private JoinedBatches startOwned(ColumnBatch batch) {
    try {
      return start(batch, batch);
    } catch (RuntimeException e) {
      batch.close();
      throw e;
    }
  }

  private JoinedBatches start(ColumnBatch batch, ColumnBatch owned) {
    batches++;
    rowsIn += batch.rows();
    if (batch.rows() == 0 || nothingMatches()) {
      return give(null, owned);
    }
    run.begin(ahead == null ? sides.beside(batch) : batch);
    return give(prober.probe(), owned);
  }

  /** Tells whether a null key makes every answer unknown. */
  private boolean nothingMatches() {
    return run.plan().spec().type() == JoinType.NULL_AWARE_ANTI
        && run.table().index().nullKeys() > 0;
  }

  private JoinedBatches give(JoinedBatches found, ColumnBatch owned) {
    pieces = new GivenPieces(found, owned);
    return pieces;
  }

  /** Watches over pieces: counts rows, and lets the batch go in the end. */
  private final class GivenPieces implements JoinedBatches {
    private final JoinedBatches found;
    private final ColumnBatch owned;
    private boolean exhausted;

    GivenPieces(JoinedBatches found, ColumnBatch owned) {
      this.found = found;
      this.owned = owned;
      this.exhausted = found == null;
    }

    @Override
    public ColumnBatch next() {
      if (pieces != this || run.isClosed()) {
        throw new KronosException.Closed("pieces of a join used after close");
      }
      ColumnBatch piece = exhausted ? null : found.next();
      exhausted = piece == null;
      rowsOut += exhausted ? 0 : piece.rows();
      return piece;
    }

    @Override
    public void close() {
      if (pieces != this) {
        return;
      }
      pieces = null;
      incomplete |= !exhausted;
      run.end();
      if (owned != null) {
        owned.close();
      }
    }
  }

  /**
   * Gives out the rows of the build side that depend on the whole probe side: those without a match
   * of an outer join, those that a semi, anti or existence join keeps. Nothing for other joins.
   * Call once, after the last batch, of which all pieces were taken.
   *
   * @return the pieces, which the caller closes
   * @throws KronosException.InvalidArgument when pieces were dropped and matches are not known
   */
  public JoinedBatches finish() {
    requireOpen();
    finished = true;
    JoinPlan plan = run.plan();
    if (!plan.marksBuild() || run.table().rows() == 0) {
      return give(null, null);
    }
    if (incomplete) {
      throw new KronosException.InvalidArgument("pieces of a join were dropped before its end");
    }
    OutputCode output =
        new OutputCode(plan.spec().outputLayouts(), JoinCode.characters(plan) + strings());
    JoinKernel writing = run.compile(JoinCode.writeBuild(plan, output));
    int rows = run.table().rows();
    if (plan.spec().type() == JoinType.EXISTENCE) {
      run.selected().reserve(1);
      return give(new RowPieces(run, writing, run.writer(1, writing), null, rows), null);
    }
    Selector selector = new Selector(run);
    selector.skip();
    int selected = selector.select(run.compile(JoinCode.markedBuild(plan)), rows);
    ColumnWriter writer = run.writer(1, writing);
    return give(new RowPieces(run, writing, writer, run.selected().rows(), selected), null);
  }

  private int strings() {
    return ColumnWriter.stringCount(run.plan().spec().outputLayouts());
  }

  /** Returns the counts so far; filters are those of the probe side. */
  public OperatorCounters counters() {
    if (ahead != null) {
      List<Long> passed = ahead.counters().filterRows();
      long rows = ahead.counters().rowsIn();
      return new OperatorCounters(batches, rows, rowsOut, passed, run.stream().counters());
    }
    List<Long> filterRows = new ArrayList<>();
    for (int i = 0; i < run.plan().probe().conditions().size(); i++) {
      filterRows.add(run.status().counter(JoinCode.FILTERS + i));
    }
    return new OperatorCounters(batches, rowsIn, rowsOut, filterRows, run.stream().counters());
  }

  private void requireOpen() {
    if (finished || run.isClosed()) {
      throw new KronosException.Closed("join is finished or closed");
    }
    if (pieces != null) {
      throw new KronosException.InvalidArgument("pieces of the batch before are not closed");
    }
  }

  /** Frees what the join holds, and its reference to the table; pieces given out stay valid. */
  @Override
  public void close() {
    if (pieces != null) {
      pieces.close();
    }
    run.close();
  }
}

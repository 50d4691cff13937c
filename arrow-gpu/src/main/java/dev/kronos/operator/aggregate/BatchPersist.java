// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.LiteralBuffer;
import dev.kronos.operator.pipeline.StatusArea;
import java.util.ArrayList;
import java.util.List;

/** Copies what the state still needs of a batch, before the batch goes away. */
final class BatchPersist implements AutoCloseable {
  /**
   * A word of a float sum, or of moments, holds 2^29 additions before carries must be propagated; a
   * row that stands for several values makes more than one to a word of higher powers.
   */
  private static final long ROWS_BETWEEN_CARRIES = 1L << 28;

  private final Kronos kronos;
  private final Stream stream;
  private final AggregatePlan plan;
  private final GroupState state;
  private final StatusArea status;
  private final StringArena arena;
  private final KeptStrings kept;
  private Kernel kernel;
  private LiteralBuffer literals;
  private long charactersBefore;
  private long rowsSinceCarries;

  BatchPersist(
      Kronos kronos, Stream stream, AggregatePlan plan, GroupState state, StatusArea status) {
    this.kronos = kronos;
    this.stream = stream;
    this.plan = plan;
    this.state = state;
    this.status = status;
    this.arena = new StringArena(kronos.memory());
    this.kept = new KeptStrings(kronos, stream, plan, state, status);
  }

  /** Returns the accesses of a dispatch that reads the strings of keys and of chosen rows. */
  List<Access> reads() {
    List<Access> reads = new ArrayList<>(arena.reads());
    reads.addAll(kept.reads());
    return reads;
  }

  /** Carries in float sums where the rows of the batch to come could overflow a word. */
  void beforeBatch(ColumnBatch batch, long rowBase) {
    if (plan.sumsFloats() && rowsSinceCarries + batch.rows() > ROWS_BETWEEN_CARRIES) {
      record(batch, rowBase, 0, PersistCode.NORMALISE, List.of());
      rowsSinceCarries = 0;
    }
    rowsSinceCarries += batch.rows();
  }

  /**
   * Copies strings of new groups and values of chosen rows; often nothing to do. Waits where chosen
   * rows have strings.
   *
   * @param literals where strings may lie besides the batch
   */
  void afterBatch(ColumnBatch batch, long rowBase, List<Access> literals) {
    long characters = plan.grouped() ? status.counter(StateCode.CHARACTERS) : 0;
    if (characters > charactersBefore || plan.keepsRows()) {
      record(batch, rowBase, characters - charactersBefore, 0, literals);
      charactersBefore = characters;
      if (plan.keepsStrings()) {
        status.recordRead(stream);
        stream.submit().await();
        kept.take(rowBase, sources(batch));
      } else {
        stream.submit();
      }
    }
  }

  /** Returns reads of where strings that the kernel evaluated lie. */
  private List<Access> sources(ColumnBatch batch) {
    List<Access> sources = new ArrayList<>(literals.accesses());
    BatchBinding.addReads(sources, batch);
    return sources;
  }

  private void record(
      ColumnBatch batch, long rowBase, long characters, int flags, List<Access> strings) {
    if (kernel == null) {
      PersistCode code = new PersistCode(plan);
      kernel = kronos.kernels().compile(code.source());
      literals = new LiteralBuffer(kronos.memory(), stream, code.literals());
    }
    List<Access> accesses = new ArrayList<>(literals.accesses());
    Arguments arguments = Arguments.builder();
    literals.put(arguments);
    state.put(arguments, rowBase);
    arguments.putLong(characters > 0 ? arena.take(characters) : 0).putLong(charactersBefore);
    accesses.addAll(strings);
    accesses.addAll(arena.writes());
    BatchBinding.put(arguments, batch);
    BatchBinding.addReads(accesses, batch);
    stream.dispatch(state.overSlots(kernel, arguments, accesses, flags, status));
  }

  @Override
  public void close() {
    arena.close();
    kept.close();
    if (literals != null) {
      literals.close();
    }
  }
}

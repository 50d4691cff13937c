// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.spill.StoredBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Joins a part whose build side is too large for a table and cannot be divided by its keys, since
 * too many rows have one of them: chunk after chunk, as {@link ChunkSpecs} says.
 */
final class ChunkedPart implements PartJoin {
  private final Kronos kronos;
  private final SideDivider.Place place;
  private final ChunkSpecs specs;
  private final JoinPart part;
  private final TableChunks chunks;
  private final Deque<Runnable> planned = new ArrayDeque<>();
  private final List<StreamCounters> counters = new ArrayList<>();

  /** Batches of the probe side that were joined and are needed again, or null. */
  private Deque<StoredBatch> again;

  /** Rows of the probe side without a match so far, or null before they are known. */
  private Deque<StoredBatch> rest;

  /** Those without a match in the chunk either, or null while pieces are results. */
  private Deque<StoredBatch> left;

  private BuildTable table;
  private JoinPass pass;
  private Deque<StoredBatch> source;
  private boolean last;

  /** Takes over the part; nothing where it fails. */
  ChunkedPart(
      Kronos kronos, JoinSpec spec, BuildPlan plan, SideDivider.Place place, JoinPart part) {
    this.kronos = kronos;
    this.place = place;
    this.specs = ChunkSpecs.of(spec);
    this.part = part;
    this.chunks = new TableChunks(kronos, plan, place, part.build());
  }

  @Override
  public ColumnBatch next() {
    while (pass != null || start()) {
      ColumnBatch piece = pass.next();
      if (piece == null) {
        counters.add(pass.counters());
        endPass();
      } else if (left == null) {
        return piece;
      } else {
        left.add(place.add(piece));
      }
    }
    return null;
  }

  @Override
  public ColumnBatch probed() {
    return pass == null ? null : pass.probed();
  }

  private boolean start() {
    if (planned.isEmpty() && !plan()) {
      return false;
    }
    planned.remove().run();
    return true;
  }

  /** Makes the next table and plans what is done with it. */
  private boolean plan() {
    closeTable();
    if (last) {
      return false;
    }
    table = chunks.next();
    last = table == null;
    if (last && specs.last() != null) {
      table = chunks.empty();
      planned.add(() -> begin(specs.last(), unmatched(), null));
    } else if (!last) {
      planChunk();
    }
    return !planned.isEmpty();
  }

  private void planChunk() {
    if (specs.matches() != null) {
      planned.add(
          () ->
              begin(
                  specs.matches(),
                  specs.ofRest() ? unmatched() : part.probe(),
                  new ArrayDeque<>()));
    }
    if (specs.rest() != null) {
      planned.add(this::beginRest);
    }
  }

  private Deque<StoredBatch> unmatched() {
    return rest == null ? part.probe() : rest;
  }

  private void beginRest() {
    boolean needed = rest == null && !specs.ofRest();
    begin(specs.rest(), unmatched(), needed ? new ArrayDeque<>() : null);
    left = new ArrayDeque<>();
  }

  private void begin(JoinSpec spec, Deque<StoredBatch> batches, Deque<StoredBatch> done) {
    source = batches;
    again = done;
    pass = new JoinPass(kronos, spec, table, batches, done);
  }

  private void endPass() {
    pass.close();
    pass = null;
    if (again != null) {
      source.addAll(again);
      again = null;
    }
    if (left != null) {
      rest = left;
      left = null;
    }
  }

  private void closeTable() {
    if (table != null) {
      table.close();
      table = null;
    }
  }

  @Override
  public List<StreamCounters> counters() {
    return counters;
  }

  @Override
  public void close() {
    if (pass != null) {
      pass.close();
      pass = null;
    }
    Stream.of(again, rest, left).filter(Objects::nonNull).forEach(JoinPart::drop);
    closeTable();
    chunks.close();
    part.close();
  }
}

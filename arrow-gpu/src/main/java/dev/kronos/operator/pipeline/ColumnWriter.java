// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.Kronos;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.Storage;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Stream;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs kernels of {@link OutputCode} and gives their columns as batches. The status area has one
 * counter of characters for each string column, from {@code firstCounter} on. Not thread-safe; the
 * device, stream and area stay the operator's.
 */
public final class ColumnWriter {
  private final Kronos kronos;
  private final Stream stream;
  private final StatusArea status;
  private final List<ColumnLayout> layouts;
  private final int firstCounter;
  private final long[] characters;
  private boolean fails = true;
  private boolean deferred;

  /** Creates a writer of columns with Arrow layouts. */
  public ColumnWriter(
      Kronos kronos,
      Stream stream,
      StatusArea status,
      List<ColumnLayout> layouts,
      int firstCounter) {
    this.kronos = kronos;
    this.stream = stream;
    this.status = status;
    this.layouts = List.copyOf(layouts);
    this.firstCounter = firstCounter;
    this.characters = new long[stringCount(layouts)];
  }

  /**
   * Says that no row fails in the kernel. Where no column is of strings either, nobody waits for a
   * batch then: work on any stream may use it at once.
   *
   * @return this writer
   */
  public ColumnWriter withoutFailures() {
    fails = false;
    return this;
  }

  /**
   * Leaves the last submission of a batch to the owner of the stream, and the look at rows that may
   * have failed, but for batches with strings: {@code StatusArea.checkRows} once it is done.
   *
   * @return this writer
   */
  public ColumnWriter deferred() {
    deferred = true;
    return this;
  }

  /** Does as {@link #withoutFailures} where the text of the kernel has no failures. */
  public ColumnWriter of(ShaderSource source) {
    return KernelText.mayFail(source) ? this : withoutFailures();
  }

  /** Returns how many columns are strings, each of which needs a counter. */
  public static int stringCount(List<ColumnLayout> layouts) {
    return (int) layouts.stream().filter(layout -> layout.storage() == Storage.UTF8).count();
  }

  /**
   * Writes a batch, and waits for it where its characters must be counted or a row may fail.
   *
   * @param rows rows to be written, 0 or more; nothing runs for 0
   * @param sources reads of all that strings of the batch may point to, but for what is made
   * @param recorder records the dispatch that writes the columns it is given
   * @return a complete batch that the caller closes
   * @throws RowFailure when a row failed; the status area is then done for
   */
  public ColumnBatch write(int rows, List<Access> sources, Consumer<OutputColumns> recorder) {
    if (rows == 0) {
      return empty();
    }
    try (OutputColumns output = new OutputColumns(kronos, layouts, rows)) {
      if (characters.length == 0 && (deferred || !fails)) {
        recorder.accept(output);
        recordFailures();
      } else if (!layouts.isEmpty()) {
        run(output, recorder);
        status.checkRows();
      }
      return finish(output, sources);
    }
  }

  /**
   * Writes a batch with strings that are made, as often as it takes to have room for them.
   *
   * @param room where they are made
   */
  public ColumnBatch write(
      int rows, TextRoom room, List<Access> sources, Consumer<OutputColumns> recorder) {
    if (rows == 0 || !room.isUsed()) {
      return write(rows, sources, recorder);
    }
    room.reserve(rows);
    try (OutputColumns output = new OutputColumns(kronos, layouts, rows)) {
      if (!layouts.isEmpty()) {
        run(output, recorder);
        while (room.wasTooSmall()) {
          newCharacters();
          run(output, recorder);
        }
        status.checkRows();
      }
      List<Access> all = new ArrayList<>(sources);
      all.addAll(room.reads());
      return finish(output, all);
    }
  }

  private void recordFailures() {
    if (fails) {
      status.recordRead(stream);
    }
  }

  private ColumnBatch finish(OutputColumns output, List<Access> sources) {
    return deferred
        ? output.finishUnsubmitted(stream, newCharacters(), sources)
        : output.finish(stream, newCharacters(), sources);
  }

  private void run(OutputColumns output, Consumer<OutputColumns> recorder) {
    recorder.accept(output);
    status.recordRead(stream);
    stream.submit().await();
  }

  private ColumnBatch empty() {
    List<Column> columns = new ArrayList<>(layouts.size());
    layouts.forEach(layout -> columns.add(new Column(layout, null, null, null, null, 0)));
    return new ColumnBatch(columns, 0);
  }

  /** Returns the characters of each string column of the last batch. */
  private List<Long> newCharacters() {
    List<Long> added = new ArrayList<>(characters.length);
    for (int i = 0; i < characters.length; i++) {
      long total = status.counter(firstCounter + i);
      added.add(total - characters[i]);
      characters[i] = total;
    }
    return added;
  }
}

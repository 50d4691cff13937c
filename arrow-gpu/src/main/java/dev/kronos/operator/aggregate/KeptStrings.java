// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.Kronos;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.StatusArea;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the characters of the rows that groups have chosen, in one buffer. Rows that are no longer
 * chosen leave their characters behind; when the buffer is full, what is still referred to moves to
 * another of twice that size.
 */
final class KeptStrings implements AutoCloseable {
  private static final long LEAST_BYTES = 1 << 16;

  private final Kronos kronos;
  private final Stream stream;
  private final AggregatePlan plan;
  private final GroupState state;
  private final StatusArea status;
  private Kernel kernel;
  private DeviceBuffer buffer;
  private long used;
  private long keptBefore;
  private long addedBefore;
  private long copiedBefore;

  KeptStrings(
      Kronos kronos, Stream stream, AggregatePlan plan, GroupState state, StatusArea status) {
    this.kronos = kronos;
    this.stream = stream;
    this.plan = plan;
    this.state = state;
    this.status = status;
  }

  /**
   * Copies the strings of rows that were chosen in the last batch, and waits; the counters of the
   * status area are those after it.
   *
   * @param rowBase rows before the batch
   * @param sources reads of where its strings lie
   */
  void take(long rowBase, List<Access> sources) {
    long all = status.counter(StateCode.KEPT) - keptBefore;
    long added = status.counter(StateCode.KEPT_ADDED) - addedBefore;
    keptBefore += all;
    addedBefore += added;
    if (added == 0) {
      return;
    }
    if (buffer != null && used + added <= buffer.sizeBytes()) {
      copy(buffer, added, KeepCode.NEW_ONLY, rowBase, sources);
      return;
    }
    DeviceBuffer larger = kronos.memory().allocate(Pool.DEVICE, Math.max(2 * all, LEAST_BYTES));
    List<Access> from = new ArrayList<>(sources);
    from.addAll(reads());
    DeviceBuffer old = buffer;
    buffer = larger;
    used = 0;
    try {
      copy(larger, all, 0, rowBase, from);
    } finally {
      if (old != null) {
        old.close();
      }
    }
  }

  private void copy(
      DeviceBuffer target, long sizeBytes, int flags, long rowBase, List<Access> sources) {
    if (kernel == null) {
      kernel = kronos.kernels().compile(KeepCode.source(plan));
    }
    Arguments arguments = Arguments.builder().putLong(0);
    state.put(arguments, rowBase);
    arguments.putLong(target.deviceAddress() + used).putLong(copiedBefore);
    List<Access> accesses = new ArrayList<>(sources);
    accesses.add(Access.updates(target));
    stream.dispatch(state.overSlots(kernel, arguments, accesses, flags, status));
    stream.submit().await();
    used += sizeBytes;
    copiedBefore += sizeBytes;
  }

  /** Returns the accesses of a dispatch that reads the strings. */
  List<Access> reads() {
    return buffer == null ? List.of() : List.of(Access.reads(buffer));
  }

  @Override
  public void close() {
    if (buffer != null) {
      buffer.close();
      buffer = null;
    }
  }
}

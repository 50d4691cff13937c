// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.ArrayList;
import java.util.List;

/** Holds the slots of a grouping on the device and makes room for more. */
final class GroupState implements AutoCloseable {
  /** Slots that a state starts with where those are no large part of the budget. */
  static final long FIRST_CAPACITY = 4096;

  /** Slots that a state has at least, whatever the budget. */
  private static final long LEAST_CAPACITY = 64;

  /** Most that the capacity grows at once: deferred rows may turn out to be few groups. */
  private static final long GROWTH = 16;

  /** Size up to which it grows further where rows that were left make so many groups likely. */
  private static final long MOST_GUESSED_BYTES = 1L << 30;

  /** Size up to which it grows where a sample makes so many groups likely. */
  private static final long MOST_RESERVED_BYTES = 1L << 33;

  private static final long LARGE_CAPACITY = 1L << 21;

  private static final long MOST_CAPACITY = 1L << 31;

  private final Kronos kronos;
  private final Stream stream;
  private final AggregatePlan plan;
  private final StatusArea status;
  private DeviceBuffer state;
  private long capacity;
  private boolean grown;

  GroupState(Kronos kronos, Stream stream, AggregatePlan plan, StatusArea status) {
    this.kronos = kronos;
    this.stream = stream;
    this.plan = plan;
    this.status = status;
    this.capacity = plan.grouped() ? firstCapacity() : 1;
    this.state = allocate(capacity);
  }

  /** With a small budget, long accumulators of thousands of slots would not fit. */
  private long firstCapacity() {
    long slots = FIRST_CAPACITY;
    while (slots > LEAST_CAPACITY && !isBearable(slots)) {
      slots /= 2;
    }
    return slots;
  }

  private DeviceBuffer allocate(long slots) {
    DeviceBuffer buffer = kronos.memory().allocate(Pool.DEVICE, slots * plan.words() * Long.BYTES);
    stream.fill(buffer, 0, buffer.sizeBytes(), 0);
    return buffer;
  }

  long capacity() {
    return capacity;
  }

  /** Tells whether the state has not grown yet. */
  boolean isFirst() {
    return !grown;
  }

  /**
   * Returns how many groups may be claimed. A table is made for half as many groups as it has
   * slots; a large one bears more, should they come. In others that room is for groups that are
   * claimed by all invocations at work before they know of the limit.
   */
  long groupLimit() {
    return capacity < LARGE_CAPACITY ? capacity / 2 : capacity / 4 * 3;
  }

  Access access() {
    return Access.updates(state);
  }

  /**
   * Appends the arguments that every kernel over the state starts with, after the literals.
   *
   * @param rowBase rows of all earlier batches
   */
  void put(Arguments arguments, long rowBase) {
    arguments.putAddress(state).putLong(capacity).putLong(rowBase);
    arguments.putLong(status.countersAddress());
  }

  /**
   * Records the move of all groups to a state with room for up to {@code most} groups, or as far as
   * one step of growth goes, or as memory goes.
   *
   * @param most groups that there may be
   * @param likely how many there are by what was seen so far
   * @return whether there is more room now; where there is none, the state is as it was
   */
  boolean grow(long most, long likely) {
    long guessed = Math.min(slotsFor(likely), slotsIn(MOST_GUESSED_BYTES));
    return growTo(Math.min(slotsFor(most), Math.max(capacity * GROWTH, guessed)));
  }

  /**
   * Records the move of all groups to a state where so many take up to a half of the slots, or as
   * far as memory goes; nothing where there is room for them.
   */
  void reserve(long groups) {
    if (groups > groupLimit()) {
      growTo(Math.min(slotsFor(groups), slotsIn(MOST_RESERVED_BYTES)));
    }
  }

  private long slotsIn(long sizeBytes) {
    return Long.highestOneBit(sizeBytes / Long.BYTES / plan.words());
  }

  private boolean growTo(long wanted) {
    for (long slots = Math.max(capacity * 2, wanted); slots > capacity; slots /= 2) {
      if (isBearable(slots)) {
        try {
          moveTo(slots);
          return true;
        } catch (KronosException.Exhausted e) {
          // Half of it may fit; rows of groups that find no room are left out in the end.
          continue;
        }
      }
    }
    return false;
  }

  /** Returns the power of two of which so many groups, 1 or more, take up to a half. */
  private static long slotsFor(long groups) {
    return Long.highestOneBit(groups * 2 - 1) * 2;
  }

  /** Leaves room for what comes and goes: batches, results, states of other tasks. */
  private boolean isBearable(long slots) {
    long sizeBytes = slots * plan.words() * Long.BYTES;
    return slots <= MOST_CAPACITY && sizeBytes <= kronos.memory().taskShare().tableBytes();
  }

  private void moveTo(long slots) {
    DeviceBuffer old = state;
    long oldCapacity = capacity;
    state = allocate(slots);
    capacity = slots;
    grown = true;
    try (old) {
      Arguments arguments = Arguments.builder().putLong(0);
      put(arguments, 0);
      arguments.putAddress(old);
      stream.dispatch(
          new Dispatch(
              kronos.kernels().compile(RehashCode.source(plan)),
              arguments,
              List.of(access(), Access.reads(old)),
              Workgroups.forRows(oldCapacity),
              (int) oldCapacity,
              0,
              null));
    }
  }

  /**
   * Describes a dispatch with an invocation for each slot.
   *
   * @param accesses what it touches besides the state and the status area
   */
  Dispatch overSlots(
      Kernel kernel, Arguments arguments, List<Access> accesses, int flags, StatusArea status) {
    List<Access> all = new ArrayList<>(accesses);
    all.add(access());
    all.add(status.access());
    return new Dispatch(
        kernel,
        arguments,
        all,
        Workgroups.forRows(capacity),
        (int) capacity,
        flags,
        status.buffer());
  }

  @Override
  public void close() {
    state.close();
  }
}

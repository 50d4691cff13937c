// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.memory.DeviceBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Records work and submits it in batches. The order of recording is the order that results obey:
 * work that touches the same bytes runs in that order, also across batches and across the streams
 * of a device; work that does not may run in any order or at once.
 *
 * <p>For one thread at a time; a second one that enters is refused. A batch holds references to its
 * buffers until it is done, so that a caller may close a buffer as soon as its use is recorded.
 */
public final class Stream implements AutoCloseable {

  /** Most commands of a batch: bounds memory and latency. */
  public static final int MAX_BATCH_SIZE = 1024;

  private static final int WORD_BYTES = 4;

  private final StreamContext context;
  private final Lane lane;
  private final String name;
  private final StreamCells cells;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final PendingDispatch pending = new PendingDispatch();
  private Batch batch;
  private int batchSize = MAX_BATCH_SIZE;
  private long lastValue;
  private volatile boolean closed;

  Stream(StreamContext context, Lane lane, String name) {
    this.context = context;
    this.lane = lane;
    this.name = name;
    this.cells = new StreamCells(context.total());
  }

  /**
   * Sets how many commands make a batch, which is then submitted by itself. Small batches start
   * early; large ones cost less per command and leave more to reorder.
   *
   * @param commands 1 to {@value #MAX_BATCH_SIZE}, which is what a stream starts with
   * @return this stream
   */
  public Stream batchSize(int commands) {
    enter();
    try {
      if (commands < 1 || commands > MAX_BATCH_SIZE) {
        throw new KronosException.InvalidArgument(
            message("wrong batch size", "commands", commands, "maximum", MAX_BATCH_SIZE));
      }
      batchSize = commands;
      if (batch != null && batch.size() >= batchSize) {
        flush();
      }
    } finally {
      leave();
    }
    return this;
  }

  /**
   * Returns a builder that records runs of kernels on this stream, value by value and without
   * garbage. It belongs to the stream; several may exist.
   */
  public BatchBuilder batch() {
    return new BatchBuilder(this);
  }

  /**
   * Records a run of a kernel. Nothing is recorded for 0 workgroups.
   *
   * @return this stream
   * @throws KronosException.InvalidArgument when the kernel belongs to another device, there are
   *     more workgroups than the device allows, or the stream is for transfers alone
   * @throws KronosException.Closed when the stream, the device or one of the buffers is closed
   */
  public Stream dispatch(Dispatch dispatch) {
    enter();
    try {
      checkAndAppend(pending.set(dispatch));
    } finally {
      leave();
    }
    return this;
  }

  /** Records a run of a kernel that was described apart; as {@link #dispatch(Dispatch)}. */
  void dispatch(PendingDispatch dispatch) {
    enter();
    try {
      checkAndAppend(dispatch);
    } finally {
      leave();
    }
  }

  /**
   * Records a copy between buffers. Ranges of one buffer must not overlap.
   *
   * @return this stream
   * @throws KronosException.InvalidArgument when a range lies outside of its buffer or they overlap
   */
  public Stream copy(
      DeviceBuffer source,
      long sourceOffset,
      DeviceBuffer target,
      long targetOffset,
      long sizeBytes) {
    enter();
    try {
      Access from = Access.reads(source, sourceOffset, sizeBytes);
      Access to = Access.writes(target, targetOffset, sizeBytes);
      if (from.start() < to.end() && to.start() < from.end() && sizeBytes > 0) {
        throw new KronosException.InvalidArgument(
            message("copy between overlapping ranges", "source", from, "target", to));
      }
      if (sizeBytes > 0) {
        append(from, to);
      }
    } finally {
      leave();
    }
    return this;
  }

  /**
   * Records a fill with a 32-bit pattern.
   *
   * @param offset first byte, a multiple of 4
   * @param sizeBytes length, a multiple of 4
   * @return this stream
   */
  public Stream fill(DeviceBuffer target, long offset, long sizeBytes, int word) {
    enter();
    try {
      Access to = Access.writes(target, offset, sizeBytes);
      if (offset % WORD_BYTES != 0 || sizeBytes % WORD_BYTES != 0) {
        throw new KronosException.InvalidArgument(
            message("fill not in whole words", "offset", offset, "sizeBytes", sizeBytes));
      }
      if (sizeBytes > 0) {
        Command command = current().next();
        command.fill(to, word);
        append(command);
      }
    } finally {
      leave();
    }
    return this;
  }

  /**
   * Submits what was recorded since the last submission. With nothing recorded, the ticket stands
   * for the last submission.
   *
   * @return a ticket for this and all earlier work of the stream
   * @throws KronosException.DeviceFailure when the device is lost
   */
  public Ticket submit() {
    enter();
    try {
      flush();
      return lane.ticket(lastValue);
    } finally {
      leave();
    }
  }

  /**
   * Takes what was recorded since the last submission, to be submitted again and again. The stream
   * then has nothing recorded.
   *
   * @return the recording, which the caller closes; it outlives the stream if need be
   * @throws KronosException.InvalidArgument when nothing is recorded
   */
  public Recording record() {
    enter();
    try {
      if (batch == null || batch.size() == 0) {
        throw new KronosException.InvalidArgument(message("nothing recorded", "stream", name));
      }
      Batch work = batch;
      batch = null;
      return context.newRecording(work);
    } finally {
      leave();
    }
  }

  /** Returns the counts so far. Device time comes in as batches are found to be done. */
  public StreamCounters counters() {
    return cells.read();
  }

  /** Drops recorded work that was not submitted. Submitted work goes on. Idempotent. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    enter();
    try {
      closed = true;
      cells.close();
      if (batch != null) {
        lane.batches().giveBack(batch);
        batch = null;
      }
    } finally {
      leave();
      context.closed(this);
    }
  }

  @Override
  public String toString() {
    return "Stream[name=" + name + ", closed=" + closed + "]";
  }

  /** Returns what is told to checked kernels; for tests. */
  RangeChecks checks() {
    return context.checks();
  }

  /** Returns where argument tables are written; for tests. */
  ArgumentRing ring() {
    return context.ring();
  }

  private void requireKernels(PendingDispatch dispatch) {
    if (lane.kind() != Lane.Kind.COMPUTE) {
      throw new KronosException.InvalidArgument(
          message(
              "kernel on a stream for transfers",
              "kernel",
              dispatch.kernel().name(),
              "stream",
              name));
    }
  }

  private void checkAndAppend(PendingDispatch dispatch) {
    requireKernels(dispatch);
    context.check(dispatch);
    if (dispatch.workgroups() != 0) {
      append(dispatch);
    }
  }

  private void append(Access from, Access to) {
    Optional<KernelCopy> kernelCopy = context.kernelCopy();
    if (lane.kind() == Lane.Kind.COMPUTE && kernelCopy.isPresent() && KernelCopy.suits(from, to)) {
      append(pending.set(kernelCopy.get().of(from, to)));
    } else {
      Command command = current().next();
      command.copy(from, to);
      append(command);
    }
  }

  private void append(PendingDispatch dispatch) {
    Batch current = current();
    Command command = current.next();
    Arguments arguments = dispatch.arguments();
    command.dispatch(dispatch, context.statusAddress(dispatch.status()));
    current.arguments().write(arguments, command);
    for (int i = 0; i < arguments.bufferCount(); i++) {
      current.hold(arguments.buffer(i));
    }
    append(command);
  }

  private void append(Command command) {
    batch.append(command);
    if (batch.size() >= batchSize) {
      flush();
    }
  }

  private void flush() {
    if (batch != null && batch.size() > 0) {
      Batch full = batch;
      batch = null;
      lastValue = context.submit(full);
    }
  }

  private Batch current() {
    if (batch == null) {
      batch = context.take(lane, cells);
    }
    return batch;
  }

  private void enter() {
    if (!busy.compareAndSet(false, true)) {
      throw new KronosException.InvalidArgument(
          message("stream used by two threads at once", "stream", name));
    }
    if (closed) {
      busy.set(false);
      throw new KronosException.Closed(message("stream used after close", "stream", name));
    }
  }

  /** A thread that enters next sees what this one did; the full fence of a set is not needed. */
  private void leave() {
    busy.setRelease(false);
  }
}

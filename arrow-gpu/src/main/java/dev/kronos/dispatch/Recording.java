// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.DeviceGate;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds work that was recorded once and is submitted again and again: scheduling and encoding are
 * paid once, and between runs only argument tables are rewritten. There are {@value #COPIES} copies
 * of commands and tables, so that as many runs may be in flight; a further one waits for the
 * oldest. A run allocates neither native memory nor Java heap.
 *
 * <p>Holds references to the buffers it works on until it is closed. Thread-safe; runs are ordered
 * as they are submitted, among each other and with the streams of the device.
 */
public final class Recording implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Recording.class);
  private static final int COPIES = 3;

  private final StreamContext context;
  private final Lane lane;
  private final Batch work;
  private final String name;
  private final List<Command> dispatches = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private final byte[] image;
  private final Replay[] copies = new Replay[COPIES];
  private final Ticket[] tickets = new Ticket[COPIES];
  private int next;
  private long version;
  private boolean closed;

  private Recording(StreamContext context, Batch work, String name) {
    this.context = context;
    this.lane = work.lane();
    this.work = work;
    this.name = name;
    int imageBytes = 0;
    for (int i = 0; i < work.size(); i++) {
      Command command = work.command(i);
      if (command.runsKernel()) {
        dispatches.add(command);
        offsets.add(imageBytes + command.prefixBytes());
        imageBytes += command.prefixBytes() + ArgumentWriter.aligned(command.argumentBytes());
      }
    }
    image = new byte[imageBytes];
    readTables();
  }

  /** Makes a recording of the commands of a batch; the batch belongs to it afterwards. */
  static Recording of(StreamContext context, Batch work, String name) {
    Recording recording = new Recording(context, work, name);
    try {
      recording.encode();
      return recording;
    } catch (RuntimeException e) {
      recording.releaseAll();
      throw e;
    }
  }

  /** Returns how many kernel runs were recorded. */
  public int dispatches() {
    return dispatches.size();
  }

  /**
   * Replaces an argument table for the runs that follow.
   *
   * @param dispatch which kernel run, from 0 in the order of recording
   * @param arguments as large as the recorded table; addresses of buffers that the kernel run did
   *     not declare are refused, because hazards were resolved for the declared ones
   * @return this recording
   */
  public synchronized Recording arguments(int dispatch, Arguments arguments) {
    requireOpen();
    if (dispatch < 0 || dispatch >= dispatches.size()) {
      throw new KronosException.InvalidArgument(
          message("no such dispatch", "dispatch", dispatch, "dispatches", dispatches.size()));
    }
    Command command = dispatches.get(dispatch);
    if (arguments.paddedBytes() != command.argumentBytes()) {
      throw new KronosException.InvalidArgument(
          message(
              "argument table of another size",
              "dispatch",
              dispatch,
              "sizeBytes",
              arguments.sizeBytes(),
              "recordedBytes",
              command.argumentBytes()));
    }
    for (int i = 0; i < arguments.bufferCount(); i++) {
      requireDeclared(command, arguments.buffer(i), dispatch);
    }
    arguments.copyTo(image, offsets.get(dispatch));
    version++;
    return this;
  }

  /**
   * Submits the work once more.
   *
   * @return a ticket for this run. It is used again {@value #COPIES} runs later and then stands for
   *     that run, which is done after this one
   * @throws KronosException.DeviceFailure when the device is lost
   */
  public synchronized Ticket replay() {
    requireOpen();
    int index = next;
    Replay copy = copies[index];
    lane.await(copy.value());
    copy.use(image, version);
    long value = context.submit(copy);
    next = (index + 1) % COPIES;
    return tickets[index].moveTo(value);
  }

  /** Waits for the runs in flight and drops everything. Idempotent. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      for (Replay copy : copies) {
        lane.await(copy.value());
      }
      releaseAll();
    } catch (KronosException.DeviceFailure | KronosException.Closed e) {
      LOG.debug("recording closed on a dead device: recording={}", name);
      releaseHeld();
      // A run may still be in line, or stuck on the device: the commands go with the device.
      context.outlived(this);
    }
  }

  @Override
  public String toString() {
    return "Recording[name=" + name + ", dispatches=" + dispatches.size() + "]";
  }

  /** Destroys the native commands when the whole device goes; the gate is closed. */
  synchronized void destroy() {
    closed = true;
    destroyCommands();
  }

  private void readTables() {
    for (int i = 0; i < dispatches.size(); i++) {
      Command command = dispatches.get(i);
      int prefixBytes = command.prefixBytes();
      byte[] table = new byte[prefixBytes + command.argumentBytes()];
      if (table.length > 0) {
        HostMemory.copy(command.argumentHostAddress() - prefixBytes, table);
        System.arraycopy(table, 0, image, offsets.get(i) - prefixBytes, table.length);
      }
    }
  }

  private void encode() {
    work.schedule();
    for (int i = 0; i < COPIES; i++) {
      copies[i] = newCopy();
      tickets[i] = lane.ticket(0);
    }
  }

  private Replay newCopy() {
    DeviceBuffer tables = context.memory().allocate(Pool.UPLOAD, image.length);
    try {
      long stamp = lane.gate().enter();
      try {
        return new Replay(work, lane.queue().newSlot(), tables);
      } finally {
        lane.gate().exit(stamp);
      }
    } catch (RuntimeException e) {
      tables.close();
      throw e;
    }
  }

  private void releaseAll() {
    DeviceGate gate = lane.gate();
    long stamp = gate.tryEnter();
    // Where the gate is closed, the native side is gone or going with the device.
    if (stamp != 0) {
      try {
        destroyCommands();
      } finally {
        gate.exit(stamp);
      }
    }
    releaseHeld();
    context.closed(this);
  }

  private void destroyCommands() {
    for (Replay copy : copies) {
      if (copy != null) {
        copy.destroy();
      }
    }
  }

  private void releaseHeld() {
    for (Replay copy : copies) {
      if (copy != null) {
        copy.release();
      }
    }
    lane.batches().giveBack(work);
  }

  private void requireOpen() {
    if (closed) {
      throw new KronosException.Closed(message("recording used after close", "recording", name));
    }
  }

  private static void requireDeclared(Command command, DeviceBuffer buffer, int dispatch) {
    if (!command.names(buffer)) {
      throw new KronosException.InvalidArgument(
          message("buffer was not declared", "dispatch", dispatch, "buffer", buffer));
    }
  }
}

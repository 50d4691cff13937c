// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.MemoryPools;
import dev.kronos.vulkan.CommandSlot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds the work of one submission: commands while a stream records them, then everything that must
 * live until the device is done. Batches are kept and filled again, so that recording makes no
 * garbage. Used by one thread at a time: the recording one, then the submitter's.
 */
final class Batch extends Submission {

  private static final AtomicLong HOLDERS = new AtomicLong();

  private final CommandSlot slot;
  private final ArgumentWriter arguments;
  private final MemoryPools memory;
  private final DependencyLevels levels = new DependencyLevels();
  private final AccessColumns accesses = new AccessColumns();
  private final List<Command> commands = new ArrayList<>();
  private int[] order = new int[64];
  private int size;
  private DeviceBuffer[] held = new DeviceBuffer[64];
  private int heldCount;
  private long holder = HOLDERS.incrementAndGet();
  private boolean writesMapped;
  private long readBytes;
  private long writtenBytes;
  private StreamCells cells;

  /**
   * Creates an empty batch.
   *
   * @param lane where the work goes
   * @param slot for the native commands; owned
   * @param arguments for the argument tables; owned
   * @param memory what every buffer of the work must come from
   */
  Batch(Lane lane, CommandSlot slot, ArgumentWriter arguments, MemoryPools memory) {
    super(lane);
    this.slot = slot;
    this.arguments = arguments;
    this.memory = memory;
  }

  /** Starts a batch whose work is counted for a stream. */
  void start(StreamCells counted) {
    cells = counted;
  }

  /** Returns the next command to fill in; {@link #append} must follow unless filling it failed. */
  Command next() {
    if (size == commands.size()) {
      commands.add(new Command(accesses));
    }
    dropUnfinished();
    Command command = commands.get(size);
    command.clear();
    return command;
  }

  /** Adds the command that {@link #next} returned and takes references to its buffers. */
  void append(Command command) {
    int from = command.accessStart();
    int to = command.accessEnd();
    for (int i = from; i < to; i++) {
      DeviceBuffer buffer = accesses.buffer(i);
      hold(buffer);
      writesMapped |= accesses.writes(i) && buffer.mapped();
      long sizeBytes = accesses.end(i) - accesses.start(i);
      readBytes += accesses.reads(i) ? sizeBytes : 0;
      writtenBytes += accesses.writes(i) ? sizeBytes : 0;
    }
    // After taking references: a closed buffer must fail before anything has changed.
    levels.add(accesses, from, to);
    size++;
  }

  /**
   * Takes a reference to a buffer until the work is done.
   *
   * @throws KronosException.InvalidArgument when it belongs to another device, where its address
   *     means something else or nothing
   */
  void hold(DeviceBuffer buffer) {
    if (buffer.heldBy(holder)) {
      return;
    }
    if (!memory.owns(buffer)) {
      throw new KronosException.InvalidArgument(
          message("buffer of another device", "buffer", buffer));
    }
    if (heldCount == held.length) {
      held = Arrays.copyOf(held, heldCount * 2);
    }
    held[heldCount] = buffer.retainFor(holder);
    heldCount++;
  }

  /** Returns where argument tables are written. */
  ArgumentWriter arguments() {
    return arguments;
  }

  /** Returns how many commands there are. */
  int size() {
    return size;
  }

  /** Returns a command by its place in the order of recording. */
  Command command(int index) {
    return commands.get(index);
  }

  /** Returns what the work is counted for. */
  StreamCells cells() {
    return cells;
  }

  @Override
  CommandSlot slot() {
    return slot;
  }

  @Override
  void prepare() {
    schedule();
    slot.begin();
    boolean reused = encode(slot);
    long kernels = count(arguments.writtenBytes());
    if (reused) {
      cells.reused(kernels);
    }
  }

  /** Drops the accesses of a command that was filled in and not added. */
  private void dropUnfinished() {
    accesses.truncate(size == 0 ? 0 : commands.get(size - 1).accessEnd());
  }

  /** Sorts the commands into levels. */
  void schedule() {
    dropUnfinished();
    if (order.length < size) {
      order = new int[commands.size() * 2];
    }
    levels.order(order);
  }

  /**
   * Gives the scheduled commands to a slot that has begun, and ends it.
   *
   * @return whether the slot held the very same before
   */
  boolean encode(CommandSlot target) {
    int level = 0;
    for (int i = 0; i < size; i++) {
      if (levels.level(order[i]) != level) {
        level = levels.level(order[i]);
        target.barrier();
      }
      commands.get(order[i]).encode(target);
    }
    if (writesMapped || arguments.checked()) {
      target.hostBarrier();
    }
    return target.end();
  }

  @Override
  boolean conflicts(HazardTracker earlier) {
    for (int i = 0; i < size && levels.level(order[i]) == 0; i++) {
      Command command = commands.get(order[i]);
      if (earlier.conflicts(accesses, command.accessStart(), command.accessEnd())) {
        return true;
      }
    }
    return false;
  }

  @Override
  void recordTail(HazardTracker tracker) {
    int last = levels.levelCount() - 1;
    if (last > 0) {
      tracker.clear();
    }
    int first = size;
    while (first > 0 && levels.level(order[first - 1]) == last) {
      first--;
    }
    for (int i = first; i < size; i++) {
      Command command = commands.get(order[i]);
      tracker.record(accesses, command.accessStart(), command.accessEnd());
    }
  }

  @Override
  long after(InFlight others) {
    return others.after(accesses);
  }

  @Override
  void record(InFlight target, long doneValue) {
    target.record(accesses, doneValue);
  }

  @Override
  void countLead() {
    cells.leadBarrier();
  }

  @Override
  void countQueueWait() {
    cells.queueWait();
  }

  /**
   * Counts one submission of the work, for which some bytes of arguments were written.
   *
   * @return how many kernels it runs
   */
  long count(long argumentBytes) {
    long kernels = 0;
    long up = 0;
    long down = 0;
    for (int i = 0; i < size; i++) {
      Command command = commands.get(i);
      kernels += command.runsKernel() ? 1 : 0;
      up += command.bytesUp();
      down += command.bytesDown();
    }
    cells.copied(up, down);
    cells.touched(readBytes - up, writtenBytes - down);
    cells.batch(kernels, size - kernels, levels.leastBarriers());
    cells.host(writesMapped ? 1 : 0, argumentBytes);
    return kernels;
  }

  @Override
  Command command(long argumentAddress) {
    for (int i = 0; i < size; i++) {
      if (commands.get(i).argumentAddress() == argumentAddress) {
        return commands.get(i);
      }
    }
    return null;
  }

  @Override
  void retired(BatchPool pool) {
    cells.deviceNanos(slot.deviceNanos());
    pool.giveBack(this);
  }

  @Override
  void refused(BatchPool pool) {
    pool.giveBack(this);
  }

  /** Drops everything it holds and forgets its work. */
  void release() {
    for (int i = 0; i < heldCount; i++) {
      held[i].close();
      held[i] = null;
    }
    for (int i = 0; i < size; i++) {
      commands.get(i).clear();
    }
    accesses.clear();
    heldCount = 0;
    holder = HOLDERS.incrementAndGet();
    size = 0;
    writesMapped = false;
    readBytes = 0;
    writtenBytes = 0;
    levels.clear();
    arguments.release();
  }
}

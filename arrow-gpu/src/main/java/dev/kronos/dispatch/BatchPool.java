// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.KronosException;
import dev.kronos.memory.MemoryPools;
import dev.kronos.vulkan.CommandSlot;
import dev.kronos.vulkan.DeviceGate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Owns the batches of a lane: idle ones to be filled again, and knows all work in flight in the
 * order of its timeline values. As many are made as are ever in use at once, up to {@value
 * #MAX_BATCHES}; from then on a thread that wants another waits for the oldest in flight.
 * Thread-safe.
 *
 * <p>A stream gets the batch back that it used last, as long as it is idle: work that is recorded
 * again then finds its native commands there.
 */
final class BatchPool {

  private static final int MAX_BATCHES = 512;

  /** Batches up to which a stream gets one of its own rather than one that another has used. */
  private static final int OWN_BATCHES = 64;

  private final Lane lane;
  private final DeviceGate gate;
  private final ArgumentRing ring;
  private final MemoryPools memory;
  private final RangeChecks checks;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Submission> inFlight = new ArrayDeque<>();
  private final List<Batch> idle = new ArrayList<>();
  private final List<Batch> all = new ArrayList<>();

  BatchPool(Lane lane, Parts parts) {
    this.lane = lane;
    this.gate = parts.gate();
    this.ring = parts.ring();
    this.memory = parts.memory();
    this.checks = parts.checks();
  }

  /** Names what batches are made of. */
  record Parts(DeviceGate gate, ArgumentRing ring, MemoryPools memory, RangeChecks checks) {}

  /** Returns an empty batch whose work is counted for a stream. */
  Batch take(StreamCells stream) {
    Batch batch = takeFor(stream);
    batch.start(stream);
    return batch;
  }

  private Batch takeFor(StreamCells stream) {
    retire();
    while (true) {
      long oldest;
      lock.lock();
      try {
        int place = placeFor(stream);
        if (place >= 0) {
          return idle.remove(place);
        }
        if (all.size() < MAX_BATCHES || inFlight.isEmpty()) {
          return create();
        }
        oldest = inFlight.peekFirst().value();
      } finally {
        lock.unlock();
      }
      lane.timeline().await(oldest, Long.MAX_VALUE);
      retire();
    }
  }

  /** Returns the place of the idle batch that suits a stream best, or -1 for none. */
  private int placeFor(StreamCells stream) {
    int free = -1;
    for (int i = idle.size() - 1; i >= 0; i--) {
      StreamCells last = idle.get(i).cells();
      if (last == stream) {
        return i;
      }
      if (last.closed()) {
        free = i;
      }
    }
    return free < 0 && !idle.isEmpty() && all.size() >= OWN_BATCHES ? 0 : free;
  }

  /** Takes back a batch that the device does not use, or does no longer. */
  void giveBack(Batch batch) {
    batch.release();
    lock.lock();
    try {
      idle.add(batch);
    } finally {
      lock.unlock();
    }
  }

  /** Notes that work goes to the device; called in the order of the values. */
  void launched(Submission work) {
    lock.lock();
    try {
      inFlight.addLast(work);
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether there is work that is not found to be done. */
  boolean busy() {
    lock.lock();
    try {
      return !inFlight.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Releases what the work that is done holds. */
  void retire() {
    long stamp = gate.enter();
    try {
      retireUpTo(lane.timeline().reached());
    } finally {
      gate.exit(stamp);
    }
  }

  /** Does as {@link #retire}; nothing when the device is closed, which has retired everything. */
  void retireDone() {
    long stamp = gate.tryEnter();
    if (stamp != 0) {
      try {
        retireUpTo(lane.timeline().reached());
      } finally {
        gate.exit(stamp);
      }
    }
  }

  /**
   * Does as {@link #retire}; nothing when the device is closed, which has retired everything.
   *
   * @throws KronosException.UndeclaredAccess when a checked kernel touched what it may not
   */
  void finish() {
    retireDone();
    checks.requireNoFailure();
  }

  /** Releases what the work up to a value holds; the gate is passed or closed by the caller. */
  void retireUpTo(long reached) {
    lock.lock();
    try {
      while (!inFlight.isEmpty() && inFlight.peekFirst().value() <= reached) {
        Submission work = inFlight.pollFirst();
        checks.done(work);
        work.retired(this);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Destroys every batch; the device is idle or lost. */
  void close() {
    lock.lock();
    try {
      while (!inFlight.isEmpty()) {
        inFlight.pollFirst().refused(this);
      }
      all.forEach(batch -> batch.slot().close());
      all.clear();
      idle.clear();
    } finally {
      lock.unlock();
    }
  }

  private Batch create() {
    long stamp = gate.enter();
    try {
      CommandSlot slot = lane.queue().newSlot();
      Batch batch = new Batch(lane, slot, new ArgumentWriter(ring, memory, checks), memory);
      all.add(batch);
      return batch;
    } finally {
      gate.exit(stamp);
    }
  }
}

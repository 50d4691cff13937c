// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.vulkan.DeviceGate;
import dev.kronos.vulkan.VulkanQueue;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds one queue of a device with what belongs to it: its timeline, its batches, and the order of
 * its work. A device has one lane or more for kernels; another one for transfers comes with the
 * first stream that asks for it. Each waits for the others only where bytes demand it.
 *
 * <p>Two hazards differ in what they cost. Within a lane, work that conflicts with unsynchronised
 * work is led by a barrier. Between lanes, it waits on the device for the timelines of the others.
 *
 * <p>The fields of the order are guarded by the submitter; everything else is thread-safe.
 */
final class Lane implements AutoCloseable {

  /** Ranges remembered before a barrier clears them: bounds the time of a lookup. */
  private static final int MAX_RANGES = 1024;

  /** Says what a lane is for. */
  enum Kind {
    /** Kernels, and copies that belong to them. */
    COMPUTE,
    /** Copies and fills alone. */
    TRANSFER
  }

  private final Kind kind;
  private final VulkanQueue queue;
  private final Timeline timeline;
  private final BatchPool batches;
  private final DeviceGate gate;

  // The order of work.
  private final HazardTracker hazards = new HazardTracker();
  private long lastValue;
  private final List<Peer> peers = new ArrayList<>();
  private InFlight inFlight;

  /**
   * Creates a lane.
   *
   * @param kind what it is for
   * @param queue its queue; owned
   * @param timeline the host's view of the queue's timeline
   * @param parts what its batches are made of
   */
  Lane(Kind kind, VulkanQueue queue, Timeline timeline, BatchPool.Parts parts) {
    this.kind = kind;
    this.queue = queue;
    this.timeline = timeline;
    this.gate = parts.gate();
    this.batches = new BatchPool(this, parts);
  }

  /** Makes two lanes respect each other's work from now on; the caller holds the order's lock. */
  static void connect(Lane one, Lane other) {
    one.meet(other);
    other.meet(one);
  }

  private void meet(Lane other) {
    peers.add(new Peer(other));
    if (inFlight == null) {
      inFlight = new InFlight(lastValue);
    }
  }

  /** Remembers of another lane how far this one has waited for it. */
  private static final class Peer {
    private final Lane lane;
    private long awaited;

    Peer(Lane lane) {
      this.lane = lane;
    }
  }

  Kind kind() {
    return kind;
  }

  VulkanQueue queue() {
    return queue;
  }

  Timeline timeline() {
    return timeline;
  }

  BatchPool batches() {
    return batches;
  }

  /** Returns the timeline value of the last work in line; guarded by the submitter. */
  long lastValue() {
    return lastValue;
  }

  /** Fixes the place of work in the order of this lane; guarded by the submitter. */
  void putInLine(Submission work) {
    long reached = timeline.pollInside();
    if (reached >= lastValue) {
      // The work waits for this value on the device, which orders it after all work so far.
      hazards.clear();
    }
    VulkanQueue.Lead lead = VulkanQueue.Lead.NONE;
    if (work.conflicts(hazards) || hazards.rangeCount() > MAX_RANGES) {
      lead = VulkanQueue.Lead.BARRIER;
      work.countLead();
      hazards.clear();
    }
    work.recordTail(hazards);
    work.inLine(lead, reached, ++lastValue);
    if (!peers.isEmpty()) {
      orderAfterPeers(work, reached);
    }
  }

  /** Waits for a timeline value and releases what the work up to it held. */
  void await(long value) {
    timeline.await(value, Long.MAX_VALUE);
    batches.retireDone();
  }

  /** Returns a ticket for a timeline value. */
  Ticket ticket(long value) {
    return new Ticket(timeline, batches, value);
  }

  /** Returns the gate that native calls pass through. */
  DeviceGate gate() {
    return gate;
  }

  @Override
  public void close() {
    batches.close();
    queue.close();
  }

  private void orderAfterPeers(Submission work, long reached) {
    for (int i = 0; i < peers.size(); i++) {
      orderAfter(peers.get(i), work);
    }
    inFlight.done(reached);
    work.record(inFlight, lastValue);
  }

  /**
   * Makes work wait for another lane, unless waits of earlier work suffice: on a queue, a wait
   * holds for all that is submitted later. What the host has seen done there is waited for too,
   * which costs nothing and makes it visible here.
   */
  private static void orderAfter(Peer peer, Submission work) {
    long seenDone = peer.lane.timeline.reached();
    peer.lane.inFlight.done(seenDone);
    long value = Math.max(seenDone, work.after(peer.lane.inFlight));
    if (value > peer.awaited) {
      peer.awaited = value;
      work.startAfter(peer.lane.queue, value);
      if (value > seenDone) {
        work.countQueueWait();
      }
    }
  }
}

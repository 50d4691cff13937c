// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds bytes that are taken: they are reserved before they are allocated. Thread-safe. */
final class MemoryBudget {
  private volatile long limitBytes;
  private final AtomicLong reservedBytes = new AtomicLong();
  private final AtomicLong peakBytes = new AtomicLong();

  /** Creates a budget of this many bytes, 0 or more. */
  MemoryBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Reserves bytes; returns false and reserves nothing when they do not fit. */
  boolean tryReserve(long sizeBytes) {
    long seen;
    do {
      seen = reservedBytes.get();
      if (sizeBytes > limitBytes - seen) {
        return false;
      }
    } while (!reservedBytes.compareAndSet(seen, seen + sizeBytes));
    peakBytes.accumulateAndGet(seen + sizeBytes, Math::max);
    return true;
  }

  /** Changes the bound; what is reserved above it stays so. */
  void limit(long bytes) {
    limitBytes = bytes;
  }

  void release(long sizeBytes) {
    reservedBytes.addAndGet(-sizeBytes);
  }

  /** Returns what to throw where there is no room for what was asked. */
  KronosException.Exhausted usedUp(long askedBytes) {
    return new KronosException.Exhausted(
        message(
            "device budget used up",
            "askedBytes",
            askedBytes,
            "heldBytes",
            reservedBytes(),
            "budgetBytes",
            limitBytes));
  }

  long limitBytes() {
    return limitBytes;
  }

  long reservedBytes() {
    return reservedBytes.get();
  }

  long peakBytes() {
    return peakBytes.get();
  }
}

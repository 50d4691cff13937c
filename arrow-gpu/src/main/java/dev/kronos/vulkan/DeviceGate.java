// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import dev.kronos.KronosException;
import java.util.concurrent.locks.StampedLock;

/**
 * Lets any number of threads make native calls, until one thread takes the device down. A native
 * call on a destroyed device would crash the JVM, so every call that can race with closing passes
 * here. Passing costs one compare-and-set and makes no garbage. A thread that is in must not enter
 * again: it would be refused once another one waits to close.
 */
public final class DeviceGate {

  private final StampedLock lock = new StampedLock();
  private volatile boolean closing;

  /** Creates an open gate. */
  public DeviceGate() {}

  /**
   * Enters; the caller must pass the result to {@link #exit}.
   *
   * @throws KronosException.Closed when the device is closed or being closed
   */
  public long enter() {
    long stamp = tryEnter();
    if (stamp == 0) {
      throw new KronosException.Closed("Kronos is closed: remedy=open a new one");
    }
    return stamp;
  }

  /** Enters, or returns 0 when the device is closed or being closed. */
  public long tryEnter() {
    // The flag keeps new ones out while the closing thread waits: the lock alone lets readers pass.
    return closing ? 0 : lock.tryReadLock();
  }

  /** Leaves. */
  public void exit(long stamp) {
    lock.unlockRead(stamp);
  }

  /** Keeps everyone out for good, and returns once all who are in have left. */
  public void close() {
    closing = true;
    lock.writeLock();
  }
}

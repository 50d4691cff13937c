// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import dev.kronos.KronosException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what was opened in the reverse order, all of it, whatever fails on the way. Not
 * thread-safe.
 */
public final class Teardown implements AutoCloseable {

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Creates an empty list. */
  public Teardown() {}

  /**
   * Adds something to be closed before everything added so far.
   *
   * @return what was given
   */
  public <T extends AutoCloseable> T add(T owner) {
    opened.push(owner);
    return owner;
  }

  /**
   * Closes everything.
   *
   * @throws KronosException the first failure, with the others attached to it
   */
  @Override
  public void close() {
    KronosException first = null;
    while (!opened.isEmpty()) {
      KronosException failure = closeOne(opened.pop());
      if (first == null) {
        first = failure;
      } else if (failure != null) {
        first.addSuppressed(failure);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static KronosException closeOne(AutoCloseable owner) {
    try {
      owner.close();
      return null;
    } catch (KronosException e) {
      return e;
    } catch (Exception e) {
      return new KronosException.DeviceFailure(
          KronosException.message("closing failed", "object", owner), e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;

/** Holds what an operator owns and closes it in reverse order, all of it even if some fails. */
public final class Resources implements AutoCloseable {
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private boolean closed;

  /** Creates an empty owner. */
  public Resources() {}

  /** Takes over a resource and returns it. */
  public <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  /** Tells whether this was closed. */
  public boolean isClosed() {
    return closed;
  }

  /** Closes everything, last first; throws the first failure. Idempotent. */
  @Override
  public void close() {
    closed = true;
    RuntimeException failure = null;
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (RuntimeException e) {
        failure = first(failure, e);
      } catch (Exception e) {
        failure = first(failure, new IllegalStateException(e));
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static RuntimeException first(RuntimeException before, RuntimeException now) {
    if (before == null) {
      return now;
    }
    before.addSuppressed(now);
    return before;
  }
}

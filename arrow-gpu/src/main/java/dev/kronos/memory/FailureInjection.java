// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes requests for memory fail on purpose, so that tests see what becomes of work that runs out
 * of it anywhere. Off until it is asked for. Thread-safe.
 */
public final class FailureInjection {
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile long every;

  FailureInjection() {}

  /**
   * Makes every n-th request from now on fail, of any pool and any thread.
   *
   * @param nth 1 or more; 0 makes none fail
   */
  public void failEvery(long nth) {
    every = nth;
    requests.set(0);
    failures.set(0);
  }

  /** Returns how many requests were made to fail since they were last asked for. */
  public long failures() {
    return failures.get();
  }

  /** Notes a request; throws when its turn has come. */
  void next(Request request) {
    long nth = every;
    if (nth == 0) {
      return;
    }
    long number = requests.incrementAndGet();
    if (number % nth == 0) {
      failures.incrementAndGet();
      throw new KronosException.Exhausted(
          message(
              "allocation failed on purpose",
              "pool",
              request.pool(),
              "askedBytes",
              request.sizeBytes(),
              "request",
              number));
    }
  }
}

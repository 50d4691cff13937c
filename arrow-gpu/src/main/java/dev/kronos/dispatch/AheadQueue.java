// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work that may be of use later, each piece once, on a few daemon threads that come when there
 * is something to do and go after it. Failures are logged and forgotten. Thread-safe.
 */
final class AheadQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AheadQueue.class);
  private static final int MOST_THREADS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What is remembered as asked for; asked for again after that, it costs a look at a map. */
  private static final int MOST_KNOWN = 4096;

  private final Set<Object> known =
      Collections.synchronizedSet(Collections.newSetFromMap(new Recent()));
  private final ThreadPoolExecutor pool;

  /**
   * Creates a queue without threads as yet; with 0 of them it does nothing.
   *
   * @param afterwards run by each thread that goes because there has been nothing to do for some
   *     seconds, or because the queue is closed; then perhaps after {@link #close} has returned
   */
  AheadQueue(int threads, Runnable afterwards) {
    this(threads, afterwards, PATIENCE);
  }

  /** Creates a queue whose threads go when there has been nothing to do for so long. */
  AheadQueue(int threads, Runnable afterwards, Duration patience) {
    this.pool = threads == 0 ? null : pool(threads, afterwards, patience);
  }

  /** Returns how many threads make sense on this machine: one a core, within a bound. */
  static int threads() {
    return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }

  private static ThreadPoolExecutor pool(int threads, Runnable afterwards, Duration patience) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            patience.toNanos(),
            TimeUnit.NANOSECONDS,
            new LinkedBlockingQueue<>(),
            work -> thread(work, afterwards),
            new ThreadPoolExecutor.DiscardPolicy());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static Thread thread(Runnable work, Runnable afterwards) {
    Runnable both =
        () -> {
          work.run();
          run(afterwards);
        };
    Thread thread = new Thread(both, "kronos-kernels-ahead");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Puts in work, unless it is known; forgets it once the queue is closed.
   *
   * @param what stands for the work, by {@code equals}
   */
  void once(Object what, Runnable work) {
    if (pool != null && known.add(what)) {
      pool.execute(() -> run(work));
    }
  }

  private static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      LOG.debug("work ahead failed: cause={}", e.toString());
    }
  }

  /** Drops what has not begun and waits for the rest, even when interrupted. Idempotent. */
  @Override
  public void close() {
    if (pool == null) {
      return;
    }
    // Not interrupted: an interrupt would close the files that a thread reads or writes.
    pool.shutdown();
    pool.getQueue().clear();
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Forgets what was added first once there is too much. */
  private static final class Recent extends LinkedHashMap<Object, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Object, Boolean> eldest) {
      return size() > MOST_KNOWN;
    }
  }
}

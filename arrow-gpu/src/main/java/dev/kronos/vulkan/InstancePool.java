// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import dev.kronos.KronosException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lends instances. One that comes back waits for the next taker, one for each {@link Layers}, and
 * keeps the driver in the process: NVIDIA's can be loaded some 30 times only. At the end of the
 * process all are destroyed, since the same driver crashes in an exit that it lives to see.
 *
 * <p>Everything happens on the thread of {@link InstanceThread}, which therefore guards the fields.
 *
 * @param <T> what is lent
 */
final class InstancePool<T> {

  private final Consumer<T> destroyer;
  private final Runnable last;
  private final Map<Layers, T> idle = new EnumMap<>(Layers.class);
  private final CountDownLatch allGone = new CountDownLatch(1);
  private int lent;
  private boolean ended;

  /**
   * Creates a pool that has nothing.
   *
   * @param destroyer destroys what was lent
   * @param last called once, after the end, when everything is destroyed
   */
  InstancePool(Consumer<T> destroyer, Runnable last) {
    this.destroyer = destroyer;
    this.last = last;
  }

  /**
   * Lends an idle one, or a new one where there is none.
   *
   * @param maker makes a new one; may throw
   * @return what the caller gives back
   * @throws KronosException.Closed when the process is about to end
   */
  T take(Layers layers, Supplier<T> maker) {
    return InstanceThread.call(
        () -> {
          requireNotEnded();
          T found = idle.remove(layers);
          T taken = found == null ? maker.get() : found;
          lent++;
          return taken;
        });
  }

  /** Takes back what was lent; where one is idle already, or at the end, it is destroyed. */
  void giveBack(Layers layers, T taken) {
    InstanceThread.run(
        () -> {
          lent--;
          if (ended || idle.putIfAbsent(layers, taken) != null) {
            destroy(taken);
          }
        });
  }

  /** Destroys what is idle. */
  void destroyIdle() {
    InstanceThread.run(this::destroyIdleHere);
  }

  /**
   * Ends lending for good, destroys what is idle, and waits for what is lent to come back and be
   * destroyed. For an exit hook: devices are closed by hooks that run beside it, or by threads that
   * are about to find out that the process ends.
   *
   * @param grace how long to wait at most; what comes back later is destroyed all the same
   * @return whether everything is destroyed
   */
  boolean end(Duration grace) {
    InstanceThread.start(
        () -> {
          ended = true;
          destroyIdleHere();
        });
    try {
      return allGone.await(grace.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void requireNotEnded() {
    if (ended) {
      throw new KronosException.Closed("opened while the JVM exits");
    }
  }

  private void destroyIdleHere() {
    while (!idle.isEmpty()) {
      destroy(idle.remove(idle.keySet().iterator().next()));
    }
    finishWhenAllGone();
  }

  private void destroy(T instance) {
    try {
      destroyer.accept(instance);
    } finally {
      finishWhenAllGone();
    }
  }

  private void finishWhenAllGone() {
    if (ended && lent == 0 && idle.isEmpty() && allGone.getCount() > 0) {
      try {
        last.run();
      } finally {
        allGone.countDown();
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Lends numbers in place of instances, in every order of coming, going, and the end. */
class InstancePoolTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final AtomicInteger made = new AtomicInteger();
  private final List<Integer> destroyed = new ArrayList<>();
  private final Set<String> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger ends = new AtomicInteger();
  private final InstancePool<Integer> pool =
      new InstancePool<>(this::destroy, ends::incrementAndGet);

  private Integer take(Layers layers) {
    return pool.take(
        layers,
        () -> {
          threads.add(Thread.currentThread().getName());
          return made.incrementAndGet();
        });
  }

  private void destroy(Integer instance) {
    threads.add(Thread.currentThread().getName());
    destroyed.add(instance);
  }

  @Test
  void whatComesBackIsLentAgainToItsKindAlone() {
    Integer first = take(Layers.NONE);
    pool.giveBack(Layers.NONE, first);
    assertThat(take(Layers.VALIDATION)).isNotEqualTo(first);
    assertThat(take(Layers.NONE)).isEqualTo(first);
    assertThat(take(Layers.NONE)).isNotEqualTo(first);
    assertThat(destroyed).isEmpty();
  }

  @Test
  void oneOfEachKindIsKept() {
    List<Integer> taken = List.of(take(Layers.NONE), take(Layers.NONE), take(Layers.VALIDATION));
    pool.giveBack(Layers.NONE, taken.get(0));
    pool.giveBack(Layers.NONE, taken.get(1));
    pool.giveBack(Layers.VALIDATION, taken.get(2));
    assertThat(destroyed).containsExactly(taken.get(1));
    assertThat(pool.end(LONG)).isTrue();
    assertThat(destroyed).containsExactlyInAnyOrderElementsOf(taken);
  }

  @Test
  void endOfAnIdlePoolDestroysOnceAndLendsNothingAnyMore() {
    pool.giveBack(Layers.NONE, take(Layers.NONE));
    assertThat(pool.end(LONG)).isTrue();
    assertThat(pool.end(LONG)).isTrue();
    assertThat(destroyed).containsExactly(1);
    assertThat(ends).hasValue(1);
    assertThatThrownBy(() -> take(Layers.NONE))
        .isInstanceOf(KronosException.Closed.class)
        .hasMessageContaining("while the JVM exits");
    assertThat(made).hasValue(1);
    assertThat(threads).containsExactly("kronos-instance");
  }

  @Test
  void endWaitsForWhatIsLent() throws Exception {
    Integer taken = take(Layers.NONE);
    AtomicBoolean ended = new AtomicBoolean();
    Thread hook = new Thread(() -> ended.set(pool.end(LONG)));
    hook.start();
    hook.join(SHORT.toMillis());
    assertThat(hook.isAlive()).isTrue();
    assertThat(destroyed).isEmpty();
    pool.giveBack(Layers.NONE, taken);
    hook.join();
    assertThat(ended).isTrue();
    assertThat(destroyed).containsExactly(taken);
    assertThat(ends).hasValue(1);
  }

  @Test
  void endDoesNotWaitForEverAndWhatComesLateIsDestroyedStill() {
    Integer taken = take(Layers.NONE);
    assertThat(pool.end(SHORT)).isFalse();
    assertThat(ends).hasValue(0);
    pool.giveBack(Layers.NONE, taken);
    assertThat(destroyed).containsExactly(taken);
    assertThat(pool.end(LONG)).isTrue();
    assertThat(ends).hasValue(1);
  }

  @Test
  void whatCannotBeMadeIsNotWaitedFor() {
    assertThatThrownBy(
            () ->
                pool.take(
                    Layers.NONE,
                    () -> {
                      throw new KronosException.NoDevice("none");
                    }))
        .isInstanceOf(KronosException.NoDevice.class);
    assertThat(pool.end(LONG)).isTrue();
    assertThat(destroyed).isEmpty();
  }

  @Test
  void endAmongManyThreadsLeavesNothing() throws Exception {
    int count = 8;
    ExecutorService workers = Executors.newFixedThreadPool(count);
    CountDownLatch started = new CountDownLatch(count);
    try {
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Layers layers = i % 2 == 0 ? Layers.NONE : Layers.VALIDATION;
        results.add(workers.submit(() -> lendUntilTheEnd(layers, started)));
      }
      started.await();
      assertThat(pool.end(LONG)).isTrue();
      for (Future<?> result : results) {
        result.get(1, TimeUnit.MINUTES);
      }
    } finally {
      workers.shutdownNow();
    }
    assertThat(destroyed).doesNotHaveDuplicates().hasSize(made.get());
    assertThat(ends).hasValue(1);
    assertThat(threads).containsExactly("kronos-instance");
  }

  private void lendUntilTheEnd(Layers layers, CountDownLatch started) {
    try {
      while (true) {
        pool.giveBack(layers, take(layers));
        started.countDown();
      }
    } catch (KronosException.Closed e) {
      assertThat(e).hasMessageContaining("while the JVM exits");
    }
  }
}

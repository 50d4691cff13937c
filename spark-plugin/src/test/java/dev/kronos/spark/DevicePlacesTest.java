// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lets tasks wait for the device in threads of their own. */
@Timeout(60)
class DevicePlacesTest {
  private static final long LONG_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final Runnable NOTHING = () -> {};

  private final AtomicLong budget = new AtomicLong(250);

  private DevicePlaces places(long taskBytes, long patienceNanos) {
    return new DevicePlaces(budget::get, taskBytes, patienceNanos);
  }

  private static CompletableFuture<Long> enter(DevicePlaces places, long task)
      throws InterruptedException {
    int before = places.waiting();
    CompletableFuture<Long> entering =
        CompletableFuture.supplyAsync(
            () -> places.enter(task, NOTHING), run -> new Thread(run).start());
    while (!entering.isDone() && places.waiting() <= before) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return entering;
  }

  private static void assertWaits(CompletableFuture<Long> entering) {
    assertThatThrownBy(() -> entering.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void admitsAsManyAsTheBudgetHasShares() throws InterruptedException {
    DevicePlaces places = places(100, LONG_NANOS);
    places.enter(1, NOTHING);
    places.enter(2, NOTHING);
    assertThat(places.enter(2, NOTHING)).as("has a place").isLessThan(1_000_000_000L);
    CompletableFuture<Long> third = enter(places, 3);
    assertWaits(third);
    places.leave(2);
    places.leave(2);
    assertThat(third.join()).as("nanoseconds").isGreaterThan(200_000_000L);
    assertThat(places.inside()).isEqualTo(2);
  }

  @Test
  void admitsInTheOrderOfComing() throws InterruptedException {
    budget.set(50);
    DevicePlaces places = places(100, LONG_NANOS);
    places.enter(0, NOTHING);
    List<Long> order = new CopyOnWriteArrayList<>();
    List<CompletableFuture<Void>> tasks = new CopyOnWriteArrayList<>();
    for (long task = 1; task <= 4; task++) {
      long own = task;
      tasks.add(
          enter(places, own)
              .thenAccept(
                  nanos -> {
                    order.add(own);
                    places.leave(own);
                  }));
    }
    places.leave(0);
    tasks.forEach(CompletableFuture::join);
    assertThat(order).containsExactly(1L, 2L, 3L, 4L);
    assertThat(places.inside()).isZero();
  }

  @Test
  void admitsAllWithoutABudgetOrShares() {
    budget.set(Long.MAX_VALUE);
    DevicePlaces free = places(100, LONG_NANOS);
    budget.set(10);
    DevicePlaces shareless = places(0, LONG_NANOS);
    for (long task = 0; task < 50; task++) {
      shareless.enter(task, NOTHING);
    }
    budget.set(Long.MAX_VALUE);
    for (long task = 0; task < 50; task++) {
      free.enter(task, NOTHING);
    }
    assertThat(free.inside() + shareless.inside() + free.waiting()).isZero();
  }

  @Test
  void nobodyWaitsForEver() {
    DevicePlaces places = places(1000, Duration.ofMillis(200).toNanos());
    places.enter(1, NOTHING);
    assertThat(places.enter(2, NOTHING)).as("nanoseconds").isGreaterThan(150_000_000L);
    assertThat(places.inside()).isEqualTo(2);
  }

  @Test
  void aTaskThatIsKilledLeavesTheQueue() {
    DevicePlaces places = places(1000, LONG_NANOS);
    places.enter(1, NOTHING);
    Runnable killed =
        () -> {
          throw new IllegalArgumentException("killed");
        };
    assertThatThrownBy(() -> places.enter(2, killed)).hasMessage("killed");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> places.enter(3, NOTHING)).isInstanceOf(KronosException.Closed.class);
    assertThat(Thread.interrupted()).as("stays set").isTrue();
    assertThat(places.waiting()).isZero();
    places.leave(1);
    assertThat(places.enter(4, NOTHING)).as("nanoseconds").isLessThan(1_000_000_000L);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.OpenKronos;
import dev.kronos.memory.HostMemory;
import dev.kronos.vulkan.CallInterceptor;
import dev.kronos.vulkan.QueueTrace;
import dev.kronos.vulkan.QueueTrace.Event;
import dev.kronos.vulkan.QueueTrace.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs random work on the device and proves from the native commands that every order was kept that
 * the declared accesses need, within batches, between them and between replays, and that none of
 * the barriers was in vain. A device may get races right by luck; the commands show them.
 *
 * <p>The system properties {@code kronos.test.programs} and {@code kronos.test.seed} say how many
 * programs to run and the seed of the first.
 */
class QueueOrderTest {

  private static final int STEPS = 200;

  /** Some seeds that are the same each time, and one that never was before. */
  static LongStream seeds() {
    long first = Long.getLong("kronos.test.seed", 1);
    long fixed = Integer.getInteger("kronos.test.programs", 4);
    return LongStream.concat(
        LongStream.range(first, first + fixed), LongStream.of(System.nanoTime()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nativeCommandsKeepEveryOrderAndNoBarrierIsInVain(long seed) {
    try (CallInterceptor calls = CallInterceptor.install()) {
      QueueTrace trace = new QueueTrace();
      calls.observe(trace.and(QueueOrderTest::seeNothingDone));
      try (OpenKronos open = new OpenKronos();
          RandomWork work = new RandomWork(open.kronos(), new Random(seed))) {
        calls.answer("vkGetSemaphoreCounterValue", 0);
        work.run(STEPS);
        List<List<RandomWork.Piece>> batches = work.batches();
        NativeOrder order = NativeOrder.of(batches, trace.batches().subList(0, batches.size()));
        long barriers = open.kronos().counters().barriers();
        check(order, barriers, "seed=" + seed);
        calls.answerNothing();
        assertThat(work.onDevice()).as("seed=%s", seed).containsExactlyElementsOf(work.inJava());
      }
    }
  }

  /** Shows the host that nothing is done until it waits, so that batches do follow each other. */
  private static void seeNothingDone(String call, long[] arguments) {
    if (call.equals("vkGetSemaphoreCounterValue")) {
      HostMemory.putLong(arguments[2], 0);
    }
  }

  private static void check(NativeOrder order, long countedBarriers, String seed) {
    assertThat(order.violations(-1)).as(seed).isEmpty();
    assertThat(order.barriers).as(seed).hasSize((int) countedBarriers);
    assertThat(order.betweenBatches).as("barriers between batches, %s", seed).isPositive();
    for (int place : order.barriers) {
      assertThat(order.violations(place)).as("without barrier %s, %s", place, seed).isNotEmpty();
    }
  }

  /** Holds the native commands of a program as a recording that {@link HazardChecker} judges. */
  private static final class NativeOrder {
    private final List<List<Access>> program = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();
    private final List<Boolean> ordered = new ArrayList<>();
    private final List<Integer> barriers = new ArrayList<>();
    private int betweenBatches;
    private boolean pending;

    static NativeOrder of(List<List<RandomWork.Piece>> batches, List<QueueTrace.Batch> submitted) {
      NativeOrder result = new NativeOrder();
      long signalled = 0;
      for (int i = 0; i < batches.size(); i++) {
        // To wait for all work before it orders a batch as a barrier does.
        result.pending |= submitted.get(i).waits() >= signalled;
        signalled = submitted.get(i).signals();
        result.add(batches.get(i), submitted.get(i).events());
      }
      return result;
    }

    private void add(List<RandomWork.Piece> pieces, List<Event> events) {
      int base = program.size();
      pieces.forEach(piece -> program.add(piece.accesses()));
      List<Event> expected = new ArrayList<>(pieces.stream().map(RandomWork.Piece::event).toList());
      for (Event event : events) {
        if (event.kind() == Kind.BARRIER) {
          barriers.add(order.size());
          betweenBatches += order.size() == base ? 1 : 0;
          pending = true;
        } else if (event.kind() != Kind.HOST_BARRIER) {
          int index = expected.indexOf(event);
          assertThat(index).as("command was asked for: %s", event).isNotNegative();
          expected.set(index, null);
          order.add(base + index);
          ordered.add(pending);
          pending = false;
        }
      }
      assertThat(expected).as("commands that are missing").containsOnlyNulls();
    }

    /** Returns what is wrong, with the barrier before a place left out; -1 for none. */
    List<String> violations(int without) {
      List<Boolean> barrierBefore = new ArrayList<>(ordered);
      if (without >= 0) {
        barrierBefore.set(without, false);
      }
      return HazardChecker.violations(program, new HazardChecker.Recording(order, barrierBefore));
    }
  }
}

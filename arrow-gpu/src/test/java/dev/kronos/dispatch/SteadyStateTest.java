// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.OpenKronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.CallInterceptor;
import dev.kronos.vulkan.QueueTrace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Looks at the native calls themselves: what is never called again once work has got going. */
class SteadyStateTest {

  private static final int WORDS = 64;
  private static final int ROUNDS = 200;
  private static final List<String> NEVER =
      List.of(
          "vkUpdateDescriptorSets",
          "vkAllocateDescriptorSets",
          "vkCreateDescriptorPool",
          "vkAllocateMemory",
          "vkFreeMemory",
          "vkMapMemory",
          "vkCreateBuffer",
          "vkCreateCommandPool",
          "vkAllocateCommandBuffers",
          "vkCreateQueryPool",
          "vkCreateShaderModule",
          "vkCreateComputePipelines",
          "vkCreateSemaphore",
          "vkCreateFence",
          "vkQueueWaitIdle");

  @Test
  void tenThousandDispatchesMakeNothingAndRecordTheBarriersThatAreCounted() {
    try (CallInterceptor calls = CallInterceptor.install()) {
      QueueTrace trace = new QueueTrace();
      calls.observe(trace);
      try (OpenKronos open = new OpenKronos();
          Workload work = new Workload(open.kronos())) {
        work.rounds(0, 20);
        trace.clear();
        Map<String, Long> before = counts(calls);
        Counters start = open.kronos().counters();
        work.rounds(20, ROUNDS);
        Counters end = open.kronos().counters();
        assertThat(end.dispatches() - start.dispatches()).isGreaterThanOrEqualTo(10_000);
        assertThat(counts(calls)).isEqualTo(before);
        assertThat(trace.submitted(QueueTrace.Kind.DISPATCH))
            .isEqualTo(end.dispatches() - start.dispatches());
        assertThat(trace.submitted(QueueTrace.Kind.BARRIER))
            .isEqualTo(end.barriers() - start.barriers())
            .isPositive();
        assertThat(trace.submitted(QueueTrace.Kind.HOST_BARRIER))
            .isEqualTo(end.streams().hostBarriers() - start.streams().hostBarriers());
        assertThat(trace.batches()).hasSize((int) (end.submits() - start.submits()));
        work.check(20 + ROUNDS);
      }
      assertThat(calls.count("vkUpdateDescriptorSets")).isEqualTo(1);
      assertThat(calls.liveObjects()).isEmpty();
    }
  }

  private static Map<String, Long> counts(CallInterceptor calls) {
    Map<String, Long> counts = new LinkedHashMap<>();
    NEVER.forEach(call -> counts.put(call, calls.count(call)));
    return counts;
  }

  /** Mixes streams, recordings, transfers and buffers that come and go; 52 dispatches a round. */
  private static final class Workload implements AutoCloseable {
    private final Kronos kronos;
    private final Kernel add;
    private final DeviceBuffer sum;
    private final DeviceBuffer other;
    private final DeviceBuffer replayed;
    private final Stream chain;
    private final Stream wide;
    private final Recording recording;

    Workload(Kronos kronos) {
      this.kronos = kronos;
      add = kronos.kernels().compile(TestKernels.ADD);
      sum = words();
      other = words();
      replayed = words();
      chain = kronos.newStream();
      wide = kronos.newStream();
      chain.fill(sum, 0, sum.sizeBytes(), 0).fill(replayed, 0, replayed.sizeBytes(), 0).submit();
      wide.dispatch(TestKernels.add(add, replayed, other, 1));
      wide.dispatch(TestKernels.add(add, other, replayed, 0));
      recording = wide.record();
    }

    private DeviceBuffer words() {
      return kronos.memory().allocate(Pool.DEVICE, WORDS * 4L);
    }

    void rounds(int first, int count) {
      for (int round = first; round < first + count; round++) {
        try (DeviceBuffer up = kronos.memory().allocate(Pool.UPLOAD, WORDS * 4L);
            DeviceBuffer large =
                kronos.memory().allocate(Pool.DEVICE, 1000 + round * 4096L % 1_000_000)) {
          runChain(up, round);
          runWide(large);
        }
        replay(round);
        chain.submit().await();
      }
    }

    /** Adds 16 ones to the sum, through another buffer, after an upload of nothing. */
    private void runChain(DeviceBuffer up, int round) {
      HostMemory.fill(up.hostAddress(), up.sizeBytes(), (byte) round);
      chain.copy(up, 0, other, 0, up.sizeBytes());
      for (int i = 0; i < 8; i++) {
        chain.dispatch(TestKernels.add(add, sum, other, 1));
        chain.dispatch(TestKernels.add(add, other, sum, 1));
      }
      chain.submit();
    }

    private void runWide(DeviceBuffer large) {
      wide.fill(large, 0, 1000, 7);
      for (int i = 0; i < 32; i++) {
        wide.dispatch(TestKernels.add(add, sum, other, i));
      }
      wide.submit();
    }

    private void replay(int round) {
      for (int i = 0; i < 2; i++) {
        Arguments arguments =
            Arguments.builder().putAddress(replayed).putAddress(other).putInt(round + i);
        recording.arguments(0, arguments).replay();
      }
    }

    void check(int rounds) {
      assertThat(TestKernels.read(kronos, sum)).containsOnly(16 * rounds);
      assertThat(TestKernels.read(kronos, replayed)).containsOnly(rounds * rounds);
    }

    @Override
    public void close() {
      recording.close();
      chain.close();
      wide.close();
      sum.close();
      other.close();
      replayed.close();
    }
  }
}

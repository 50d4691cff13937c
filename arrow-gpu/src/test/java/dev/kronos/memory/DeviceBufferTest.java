// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.KronosException;
import dev.kronos.KronosOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeviceBufferTest {
  @Test
  void racingClosesGiveTheMemoryBackOnce() throws Exception {
    try (MemoryPools pools =
        new MemoryPools(FakeMemorySource.discrete(1L << 30), KronosOptions.defaults())) {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      for (int round = 0; round < 500; round++) {
        DeviceBuffer buffer = pools.allocate(Pool.DEVICE, 100);
        AtomicInteger closed = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<Future<?>> results = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          results.add(threads.submit(() -> use(buffer, closed, refused)));
        }
        buffer.close();
        for (Future<?> result : results) {
          result.get();
        }
        assertThat(closed.get() + refused.get()).isEqualTo(4);
        assertThat(pools.outstandingBuffers()).isZero();
      }
      threads.shutdown();
    }
  }

  private static void use(DeviceBuffer buffer, AtomicInteger closed, AtomicInteger refused) {
    try {
      buffer.retain();
    } catch (KronosException.Closed e) {
      refused.incrementAndGet();
      return;
    }
    buffer.close();
    closed.incrementAndGet();
  }
}

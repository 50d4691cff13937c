// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.KronosOptions;
import dev.kronos.memory.Allocation;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.MemorySource;
import dev.kronos.memory.Pool;
import org.apache.spark.unsafe.Platform;

/** Supplies plain host memory in place of a device's; its "device addresses" are host addresses. */
final class PlainMemory implements MemorySource {
  private static final long HEAP_BYTES = 4L << 30;

  /** Makes pools over plain memory, filled with a pattern so that missing writes show. */
  static MemoryPools pools() {
    KronosOptions options =
        KronosOptions.builder()
            .set("memory.slabBytes", "16m")
            .set("debug.poison", "true")
            .set("debug.leakStacks", "true")
            .build();
    return new MemoryPools(new PlainMemory(), options);
  }

  /** Fails when anything is still held, and closes the pools. */
  static void closeEmpty(MemoryPools pools) {
    assertThat(pools.outstanding()).isEmpty();
    assertThat(pools.outstandingBytes()).isZero();
    pools.close();
  }

  @Override
  public Allocation allocate(Pool pool, long sizeBytes) {
    return new Plain(Platform.allocateMemory(sizeBytes + 256), sizeBytes);
  }

  @Override
  public boolean unified() {
    return true;
  }

  @Override
  public long heapBytes(Pool pool) {
    return HEAP_BYTES;
  }

  @Override
  public long budgetBytes(Pool pool) {
    return HEAP_BYTES;
  }

  private record Plain(long raw, long sizeBytes) implements Allocation {
    @Override
    public long deviceAddress() {
      return hostAddress();
    }

    @Override
    public long hostAddress() {
      return (raw + 255) & -256L;
    }

    @Override
    public Object handle() {
      return this;
    }

    @Override
    public void close() {
      Platform.freeMemory(raw);
    }
  }
}

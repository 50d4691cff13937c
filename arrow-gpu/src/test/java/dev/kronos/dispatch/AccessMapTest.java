// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.KronosOptions;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.FakeMemorySource;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Compares the map with one stamp for each byte. */
class AccessMapTest {

  private static final int BYTES = 64;

  private static final MemoryPools POOLS =
      new MemoryPools(FakeMemorySource.discrete(1L << 30), KronosOptions.defaults());
  private static final DeviceBuffer BUFFER = POOLS.allocate(Pool.DEVICE, BYTES);

  private final long[] writes = new long[BYTES];
  private final long[] reads = new long[BYTES];

  @Property(tries = 500)
  void stampsAreThoseOfEachByte(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 80) int length,
      @ForAll @IntRange(min = 1, max = 16) int grain) {
    Arrays.fill(writes, AccessMap.NEVER);
    Arrays.fill(reads, AccessMap.NEVER);
    AccessMap map = new AccessMap();
    AccessColumns accesses = new AccessColumns();
    for (int stamp = 0; stamp < length; stamp++) {
      // Coarse grains make ranges meet exactly, which has a way of its own.
      int from = random.nextInt(BYTES / grain + 1) * grain;
      int sizeBytes = Math.min(BYTES - from, random.nextInt(3) * grain);
      if (sizeBytes < 0) {
        continue;
      }
      Access.Mode mode = Access.Mode.values()[random.nextInt(3)];
      accesses.add(BUFFER, from, sizeBytes, mode);
      int place = accesses.size() - 1;
      assertThat(map.lastConflict(accesses, place)).isEqualTo(last(from, sizeBytes, mode));
      map.note(accesses, place, stamp);
      note(from, sizeBytes, mode, stamp);
    }
  }

  private long last(int from, int sizeBytes, Access.Mode mode) {
    long stamp = AccessMap.NEVER;
    for (int i = from; i < from + sizeBytes; i++) {
      stamp = Math.max(stamp, mode.writes() ? Math.max(writes[i], reads[i]) : writes[i]);
    }
    return stamp;
  }

  private void note(int from, int sizeBytes, Access.Mode mode, long stamp) {
    if (mode.writes()) {
      Arrays.fill(writes, from, from + sizeBytes, stamp);
      Arrays.fill(reads, from, from + sizeBytes, AccessMap.NEVER);
    } else {
      for (int i = from; i < from + sizeBytes; i++) {
        reads[i] = Math.max(reads[i], stamp);
      }
    }
  }

  @AfterContainer
  static void nothingElseIsHeld() {
    assertThat(POOLS.outstandingBuffers()).isEqualTo(1);
  }
}

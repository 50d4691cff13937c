// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.KronosOptions;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.FakeMemorySource;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private static final MemoryPools POOLS =
      new MemoryPools(FakeMemorySource.discrete(1L << 30), KronosOptions.defaults());
  private static final DeviceBuffer A = POOLS.allocate(Pool.DEVICE, 100);
  private static final List<DeviceBuffer> BUFFERS = List.of(A, POOLS.allocate(Pool.DEVICE, 300));

  @Property(tries = 300)
  void valueIsThatOfTheLastConflict(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 60) int length) {
    List<List<Access>> program = ProgramModel.random(random, length, BUFFERS);
    InFlight inFlight = new InFlight(3);
    for (int later = 0; later < length; later++) {
      long expected = 3;
      for (int earlier = 0; earlier < later; earlier++) {
        if (HazardChecker.hazard(program.get(earlier), program.get(later)) != null) {
          expected = 10L + earlier;
        }
      }
      assertThat(inFlight.after(AccessColumns.of(program.get(later)))).isEqualTo(expected);
      inFlight.record(AccessColumns.of(program.get(later)), 10L + later);
    }
  }

  @Test
  void workThatIsDoneIsForgotten() {
    InFlight inFlight = new InFlight(0);
    inFlight.record(AccessColumns.of(List.of(Access.writes(A))), 5);
    inFlight.done(4);
    assertThat(inFlight.after(AccessColumns.of(List.of(Access.reads(A))))).isEqualTo(5);
    inFlight.done(5);
    assertThat(inFlight.after(AccessColumns.of(List.of(Access.reads(A))))).isZero();
  }

  @Test
  void tooManyRangesBecomeOneValueThatIsLateEnough() {
    InFlight inFlight = new InFlight(0);
    try (DeviceBuffer large = POOLS.allocate(Pool.DEVICE, 40_000)) {
      for (int i = 0; i < 10_000; i++) {
        inFlight.record(AccessColumns.of(List.of(Access.writes(large, 4L * i, 1))), i + 1);
      }
      for (int i = 0; i < 10_000; i++) {
        assertThat(inFlight.after(AccessColumns.of(List.of(Access.reads(large, 4L * i, 1)))))
            .isBetween(i + 1L, 10_000L);
      }
    }
  }
}

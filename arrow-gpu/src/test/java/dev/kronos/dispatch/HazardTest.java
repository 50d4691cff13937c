// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.KronosOptions;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.FakeMemorySource;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("subgroups")
class HazardTest {
  private static final MemoryPools POOLS =
      new MemoryPools(FakeMemorySource.discrete(1L << 30), KronosOptions.defaults());
  private static final List<DeviceBuffer> BUFFERS =
      IntStream.range(0, 5).mapToObj(i -> POOLS.allocate(Pool.DEVICE, 100)).toList();
  private static final DeviceBuffer A = BUFFERS.get(0);
  private static final DeviceBuffer B = BUFFERS.get(1);

  @Test
  void readAfterWriteConflicts() {
    HazardTracker tracker = new HazardTracker();
    ProgramModel.record(tracker, List.of(Access.writes(A, 0, 50)));
    assertThat(ProgramModel.conflicts(tracker, List.of(Access.reads(A, 49, 1)))).isTrue();
    assertThat(ProgramModel.conflicts(tracker, List.of(Access.reads(A, 50, 50)))).isFalse();
    assertThat(ProgramModel.conflicts(tracker, List.of(Access.reads(B)))).isFalse();
  }

  @Test
  void writeAfterReadConflicts() {
    HazardTracker tracker = new HazardTracker();
    ProgramModel.record(tracker, List.of(Access.reads(A, 10, 10)));
    assertThat(ProgramModel.conflicts(tracker, List.of(Access.writes(A, 19, 5)))).isTrue();
    assertThat(ProgramModel.conflicts(tracker, List.of(Access.updates(A, 0, 11)))).isTrue();
    assertThat(ProgramModel.conflicts(tracker, List.of(Access.reads(A)))).isFalse();
    assertThat(ProgramModel.conflicts(tracker, List.of(Access.writes(A, 20, 80)))).isFalse();
  }

  @Test
  void writeAfterWriteConflicts() {
    HazardTracker tracker = new HazardTracker();
    ProgramModel.record(tracker, List.of(Access.writes(A)));
    assertThat(ProgramModel.conflicts(tracker, List.of(Access.writes(A, 99, 1)))).isTrue();
    tracker.clear();
    assertThat(ProgramModel.conflicts(tracker, List.of(Access.writes(A)))).isFalse();
  }

  @Test
  void emptyAccessesNeverConflict() {
    HazardTracker tracker = new HazardTracker();
    ProgramModel.record(tracker, List.of(Access.writes(A)));
    assertThat(ProgramModel.conflicts(tracker, List.of(Access.reads(A, 50, 0)))).isFalse();
    tracker.clear();
    ProgramModel.record(tracker, List.of(Access.writes(A, 50, 0)));
    assertThat(tracker.rangeCount()).isZero();
    assertThat(
            DependencyLevels.of(List.of(List.of(Access.writes(A)), List.of(Access.reads(A, 5, 0))))
                .levelCount())
        .isEqualTo(1);
  }

  @Test
  void touchingRangesAreRememberedAsOne() {
    HazardTracker tracker = new HazardTracker();
    for (int i = 0; i < 100; i += 2) {
      ProgramModel.record(tracker, List.of(Access.reads(A, i, 1)));
    }
    assertThat(tracker.rangeCount()).isEqualTo(50);
    for (int i = 1; i < 100; i += 2) {
      ProgramModel.record(tracker, List.of(Access.reads(A, i, 1)));
    }
    assertThat(tracker.rangeCount()).isEqualTo(1);
  }

  @Test
  void accessOutsideOfItsBufferIsRefused() {
    assertThatThrownBy(() -> Access.reads(A, 50, 51))
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessageStartingWith("access outside of its buffer: offset=50, sizeBytes=51");
    assertThatThrownBy(() -> Access.reads(A, -1, 1))
        .isInstanceOf(KronosException.InvalidArgument.class);
    assertThatThrownBy(() -> Access.reads(A, Long.MAX_VALUE, Long.MAX_VALUE))
        .isInstanceOf(KronosException.InvalidArgument.class);
  }

  @Test
  void independentWorkSharesALevel() {
    List<List<Access>> program = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      program.add(List.of(Access.writes(A, i, 1)));
      program.add(List.of(Access.reads(A, i, 1), Access.writes(B, i, 1)));
    }
    DependencyLevels levels = DependencyLevels.of(program);
    assertThat(levels.levelCount()).isEqualTo(2);
    assertThat(levels.leastBarriers()).isEqualTo(1);
    assertThat(ProgramModel.record(program).barriers()).isEqualTo(1);
  }

  @Test
  void chainNeedsALevelEach() {
    List<List<Access>> program = Collections.nCopies(20, List.of(Access.updates(A)));
    assertThat(DependencyLevels.of(program).levelCount()).isEqualTo(20);
    assertThat(ProgramModel.record(program).barriers()).isEqualTo(19);
  }

  @Test
  void clearedLevelsStartAgain() {
    DependencyLevels levels = DependencyLevels.of(List.of(List.of(Access.writes(A))));
    levels.clear();
    assertThat(levels.add(AccessColumns.of(List.of(Access.reads(A))), 0, 1)).isZero();
    assertThat(levels.levelCount()).isEqualTo(1);
    assertThat(levels.order()).containsExactly(0);
  }

  @Property(tries = 500)
  void levelsAreTheLongestPathsOfTheConflictGraph(
      @ForAll Random random, @ForAll @IntRange(min = 0, max = 60) int length) {
    List<List<Access>> program = ProgramModel.random(random, length, BUFFERS);
    DependencyLevels levels = DependencyLevels.of(program);
    int[] expected = new int[length];
    for (int later = 0; later < length; later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (HazardChecker.hazard(program.get(earlier), program.get(later)) != null) {
          expected[later] = Math.max(expected[later], expected[earlier] + 1);
        }
      }
      assertThat(levels.level(later)).isEqualTo(expected[later]);
    }
    int count = Arrays.stream(expected).max().orElse(-1) + 1;
    assertThat(levels.levelCount()).isEqualTo(count);
    assertThat(levels.order())
        .containsExactly(
            IntStream.range(0, length)
                .boxed()
                .sorted(Comparator.comparing(i -> expected[i]))
                .mapToInt(i -> i)
                .toArray());
  }

  @Property(tries = 300)
  void recordedProgramsAreRightWithTheFewestBarriers(
      @ForAll Random random, @ForAll @IntRange(min = 0, max = 60) int length) {
    List<List<Access>> program = ProgramModel.random(random, length, BUFFERS);
    HazardChecker.Recording recording = ProgramModel.record(program);
    assertThat(HazardChecker.violations(program, recording)).isEmpty();
    assertThat(recording.barriers()).isEqualTo(DependencyLevels.of(program).leastBarriers());
    assertThat(ShuffledDevice.run(program, recording, random))
        .isEqualTo(ShuffledDevice.runInOrder(program));
  }

  @Property(tries = 200)
  void removingAnyOneBarrierIsCaught(
      @ForAll Random random, @ForAll @IntRange(min = 2, max = 40) int length) {
    List<List<Access>> program = ProgramModel.random(random, length, BUFFERS);
    HazardChecker.Recording recording = ProgramModel.record(program);
    for (int i = 0; i < length; i++) {
      if (recording.barrierBefore().get(i)) {
        List<Boolean> mutated = new ArrayList<>(recording.barrierBefore());
        mutated.set(i, false);
        assertThat(
                HazardChecker.violations(
                    program, new HazardChecker.Recording(recording.order(), mutated)))
            .isNotEmpty();
      }
    }
  }

  @Test
  void swappedWorkIsCaught() {
    List<List<Access>> program = List.of(List.of(Access.writes(A)), List.of(Access.reads(A)));
    assertThat(
            HazardChecker.violations(
                program, new HazardChecker.Recording(List.of(1, 0), List.of(false, true))))
        .containsExactly("READ_AFTER_WRITE recorded out of order: earlier=0, later=1");
  }

  @Test
  void trackingMakesNoGarbageInSteadyState() {
    AccessColumns columns = new AccessColumns();
    int[] ends = new int[257];
    List<List<Access>> program = ProgramModel.random(new Random(7), 256, BUFFERS);
    for (int i = 0; i < 256; i++) {
      columns.addAll(program.get(i));
      ends[i + 1] = columns.size();
    }
    HazardTracker tracker = new HazardTracker();
    DependencyLevels levels = new DependencyLevels();
    int[] order = new int[256];
    Runnable round =
        () -> {
          levels.clear();
          tracker.clear();
          for (int i = 0; i < 256; i++) {
            levels.add(columns, ends[i], ends[i + 1]);
          }
          levels.order(order);
          for (int index : order) {
            if (tracker.conflicts(columns, ends[index], ends[index + 1])) {
              tracker.clear();
            }
            tracker.record(columns, ends[index], ends[index + 1]);
          }
        };
    AllocatedBytes.warmUp(round);
    assertThat(AllocatedBytes.during(round, 200)).isLessThan(4096);
  }

  @AfterAll
  @AfterContainer
  static void nothingElseIsHeld() {
    assertThat(POOLS.outstandingBuffers()).isEqualTo(BUFFERS.size());
  }
}

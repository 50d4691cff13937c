// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FreeListsTest {
  private static final int REGION_GRANULES = 1 << 16;

  @Test
  void wholeRegionIsAllocatedWhateverTheAlignment() {
    FreeLists lists = new FreeLists();
    lists.addRegion(0, REGION_GRANULES - 3);
    int block = lists.allocate(REGION_GRANULES - 3, 4);
    assertThat(block).isNotEqualTo(FreeLists.NONE);
    assertThat(lists.freeGranules()).isZero();
    assertThat(lists.allocate(1, 1)).isEqualTo(FreeLists.NONE);
  }

  @Test
  void regionInUseIsNotRemoved() {
    FreeLists lists = new FreeLists();
    int first = lists.addRegion(0, 100);
    lists.allocate(1, 1);
    assertThat(lists.isRegionFree(first)).isFalse();
    assertThatThrownBy(() -> lists.removeRegion(first)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void freedNeighboursBecomeOneBlock() {
    FreeLists lists = new FreeLists();
    final int first = lists.addRegion(0, 30);
    int a = lists.allocate(10, 1);
    int b = lists.allocate(10, 1);
    int c = lists.allocate(10, 1);
    lists.free(a);
    lists.free(c);
    assertThat(lists.allocate(11, 1)).isEqualTo(FreeLists.NONE);
    lists.free(b);
    assertThat(lists.isRegionFree(first)).isTrue();
    assertThat(lists.allocate(30, 1)).isEqualTo(first);
  }

  @Test
  void removedRegionIsNotUsedAgain() {
    FreeLists lists = new FreeLists();
    int first = lists.addRegion(0, 64);
    lists.removeRegion(first);
    assertThat(lists.allocate(1, 1)).isEqualTo(FreeLists.NONE);
    assertThat(lists.freeGranules()).isZero();
  }

  @Test
  void sizeClassesCoverEveryLengthInOrder() {
    int last = 0;
    for (long granules = 1; granules <= SizeClasses.MAX_GRANULES; granules += 1 + granules / 97) {
      int list = SizeClasses.of((int) granules);
      assertThat(list).isGreaterThanOrEqualTo(last);
      int rounded = SizeClasses.roundedUp((int) granules);
      assertThat(rounded).isBetween(list, list + 1);
      last = list;
    }
    assertThat(SizeClasses.of(SizeClasses.MAX_GRANULES))
        .isLessThan(SizeClasses.emptyHeads().length);
  }

  @Property(tries = 200)
  void randomTracesNeverOverlapAndCoalesceToOneBlock(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 12) int sizeBits) {
    FreeLists lists = new FreeLists();
    int[] firsts = {lists.addRegion(0, REGION_GRANULES), lists.addRegion(1, REGION_GRANULES / 2)};
    boolean[][] used = {new boolean[REGION_GRANULES], new boolean[REGION_GRANULES / 2]};
    List<Integer> live = new ArrayList<>();
    for (int step = 0; step < 2000; step++) {
      if (live.isEmpty() || random.nextInt(100) < 55) {
        allocate(lists, random, sizeBits, used, live);
      } else {
        int block = live.remove(random.nextInt(live.size()));
        mark(lists, block, used, false);
        lists.free(block);
      }
    }
    assertThat(lists.usedBlocks()).isEqualTo(live.size());
    live.forEach(lists::free);
    for (int first : firsts) {
      assertThat(lists.isRegionFree(first)).isTrue();
      lists.removeRegion(first);
    }
    assertThat(lists.freeGranules()).isZero();
  }

  private static void allocate(
      FreeLists lists, Random random, int sizeBits, boolean[][] used, List<Integer> live) {
    int granules = 1 + random.nextInt(1 << (1 + random.nextInt(sizeBits)));
    int alignment = 1 << random.nextInt(4);
    long freeBefore = lists.freeGranules();
    int block = lists.allocate(granules, alignment);
    if (block != FreeLists.NONE) {
      assertThat(lists.granules(block)).isEqualTo(granules);
      assertThat(lists.offset(block) % alignment).isZero();
      assertThat(lists.freeGranules()).isEqualTo(freeBefore - granules);
      mark(lists, block, used, true);
      live.add(block);
    }
  }

  private static void mark(FreeLists lists, int block, boolean[][] used, boolean value) {
    boolean[] region = used[lists.region(block)];
    for (int i = 0; i < lists.granules(block); i++) {
      int granule = lists.offset(block) + i;
      assertThat(region[granule]).isEqualTo(!value);
      region[granule] = value;
    }
  }
}

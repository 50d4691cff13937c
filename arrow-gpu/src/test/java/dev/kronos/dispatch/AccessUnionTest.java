// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Compares joined ranges with what may be done to each byte. */
class AccessUnionTest {

  private static final int BYTES = 48;

  @Property(tries = 500)
  void rangesAreThoseOfEachByte(
      @ForAll Random random, @ForAll @IntRange(min = 0, max = 12) int count) {
    AccessUnion union = new AccessUnion();
    int[] allowed = new int[BYTES + 1];
    for (int i = 0; i < count; i++) {
      int start = random.nextInt(BYTES);
      int end = start + random.nextInt(BYTES - start);
      int mode = random.nextInt(4);
      union.add(start, end, mode);
      for (int at = start; at < end; at++) {
        allowed[at] |= mode;
      }
    }
    union.seal();
    List<String> expected = new ArrayList<>();
    for (int mode = 1; mode <= AccessUnion.BOTH; mode++) {
      expected.addAll(runs(allowed, mode));
    }
    List<String> found = new ArrayList<>();
    for (int i = 0; i < union.size(); i++) {
      found.add(text(union.mode(i), union.start(i), union.end(i)));
    }
    assertThat(found).containsExactlyElementsOf(expected);
    assertThat(union.size()).isLessThanOrEqualTo(AccessUnion.MOST_RANGES * count);
  }

  private static List<String> runs(int[] allowed, int mode) {
    List<String> runs = new ArrayList<>();
    int start = -1;
    for (int at = 0; at <= BYTES; at++) {
      boolean inside = (allowed[at] & mode) == mode;
      if (inside && start < 0) {
        start = at;
      } else if (!inside && start >= 0) {
        runs.add(text(mode, start, at));
        start = -1;
      }
    }
    return runs;
  }

  private static String text(int mode, long start, long end) {
    return mode + ": " + start + " to " + end;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * The offsets of a time zone, as a constant of kernels that is searched there. Rules for all years
 * to come repeat every 400 years, as the calendar and its weeks do, so that one such cycle is
 * listed. Immutable.
 *
 * <pre>
 *   int64 words, little-endian; times in seconds since 1970-01-01 00:00:00
 *     0  start of the cycle, an instant; Long.MAX_VALUE where no rules go on
 *     1  offset before the first transition
 *     2 + 3 i  transition i: its instant
 *     3 + 3 i    wall clock from which its offset holds: the later of those before and after
 *     4 + 3 i    offset after it
 * </pre>
 *
 * A clock that is looked for among the second words has the offset before a transition in its gap
 * or overlap.
 */
public final class ZoneTable {
  /** Seconds of 400 years. */
  static final long CYCLE_SECONDS = TimeUnit.DAYS.toSeconds(146_097);

  /** No offset, where one is to be preferred. */
  public static final int NO_OFFSET = Integer.MIN_VALUE;

  private static final int INSTANT = 0;
  private static final int CLOCK = 1;
  private static final int OFFSET = 2;
  private static final int HEAD = 2;
  private static final int ENTRY = 3;

  private final long[] words;

  private ZoneTable(long[] words) {
    this.words = words;
  }

  /** Reads a table from its text. */
  static ZoneTable of(Utf8 text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    long[] words = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(words);
    return new ZoneTable(words);
  }

  /** Makes the table of a zone. */
  public static ZoneTable of(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffsetTransition> transitions = new ArrayList<>(rules.getTransitions());
    long start = Long.MAX_VALUE;
    if (!rules.getTransitionRules().isEmpty()) {
      start = startOfCycle(transitions);
      goOn(rules, transitions, start + CYCLE_SECONDS);
    }
    LongStream head = LongStream.of(start, rules.getOffset(Instant.MIN).getTotalSeconds());
    LongStream entries = transitions.stream().flatMapToLong(ZoneTable::entry);
    return new ZoneTable(LongStream.concat(head, entries).toArray());
  }

  /** The second year after the last transition that is no rule's, so that one year has rules. */
  private static long startOfCycle(List<ZoneOffsetTransition> transitions) {
    int last =
        transitions.isEmpty()
            ? 1970
            : transitions.get(transitions.size() - 1).getDateTimeBefore().getYear();
    return LocalDate.of(last + 2, 1, 1).toEpochDay() * TimeUnit.DAYS.toSeconds(1);
  }

  private static void goOn(ZoneRules rules, List<ZoneOffsetTransition> transitions, long end) {
    Instant at =
        transitions.isEmpty()
            ? Instant.EPOCH
            : transitions.get(transitions.size() - 1).getInstant();
    ZoneOffsetTransition next = rules.nextTransition(at);
    // Some of the next cycle, for clocks near its end.
    while (next != null && next.toEpochSecond() < end + TimeUnit.DAYS.toSeconds(366)) {
      transitions.add(next);
      next = rules.nextTransition(next.getInstant());
    }
  }

  private static LongStream entry(ZoneOffsetTransition transition) {
    ZoneOffset before = transition.getOffsetBefore();
    ZoneOffset after = transition.getOffsetAfter();
    int later = Math.max(before.getTotalSeconds(), after.getTotalSeconds());
    long instant = transition.toEpochSecond();
    return LongStream.of(instant, instant + later, after.getTotalSeconds());
  }

  /** Returns the table as the constant that kernels take. */
  public Literal literal() {
    ByteBuffer bytes =
        ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(words);
    return new Literal(DataType.STRING, Utf8.of(bytes.array()));
  }

  private int entries() {
    return (words.length - HEAD) / ENTRY;
  }

  private long word(int entry, int field) {
    return words[HEAD + ENTRY * entry + field];
  }

  private long reduced(long seconds) {
    long start = words[0];
    return seconds < start ? seconds : start + (seconds - start) % CYCLE_SECONDS;
  }

  /** Returns how many entries have a field that is at most {@code seconds}. */
  private int passed(long seconds, int field) {
    int low = 0;
    int high = entries();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (word(middle, field) <= seconds) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int offsetAfter(int passed) {
    return (int) (passed == 0 ? words[1] : word(passed - 1, OFFSET));
  }

  /** Returns the offset at an instant. */
  int offsetAt(long seconds) {
    return offsetAfter(passed(reduced(seconds), INSTANT));
  }

  /** Returns the offset of a wall clock: {@code preferred} in an overlap that has it. */
  int offsetOfClock(long seconds, int preferred) {
    long clock = reduced(seconds);
    int passed = passed(clock, CLOCK);
    int before = offsetAfter(passed);
    if (passed == entries()) {
      return before;
    }
    int after = offsetAfter(passed + 1);
    boolean overlap = after < before && clock >= word(passed, INSTANT) + after;
    return overlap && preferred == after ? after : before;
  }

  /** Returns the first instant of a day. */
  long startOfDay(int days) {
    long midnight = days * TimeUnit.DAYS.toSeconds(1);
    long clock = reduced(midnight);
    int passed = passed(clock, CLOCK);
    long instant = clock - offsetAfter(passed);
    if (passed < entries()) {
      // Where clocks are put forward over midnight, the day begins then.
      instant = Math.min(instant, word(passed, INSTANT));
    }
    return instant + (midnight - clock);
  }
}

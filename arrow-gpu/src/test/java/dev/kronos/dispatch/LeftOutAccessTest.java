// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.KronosOption;
import dev.kronos.OpenKronos;
import dev.kronos.compute.Aggregates;
import dev.kronos.compute.Cumulative;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.vector.BigIntVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Leaves out one access after the other of what real operators declare: each must be missed. */
class LeftOutAccessTest {

  private static final int COUNT = 5000;

  /** What is run. */
  enum Operator {
    RUNNING_SUM(
        work -> new Cumulative(work.kronos).sum(work.values, Cumulative.Nulls.SKIP).close()),
    SUM(work -> new Aggregates(work.kronos).sum(work.values)),
    VARIANCE(work -> new Aggregates(work.kronos).variance(work.values, 1));

    private final Consumer<Work> run;

    Operator(Consumer<Work> run) {
      this.run = run;
    }
  }

  private record Work(Kronos kronos, BigIntVector values) {}

  @ParameterizedTest
  @EnumSource
  void everyAccessIsMissed(Operator operator) {
    try (OpenKronos open =
            new OpenKronos(
                OpenKronos.options().set(KronosOption.DEBUG_CHECKED_KERNELS, true).build());
        BigIntVector values = new BigIntVector("values", open.kronos().allocator());
        Stream stream = open.kronos().newStream()) {
      for (int i = 0; i < COUNT; i++) {
        values.setSafe(i, i * 31L);
      }
      values.setNull(7);
      values.setValueCount(COUNT);
      Work work = new Work(open.kronos(), values);
      RangeChecks checks = stream.checks();
      checks.leaveOut(-1);
      operator.run.accept(work);
      int accesses = checks.written();
      assertThat(accesses).isPositive();
      assertThat(notMissed(operator, work, checks, accesses)).isEmpty();
    }
  }

  private static List<Integer> notMissed(
      Operator operator, Work work, RangeChecks checks, int accesses) {
    List<Integer> list = new ArrayList<>();
    for (int access = 0; access < accesses; access++) {
      checks.leaveOut(access);
      try {
        operator.run.accept(work);
        list.add(access);
      } catch (KronosException.UndeclaredAccess e) {
        assertThat(e).hasMessageContaining("kernel=");
      }
    }
    return list;
  }
}

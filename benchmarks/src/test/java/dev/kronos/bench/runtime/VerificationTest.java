// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.bench.program.Contender;
import dev.kronos.bench.program.Side;
import dev.kronos.bench.program.Transfers;
import dev.kronos.bench.work.Job;
import dev.kronos.bench.work.Workload;
import dev.kronos.bench.work.WrongResult;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A benchmark that would not notice a wrong result proves nothing. */
class VerificationTest {

  /** Not a power of two, and more than one tile of each kernel. */
  private static final long SIZE_BYTES = 150_012;

  private static Sides sides;

  @BeforeAll
  static void open() {
    sides = Sides.open(Fixture.options(), new BoundKernels());
  }

  @AfterAll
  static void close() {
    long messages = sides.validationMessages();
    sides.close();
    assertThat(messages).as("validation messages").isZero();
  }

  private static void verify(Job job, Side side) {
    try (Loaded loaded = new Loaded(job, List.of(side))) {
      loaded.verify();
    }
  }

  @ParameterizedTest
  @EnumSource
  void allProgramsGiveTheTwinsResult(Workload workload) {
    Job job = new Job(workload.problem(SIZE_BYTES), 2, 5);
    sides.all().forEach(side -> verify(job, side));
  }

  @ParameterizedTest
  @EnumSource
  void oneWrongBitIsNoticed(Workload workload) {
    Job job = new Job(workload.problem(SIZE_BYTES), 1, 1);
    UnaryOperator<byte[]> wrong =
        bytes -> {
          // In the last element, in a bit that is worth something.
          bytes[bytes.length - 2] ^= 1 << 6;
          return bytes;
        };
    for (Side side : sides.all()) {
      assertThatThrownBy(() -> verify(job, new SabotagedSide(side, null, wrong)))
          .isInstanceOf(WrongResult.class)
          .hasMessageStartingWith(side.contenders().get(0).title());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aProgramThatDoesNothingIsNoticed(Workload workload) {
    Job job = new Job(workload.problem(SIZE_BYTES), 1, 1);
    // The second of each side: the first has left right results behind.
    for (Side side : sides.all()) {
      Contender idle = side.contenders().get(1);
      assertThatThrownBy(() -> verify(job, new SabotagedSide(side, idle, UnaryOperator.identity())))
          .isInstanceOf(WrongResult.class)
          .hasMessageStartingWith(idle.title());
    }
  }

  @Test
  void transfersMoveWhatTheyAreGiven() {
    for (Side side : sides.all()) {
      assertThat(TransferRun.run(side, 4096)).hasSize(4);
      try (Transfers transfers = side.transfers(8)) {
        byte[] target = new byte[8];
        transfers.upload(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        transfers.copy();
        transfers.download(target);
        assertThat(target).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        transfers.fill(0x01020304);
        transfers.download(target);
        assertThat(target).containsExactly(4, 3, 2, 1, 4, 3, 2, 1);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.KronosOption;
import dev.kronos.KronosOptions;
import dev.kronos.OpenKronos;
import dev.kronos.vulkan.spirv.ShaderCompileException;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelsAheadTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static List<ShaderSource> variants(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> new ShaderSource("variant", TestKernels.ADD.glsl() + "// " + i + "\n", Map.of()))
        .toList();
  }

  @Test
  void preparedKernelsAreThereWithoutWaiting() {
    try (OpenKronos open = new OpenKronos()) {
      Kernels kernels = open.kronos().kernels();
      List<ShaderSource> sources = List.of(TestKernels.ADD, TestKernels.MULTIPLY_ADD);
      kernels.prepare("both", () -> sources);
      await(() -> kernels.created() == 2);
      Kernel add = kernels.compile(TestKernels.ADD);
      kernels.compile(TestKernels.MULTIPLY_ADD);
      assertThat(add.workgroupSize()).isEqualTo(256);
      assertThat(kernels.compilations()).isEqualTo(2);
      assertThat(kernels.workNanos()).isPositive();
      // The last of the two may have been counted before it was put where it is found.
      assertThat(kernels.waitNanos()).isLessThan(kernels.workNanos() / 2);
    }
  }

  @Test
  void kernelsThatAreNeededAtOnceAreMadeByWhoeverNeedsThem() {
    try (OpenKronos open = new OpenKronos()) {
      Kernels kernels = open.kronos().kernels();
      List<ShaderSource> sources = variants(12);
      kernels.prepare("all", () -> sources);
      // The last one is behind all others in the queue.
      assertThat(kernels.compile(sources.get(11)).name()).isEqualTo("variant");
      assertThat(kernels.waitNanos()).isPositive();
      sources.forEach(kernels::compile);
      assertThat(kernels.created()).isEqualTo(12);
    }
  }

  @Test
  void whatWasAskedForIsNotLookedAtAgain() {
    AtomicInteger asked = new AtomicInteger();
    try (OpenKronos open = new OpenKronos()) {
      Kernels kernels = open.kronos().kernels();
      for (int i = 0; i < 100; i++) {
        kernels.prepare(
            List.of("same"),
            () -> {
              asked.incrementAndGet();
              return List.of(TestKernels.ADD);
            });
      }
      await(() -> kernels.created() == 1);
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void failuresAreToldWhereTheKernelIsNeeded() {
    try (OpenKronos open = new OpenKronos()) {
      Kernels kernels = open.kronos().kernels();
      ShaderSource broken = ShaderSource.of("broken", "#version 460\nvoid main() { nonsense; }");
      kernels.prepare("no text", () -> failing());
      kernels.prepare("broken", () -> List.of(broken, TestKernels.ADD));
      kernels.prepareNamed("no/such");
      await(() -> kernels.created() == 1);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> kernels.compile(broken))
            .isInstanceOf(ShaderCompileException.class)
            .hasMessageContaining("nonsense");
      }
      assertThatThrownBy(() -> kernels.named("no/such"))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining("no/such");
    }
  }

  private static List<ShaderSource> failing() {
    throw new IllegalStateException("no text");
  }

  @Test
  void namedKernelsArePrepared() {
    try (OpenKronos open = new OpenKronos()) {
      Kernels kernels = open.kronos().kernels();
      kernels.prepareNamed("scan/spine");
      await(() -> kernels.created() == 1);
      kernels.named("scan/spine");
      assertThat(kernels.created()).isEqualTo(1);
    }
  }

  @Test
  void nothingIsMadeAheadWhereItIsOff() {
    AtomicInteger asked = new AtomicInteger();
    try (OpenKronos open =
        new OpenKronos(OpenKronos.options().set(KronosOption.KERNELS_AHEAD, false).build())) {
      Kernels kernels = open.kronos().kernels();
      kernels.prepare(
          "never",
          () -> {
            asked.incrementAndGet();
            return List.of();
          });
      kernels.prepareNamed("scan/spine");
      kernels.compile(TestKernels.ADD);
      assertThat(kernels.created()).isEqualTo(1);
    }
    assertThat(asked).hasValue(0);
  }

  @Test
  void closingWaitsForWhatHasBegunAndDropsTheRest() {
    Kernels kernels;
    try (OpenKronos open = new OpenKronos()) {
      kernels = open.kronos().kernels();
      List<ShaderSource> sources = variants(64);
      kernels.prepare("many", () -> sources);
      await(() -> open.kronos().kernels().created() > 0);
    }
    long created = kernels.created();
    assertThat(created).isLessThan(64);
    // Neither a thread nor a driver call comes after it.
    assertThatCode(() -> kernels.prepare("late", KernelsAheadTest::failing))
        .doesNotThrowAnyException();
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    assertThat(kernels.created()).isEqualTo(created);
    assertThatThrownBy(() -> kernels.compile(TestKernels.MULTIPLY_ADD))
        .isInstanceOf(KronosException.Closed.class);
  }

  @Test
  void queueEndsWorkEvenWhenInterrupted() throws Exception {
    AheadQueue queue = new AheadQueue(1, () -> {});
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    queue.once(
        "slow",
        () -> {
          begun.countDown();
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
          ended.incrementAndGet();
        });
    queue.once("dropped", ended::incrementAndGet);
    begun.await();
    Thread.currentThread().interrupt();
    queue.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ended).hasValue(1);
    queue.close();
  }

  @Test
  void threadsThatGoSayThatThereIsNothingLeft() {
    AtomicInteger gone = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    try (AheadQueue queue = new AheadQueue(1, gone::incrementAndGet, Duration.ofMillis(20))) {
      queue.once("first", done::incrementAndGet);
      await(() -> gone.get() == 1);
      assertThat(done).hasValue(1);
      queue.once("second", done::incrementAndGet);
      await(() -> gone.get() == 2);
      assertThat(done).hasValue(2);
    }
  }

  /** A process that is killed has not closed its device. */
  @Test
  void driversCodeIsKeptBeforeTheDeviceIsClosed(@TempDir Path folder) {
    KronosOptions options =
        OpenKronos.options().set(KronosOption.CACHE_DIR, folder.toString()).build();
    try (Kronos kronos = Kronos.open(options)) {
      kronos.kernels().prepare("one", () -> List.of(TestKernels.ADD));
      await(() -> isKept(folder));
    }
  }

  private static boolean isKept(Path folder) {
    String[] names = folder.toFile().list((parent, name) -> name.startsWith("pipelines-"));
    return names != null && names.length == 1;
  }
}

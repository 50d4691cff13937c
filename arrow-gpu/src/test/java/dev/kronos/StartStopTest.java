// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Recording;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.TestKernels;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens a device, runs a kernel and closes the device a thousand times, and watches what the
 * process holds. The number of times is the system property {@code kronos.test.cycles}.
 */
@Tag("once")
@EnabledOnOs(OS.LINUX)
class StartStopTest {

  private static final int CYCLES = Integer.getInteger("kronos.test.cycles", 1_000);
  private static final int WARM_UP = 100;

  /** What the JVM's compilers take while code still gets hot. */
  private static final long COMPILER_BYTES = 32L << 20;

  private static final long NOISE_BYTES = 16L << 10;

  @TempDir static Path kernels;

  @Test
  void processDoesNotGrow() throws IOException {
    KronosOptions options =
        OpenKronos.options()
            .set(KronosOption.VALIDATION, false)
            .set(KronosOption.CACHE_DIR, kernels.toString())
            .build();
    cycle(options, WARM_UP);
    Held before = Held.now();
    cycle(options, CYCLES);
    Held after = Held.now();
    // Other threads of the JVM come and go; what each cycle leaves would be CYCLES at least.
    long noise = Math.max(CYCLES / 4, 10);
    assertThat(after.threads()).as("threads").isLessThan(before.threads() + noise);
    assertThat(after.files()).as("open files").isLessThan(before.files() + noise);
    assertThat(after.mappings()).as("mappings").isLessThan(before.mappings() + noise);
    assertThat(after.residentBytes())
        .as("resident memory; before %s, after %s", before, after)
        .isLessThan(before.residentBytes() + COMPILER_BYTES + CYCLES * NOISE_BYTES);
  }

  private static void cycle(KronosOptions options, int times) {
    for (int i = 0; i < times; i++) {
      try (OpenKronos open = new OpenKronos(options)) {
        use(open.kronos(), i);
      }
    }
  }

  private static void use(Kronos kronos, int value) {
    try (Stream stream = kronos.newStream();
        DeviceBuffer a = kronos.memory().allocate(Pool.DEVICE, 4096);
        DeviceBuffer large = kronos.memory().allocate(Pool.DEVICE, 20L << 20);
        ArrowBuf arrow = kronos.allocator().buffer(1000)) {
      arrow.setLong(0, value);
      Kernel add = kronos.kernels().compile(TestKernels.ADD);
      stream.fill(large, 0, 4096, value).fill(a, 0, 4096, value).submit();
      stream.dispatch(TestKernels.add(add, a, a, 1));
      try (Recording recording = stream.record()) {
        recording.replay();
        recording.replay().await();
      }
      assertThat(TestKernels.read(kronos, a)).containsOnly(value + 2);
    }
  }

  /** Says what the operating system lends to the process. */
  private record Held(long residentBytes, long threads, long files, long mappings) {
    private static final Path PROCESS = Path.of("/proc/self");
    private static final long PAGE_BYTES = 4096;

    static Held now() throws IOException {
      System.gc();
      String pages = Files.readString(PROCESS.resolve("statm")).split(" ", -1)[1];
      long mappings = Files.readAllLines(PROCESS.resolve("maps")).size();
      return new Held(Long.parseLong(pages) * PAGE_BYTES, entries("task"), entries("fd"), mappings);
    }

    private static long entries(String folder) {
      return PROCESS.resolve(folder).toFile().list().length;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Recording;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.TestKernels;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leaves the JVM while work goes on. */
@Tag("once")
class KronosExitTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(classes = {ExitInFlight.class, ExitWriting.class})
  void jvmExitsCleanlyWhileManyThreadsAreAtWork(Class<?> scenario) throws Exception {
    OwnJvm.Outcome outcome = OwnJvm.run(scenario, folder, Map.of(), List.of());
    assertThat(outcome.text())
        .contains("leaving")
        .doesNotContain("SIGSEGV")
        .doesNotContain("SIGBUS")
        .doesNotContain("Exception in thread");
    assertThat(outcome.code()).isEqualTo(3);
  }

  /** Exits while threads submit fills, record kernels, which writes arguments, and replay. */
  static final class ExitInFlight {
    private ExitInFlight() {}

    /** Runs the scenario. */
    public static void main(String[] args) throws InterruptedException {
      Kronos kronos = Kronos.open(OpenKronos.options().build());
      for (int i = 0; i < 8; i++) {
        boolean replays = i < 4;
        Thread thread =
            new Thread(
                () -> untilClosed(replays ? ExitInFlight::replay : ExitInFlight::fill, kronos));
        thread.setDaemon(i % 2 == 0);
        thread.start();
      }
      leave();
    }

    private static void untilClosed(Consumer<Kronos> work, Kronos kronos) {
      try {
        work.accept(kronos);
      } catch (KronosException.Closed e) {
        Thread.currentThread().interrupt();
      }
    }

    private static void fill(Kronos kronos) {
      Stream stream = kronos.newStream();
      DeviceBuffer buffer = kronos.memory().allocate(Pool.DEVICE, 1 << 16);
      while (true) {
        stream.fill(buffer, 0, buffer.sizeBytes(), 7).submit();
      }
    }

    private static void replay(Kronos kronos) {
      try (Stream stream = kronos.newStream();
          DeviceBuffer buffer = kronos.memory().allocate(Pool.DEVICE, 1 << 16)) {
        Kernel add = kronos.kernels().compile(TestKernels.ADD);
        stream.dispatch(TestKernels.add(add, buffer, buffer, 1));
        try (Recording recording = stream.record()) {
          while (true) {
            recording.replay();
            for (int i = 0; i < 50; i++) {
              stream.dispatch(TestKernels.add(add, buffer, buffer, i));
            }
            stream.submit();
          }
        }
      }
    }
  }

  /** Exits while threads that will never stop write to mapped memory that they hold. */
  static final class ExitWriting {
    private ExitWriting() {}

    /** Runs the scenario. */
    public static void main(String[] args) throws InterruptedException {
      Kronos kronos = Kronos.open(OpenKronos.options().build());
      for (long sizeBytes : new long[] {64, 1 << 20, 40 << 20}) {
        ArrowBuf arrow = kronos.allocator().buffer(sizeBytes);
        DeviceBuffer buffer = kronos.memory().allocate(Pool.UPLOAD, sizeBytes);
        start(arrow.memoryAddress(), sizeBytes);
        start(buffer.hostAddress(), sizeBytes);
      }
      leave();
    }

    private static void start(long address, long sizeBytes) {
      Thread thread = new Thread(() -> writeForever(address, sizeBytes));
      thread.setDaemon(true);
      thread.start();
    }

    private static void writeForever(long address, long sizeBytes) {
      for (long at = 0; ; at = (at + 4096) % sizeBytes) {
        HostMemory.putLong(address + at, at);
      }
    }
  }

  private static void leave() throws InterruptedException {
    Thread.sleep(300);
    System.out.println("leaving");
    System.exit(3);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what needs a JVM of its own: its exit, and machines without Vulkan. */
class KronosExitTest {

  @TempDir Path folder;

  @Test
  void jvmExitsCleanlyWithWorkInFlightFromManyThreads() throws Exception {
    Outcome outcome = run(Map.of(), List.of(), ExitInFlight.class);
    assertThat(outcome.text()).contains("leaving").doesNotContain("SIGSEGV");
    assertThat(outcome.code()).isEqualTo(3);
  }

  @Test
  void machineWithoutLoaderAndDriversGetsCauseAndRemedy() throws Exception {
    Outcome outcome =
        run(
            Map.of("VK_ICD_FILENAMES", folder.resolve("none.json").toString()),
            List.of("-Dorg.lwjgl.vulkan.libname=no_such_vulkan_loader"),
            OpenOnce.class);
    assertThat(outcome.text()).contains("NoDevice: no Vulkan loader").contains("none.json");
    assertThat(outcome.code()).isZero();
  }

  @Test
  void driverIsOpenedDirectlyWhereThereIsNoLoader() throws Exception {
    Outcome outcome =
        run(Map.of(), List.of("-Dorg.lwjgl.vulkan.libname=no_such_vulkan_loader"), OpenOnce.class);
    assertThat(outcome.text()).contains("opened llvmpipe").contains("filled 7");
    assertThat(outcome.code()).isZero();
  }

  @Test
  void machineWithoutDriversGetsCauseAndRemedy() throws Exception {
    Map<String, String> environment =
        Map.of("VK_ICD_FILENAMES", folder.resolve("none.json").toString());
    Outcome outcome = run(environment, List.of(), OpenOnce.class);
    assertThat(outcome.text()).contains("NoDevice: no Vulkan d").contains("install");
    assertThat(outcome.code()).isZero();
  }

  /** Exits while eight threads submit. */
  static final class ExitInFlight {
    private ExitInFlight() {}

    /** Runs the scenario. */
    public static void main(String[] args) throws InterruptedException {
      Kronos kronos = Kronos.open(OpenKronos.options().build());
      for (int i = 0; i < 8; i++) {
        Thread thread = new Thread(() -> submitForever(kronos));
        thread.setDaemon(i % 2 == 0);
        thread.start();
      }
      Thread.sleep(300);
      System.out.println("leaving");
      System.exit(3);
    }

    private static void submitForever(Kronos kronos) {
      Stream stream = kronos.newStream();
      DeviceBuffer buffer = kronos.memory().allocate(Pool.DEVICE, 1 << 16);
      try {
        while (true) {
          stream.fill(buffer, 0, buffer.sizeBytes(), 7).submit();
        }
      } catch (KronosException.Closed e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Opens a device and prints why that failed. */
  static final class OpenOnce {
    private OpenOnce() {}

    /** Runs the scenario. */
    public static void main(String[] args) {
      KronosOptions options =
          KronosOptions.defaults().toBuilder().set(KronosOption.CACHE_DIR, "none").build();
      try (Kronos kronos = Kronos.open(options);
          DeviceBuffer buffer = kronos.memory().allocate(Pool.READBACK, 64);
          Stream stream = kronos.newStream()) {
        System.out.println("opened " + kronos.device().name());
        stream.fill(buffer, 0, 64, 7).submit().await();
        System.out.println("filled " + HostMemory.intAt(buffer.hostAddress()));
      } catch (KronosException.NoDevice e) {
        System.out.println("NoDevice: " + e.getMessage());
      }
    }
  }

  private record Outcome(int code, String text) {}

  private Outcome run(Map<String, String> environment, List<String> flags, Class<?> main)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath(), main.getName()));
    File log = folder.resolve("log.txt").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log).directory(folder.toFile());
    builder.environment().remove("VK_DRIVER_FILES");
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    String text = Files.readString(log.toPath(), StandardCharsets.UTF_8);
    assertThat(ended).as("JVM ended: %s", text).isTrue();
    return new Outcome(process.exitValue(), text);
  }

  private static String classPath() {
    String surefire = System.getProperty("surefire.test.class.path");
    return surefire != null ? surefire : System.getProperty("java.class.path");
  }
}

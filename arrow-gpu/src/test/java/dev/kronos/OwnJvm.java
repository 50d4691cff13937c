// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main method in a JVM of its own: for exits, and for other machines than this one. */
final class OwnJvm {

  private static final long TIMEOUT_SECONDS = 120;

  private OwnJvm() {}

  /**
   * Says how a JVM ended.
   *
   * @param code its exit code
   * @param text what it wrote to both outputs
   */
  record Outcome(int code, String text) {}

  /**
   * Runs a class with the class path of this JVM and waits for its end.
   *
   * @param main the class with the main method
   * @param folder where it runs and where its output goes
   * @param environment variables to set; those of Vulkan's loader are unset otherwise
   * @param flags options of the JVM
   */
  static Outcome run(
      Class<?> main, Path folder, Map<String, String> environment, List<String> flags)
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
    boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
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

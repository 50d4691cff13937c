// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.device.HostPlatform;
import dev.kronos.device.IcdDiscovery;
import dev.kronos.device.IcdManifest;
import dev.kronos.device.IcdSearch;
import dev.kronos.device.Machine;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.Pool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens a device in a JVM of its own, where there is no loader, no driver, or only bad ones. */
@Tag("once")
@EnabledOnOs(OS.LINUX)
class DriverSearchTest {

  private static final String LOADER = "-Dorg.lwjgl.vulkan.libname=libvulkan.so.1";
  private static final String NO_LOADER = "-Dorg.lwjgl.vulkan.libname=no_such_vulkan_loader";

  @TempDir Path folder;
  private Path drivers;

  @BeforeEach
  void makeFolder() throws IOException {
    drivers = Files.createDirectory(folder.resolve("drivers"));
  }

  @Test
  void machineWithoutLoaderAndDriversGetsCauseAndRemedy() throws Exception {
    OwnJvm.Outcome outcome = open(noDrivers(), NO_LOADER);
    assertThat(outcome.text()).contains("NoDevice: no Vulkan loader").contains("none.json");
    assertThat(outcome.code()).isZero();
  }

  @Test
  void driverIsOpenedDirectlyWhereThereIsNoLoader() throws Exception {
    OwnJvm.Outcome outcome = open(Map.of(), NO_LOADER);
    assertThat(outcome.text()).contains("opened llvmpipe").contains("filled 7");
    assertThat(outcome.code()).isZero();
  }

  @Test
  void machineWithoutDriversGetsCauseAndRemedy() throws Exception {
    OwnJvm.Outcome outcome = open(noDrivers(), LOADER);
    assertThat(outcome.text()).contains("NoDevice: no Vulkan d").contains("install");
    assertThat(outcome.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {LOADER, NO_LOADER})
  void namedDriverIsFoundBehindHostileOnesThatAreEachExplained(String loader) throws Exception {
    writeHostileManifests();
    Files.copy(softwareDriver(), drivers.resolve("z-good.json"));
    OwnJvm.Outcome outcome = open(named(), loader);
    assertThat(outcome.text()).contains("opened llvmpipe").contains("filled 7");
    assertAllExplained(outcome.text());
    assertThat(outcome.code()).isZero();
  }

  @Test
  void withHostileManifestsAloneEachIsExplained() throws Exception {
    writeHostileManifests();
    OwnJvm.Outcome outcome = open(named(), NO_LOADER);
    assertThat(outcome.text()).contains("NoDevice: no Vulkan loader").doesNotContain("SIGSEGV");
    assertAllExplained(outcome.text());
    assertThat(outcome.code()).isZero();
  }

  @Test
  void loaderServesWhereNothingNamedIsUsable() throws Exception {
    Files.writeString(drivers.resolve("bad.json"), "{}");
    Map<String, String> environment = named();
    environment.remove("VK_ICD_FILENAMES");
    OwnJvm.Outcome outcome = open(environment, LOADER);
    assertThat(outcome.text())
        .contains("no usable driver in the search paths: setting=icd.searchPaths")
        .contains("bad.json: file_format_version is not 1.x")
        .contains("opened llvmpipe");
  }

  @Test
  void validationOnADriverWithoutTheLoaderIsRefusedWithTheReason() throws Exception {
    Files.copy(softwareDriver(), drivers.resolve("good.json"));
    Map<String, String> environment = named();
    environment.put("KRONOS_VALIDATION", "true");
    OwnJvm.Outcome outcome = open(environment, LOADER);
    assertThat(outcome.text()).contains("Unsupported: validation needs the Vulkan loader");
  }

  /** Opens a device and prints why that failed. */
  static final class OpenOnce {
    private OpenOnce() {}

    /** Runs the scenario. */
    public static void main(String[] args) {
      KronosOptions options =
          KronosOptions.fromEnvironment().toBuilder().set(KronosOption.CACHE_DIR, "none").build();
      try (Kronos kronos = Kronos.open(options);
          DeviceBuffer buffer = kronos.memory().allocate(Pool.READBACK, 64);
          Stream stream = kronos.newStream()) {
        System.out.println("opened " + kronos.device().name());
        stream.fill(buffer, 0, 64, 7).submit().await();
        System.out.println("filled " + HostMemory.intAt(buffer.hostAddress()));
      } catch (KronosException.NoDevice | KronosException.Unsupported e) {
        System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }

  private OwnJvm.Outcome open(Map<String, String> environment, String loader) throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent("KRONOS_VALIDATION", "false");
    return OwnJvm.run(OpenOnce.class, folder, all, List.of(loader));
  }

  private Map<String, String> noDrivers() {
    return Map.of("VK_ICD_FILENAMES", folder.resolve("none.json").toString());
  }

  private Map<String, String> named() {
    Map<String, String> environment = new HashMap<>(noDrivers());
    environment.put("KRONOS_ICD_SEARCH_PATHS", drivers.toString());
    return environment;
  }

  /** Returns the manifest of the machine's software driver, with the whole path of its library. */
  private Path softwareDriver() throws IOException {
    IcdDiscovery found =
        IcdDiscovery.search(
            IcdSearch.of(KronosOptions.defaults(), System::getenv),
            Machine.of(HostPlatform.current().architecture()).orElseThrow());
    String library =
        found.manifests().stream()
            .map(IcdManifest::library)
            .filter(name -> name.contains("lvp"))
            .findFirst()
            .orElseThrow();
    return Files.writeString(folder.resolve("good.json"), manifest(library));
  }

  private static String manifest(String library) {
    return "{\"file_format_version\": \"1.0.0\", \"ICD\": {\"library_path\": \""
        + library
        + "\", \"api_version\": \"1.3.0\"}}";
  }

  private void writeHostileManifests() throws Exception {
    Path jdkLibrary = Path.of(System.getProperty("java.home"), "lib", "libzip.so");
    write("a-huge.json", " ".repeat(1 << 20));
    write("b-deep.json", "{\"a\":" + "[".repeat(60_000));
    write("c-climbing.json", manifest("../../../../../../../../etc/passwd"));
    write("d-other-library.json", manifest(jdkLibrary.toString()));
    write("e-damaged.json", manifest("./damaged.so"));
    write("f-bare-name.json", manifest("libno_such_driver.so.9"));
    write("g-waits-for-ever.json", manifest("./pipe.so"));
    write("h-text.json", manifest("./text.so"));
    write("text.so", "this is no library");
    Files.write(drivers.resolve("damaged.so"), elfHeader());
    Files.createDirectory(drivers.resolve("i-folder.json"));
    Files.createSymbolicLink(drivers.resolve("j-loop.json"), drivers.resolve("j-loop.json"));
    pipe("k-pipe.json");
    pipe("pipe.so");
  }

  private static void assertAllExplained(String text) {
    assertThat(text)
        .contains("a-huge.json: the file is larger than 65536 bytes")
        .contains("b-deep.json: it is not JSON")
        .contains("c-climbing.json: the library it names is not an ELF file: /etc/passwd")
        .contains("d-other-library.json: its library is no Vulkan driver")
        .contains("e-damaged.json: its library cannot be loaded")
        .contains("f-bare-name.json: its library cannot be loaded")
        .contains("g-waits-for-ever.json: the library it names does not exist")
        .contains("h-text.json: the library it names is not an ELF file")
        .contains("i-folder.json: it is not a regular file")
        .contains("j-loop.json: the file does not exist")
        .contains("k-pipe.json: it is not a regular file");
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(drivers.resolve(name), content, StandardCharsets.UTF_8);
  }

  private void pipe(String name) throws Exception {
    new ProcessBuilder("mkfifo", drivers.resolve(name).toString()).start().waitFor();
  }

  /** Returns a header that looks right and nothing behind it. */
  private static byte[] elfHeader() throws IOException {
    Path real = Path.of(System.getProperty("java.home"), "lib", "libzip.so");
    byte[] header = Files.readAllBytes(real);
    ByteBuffer start = ByteBuffer.wrap(header, 0, 64).order(ByteOrder.LITTLE_ENDIAN);
    byte[] copy = new byte[4096];
    start.get(copy, 0, 64);
    return copy;
  }
}

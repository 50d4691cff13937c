// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kronos.KronosOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("once")
class IcdDiscoveryTest {
  private static final int AARCH64 = 183;
  private static final int X86_64 = 62;

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void emptyEnvironment() {
    // Standard folders of the machine that runs the test must not matter.
    environment.put("XDG_CONFIG_HOME", folder.resolve("none").toString());
    environment.put("XDG_CONFIG_DIRS", folder.resolve("none").toString());
    environment.put("XDG_DATA_HOME", folder.resolve("data").toString());
    environment.put("XDG_DATA_DIRS", folder.resolve("none").toString());
  }

  @Test
  void goodManifestAfterBadOnesIsFound() throws IOException {
    library("driver.so", 2, X86_64, 3);
    manifest("a_broken.json", "{");
    manifest("b_good.json", icd("./driver.so"));
    IcdDiscovery found = search("KRONOS", folder.toString());
    assertThat(found.manifests())
        .containsExactly(
            new IcdManifest(
                folder.resolve("b_good.json"), folder.resolve("driver.so").toString(), "1.3.200"));
    assertThat(found.rejections()).hasSize(1);
    assertThat(found.rejections().get(0).toString()).contains("a_broken.json: it is not JSON");
  }

  @Test
  void bareNamesAreLeftToTheLinker() throws IOException {
    manifest("bare.json", icd("libvulkan_lvp.so"));
    assertThat(search("KRONOS", folder.toString()).manifests())
        .extracting(IcdManifest::library)
        .containsExactly("libvulkan_lvp.so");
  }

  @Test
  void sameLibraryCountsOnce() throws IOException {
    manifest("one.json", icd("libdriver.so"));
    manifest("two.json", icd("libdriver.so"));
    assertThat(search("KRONOS", folder.toString()).manifests()).hasSize(1);
  }

  @Test
  void variablesOfTheLoaderReplaceTheStandardFolders() throws IOException {
    Path standard = Files.createDirectories(folder.resolve("data/vulkan/icd.d"));
    Files.writeString(standard.resolve("s.json"), icd("standard.so"));
    manifest("new.json", icd("new.so"));
    manifest("old.json", icd("old.so"));
    assertThat(libraries()).contains("standard.so");
    environment.put("VK_ICD_FILENAMES", folder.resolve("old.json").toString());
    assertThat(libraries()).containsExactly("old.so");
    environment.put("VK_DRIVER_FILES", folder.resolve("new.json").toString());
    assertThat(libraries()).containsExactly("new.so");
    environment.put("VK_DRIVER_FILES", "/no/such.json:" + folder.resolve("new.json"));
    assertThat(libraries()).containsExactly("new.so");
    environment.clear();
    environment.put("XDG_DATA_HOME", folder.resolve("data").toString());
    environment.put("VK_ADD_DRIVER_FILES", folder.resolve("new.json").toString());
    assertThat(libraries()).startsWith("new.so", "standard.so");
  }

  @Test
  void settingComesFirst() throws IOException {
    manifest("mine.json", icd("mine.so"));
    environment.put("VK_DRIVER_FILES", folder.resolve("other.json").toString());
    manifest("other.json", icd("other.so"));
    KronosOptions options =
        KronosOptions.builder()
            .set("icd.searchPaths", folder.resolve("mine.json").toString())
            .build();
    IcdDiscovery found =
        IcdDiscovery.search(IcdSearch.of(options, environment::get), Machine.X86_64);
    assertThat(found.manifests())
        .extracting(IcdManifest::library)
        .containsExactly("mine.so", "other.so");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|it does not hold a JSON object",
        "[]|it does not hold a JSON object",
        "{\"ICD\": {\"library_path\": \"a.so\"}}|file_format_version is not 1.x: null",
        "{\"file_format_version\": \"2.0\", \"ICD\": {}}|file_format_version is not 1.x: 2.0",
        "{\"file_format_version\": \"1.0\"}|ICD.library_path is missing",
        "{\"file_format_version\": \"1.0\", \"ICD\": \"x\"}|ICD.library_path is missing",
        "{\"file_format_version\": \"1.0\", \"ICD\": {\"library_path\": 7}}|ICD.library_path is"
            + " missing",
        "{\"file_format_version\": \"1.0\", \"ICD\": {\"library_path\": \" \"}}|ICD.library_path is"
            + " missing",
        "{\"file_format_version\": \"1.0\", \"ICD\": {\"library_path\": \"a\\u0000b\"}}|control"
            + " characters",
        "{\"file_format_version\": \"1.0\", \"ICD\": {\"library_path\": \"a\", \"library_path\":"
            + " \"b\"}}|not JSON: Duplicate",
        "{\"file_format_version\": \"1.0\", \"ICD\": {\"library_path\": \"a\", \"library_arch\":"
            + " \"32\"}}|for 32 bits",
        "{\"file_format_version\": \"1.0\", \"ICD\": {\"library_path\": \"./gone.so\"}}|does not"
            + " exist",
        "{\"file_format_version\": \"1.0\", \"ICD\": {\"library_path\": \"/dev/zero\"}}|does not"
            + " exist",
        "{\"file_format_version\": \"1.0\", \"ICD\": {\"library_path\": \"a.so\"}} {}|something"
            + " follows",
      })
  void badManifestsAreRejectedWithASentence(String content, String reason) throws IOException {
    manifest("bad.json", content);
    assertRejected(reason);
  }

  @Test
  void hostileManifestsCostLittle() throws IOException {
    manifest("bad.json", "{\"a\":" + "[".repeat(60_000));
    assertRejected("it is not JSON");
    manifest("bad.json", "{\"a\":\"" + "x".repeat(60_000) + "\"}");
    assertRejected("it is not JSON");
    manifest("bad.json", " ".repeat(1 << 20));
    assertRejected("the file is larger than 65536 bytes");
    Files.write(folder.resolve("bad.json"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1, 2});
    assertRejected("it is not JSON");
    Files.delete(folder.resolve("bad.json"));
    Files.createDirectory(folder.resolve("bad.json"));
    assertRejected("it is not a regular file");
    Files.delete(folder.resolve("bad.json"));
    Files.createSymbolicLink(folder.resolve("bad.json"), folder.resolve("bad.json"));
    assertRejected("the file does not exist");
  }

  @Test
  void pipesAreNotWaitedFor() throws Exception {
    new ProcessBuilder("mkfifo", folder.resolve("bad.json").toString()).start().waitFor();
    assertRejected("it is not a regular file");
    Files.delete(folder.resolve("bad.json"));
    new ProcessBuilder("mkfifo", folder.resolve("driver.so").toString()).start().waitFor();
    manifest("bad.json", icd("./driver.so"));
    assertRejected("the library it names does not exist");
  }

  @Test
  void fileThatMayNotBeReadIsRejected() throws IOException {
    manifest("bad.json", icd("./driver.so"));
    Files.setPosixFilePermissions(folder.resolve("bad.json"), Set.of());
    assumeFalse(Files.isReadable(folder.resolve("bad.json")), "root may read everything");
    assertRejected("the file cannot be read");
  }

  @Test
  void librariesForOtherProcessorsAreRejected() throws IOException {
    manifest("bad.json", icd("./driver.so"));
    library("driver.so", 2, AARCH64, 3);
    assertRejected("is for another processor than X86_64");
    library("driver.so", 1, X86_64, 3);
    assertRejected("is for another processor than X86_64");
    library("driver.so", 2, X86_64, 2);
    assertRejected("is not a shared object");
    Files.writeString(folder.resolve("driver.so"), "#!/bin/sh");
    assertRejected("is not an ELF file");
    Files.writeString(folder.resolve("driver.so"), "");
    assertRejected("is not an ELF file");
  }

  @Test
  void placesThatAreNoPathsAreSkipped() {
    KronosOptions options = KronosOptions.builder().set("icd.searchPaths", "a\0b").build();
    assertThat(IcdSearch.of(options, name -> name.equals("VK_DRIVER_FILES") ? "/x" : null).places())
        .containsExactly(Path.of("/x"));
  }

  @Test
  void machinesAreNamedAsTheJdkNamesThem() {
    assertThat(Machine.of("amd64")).contains(Machine.X86_64);
    assertThat(Machine.of("aarch64")).contains(Machine.AARCH64);
    assertThat(Machine.of("riscv64")).isEmpty();
  }

  private void assertRejected(String reason) {
    IcdDiscovery found = search("KRONOS", folder.resolve("bad.json") + ":" + folder);
    assertThat(found.manifests()).isEmpty();
    assertThat(found.rejections()).isNotEmpty();
    assertThat(found.rejections().get(0).reason()).contains(reason);
  }

  private List<String> libraries() {
    return search("", "").manifests().stream().map(IcdManifest::library).toList();
  }

  private IcdDiscovery search(String variable, String searchPaths) {
    KronosOptions.Builder options = KronosOptions.builder();
    if (!variable.isEmpty()) {
      options.set("icd.searchPaths", searchPaths);
    }
    return IcdDiscovery.search(IcdSearch.of(options.build(), environment::get), Machine.X86_64);
  }

  private void manifest(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
  }

  private static String icd(String library) {
    return "{\"file_format_version\": \"1.0.0\", \"ICD\": {\"library_path\": \""
        + library
        + "\", \"api_version\": \"1.3.200\", \"extra\": {\"deep\": [1, {}]}}}";
  }

  private void library(String name, int bits, int machine, int type) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0, 0x464C457F).put(4, (byte) bits).put(5, (byte) 1);
    header.putShort(16, (short) type).putShort(18, (short) machine);
    Files.write(folder.resolve(name), header.array());
  }
}

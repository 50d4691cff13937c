// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.KronosOption;
import dev.kronos.KronosOptions;
import dev.kronos.OpenKronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.spirv.ShaderCompileException;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelsTest {

  @TempDir Path folder;

  private KronosOptions onDisk() {
    return OpenKronos.options().set(KronosOption.CACHE_DIR, folder.toString()).build();
  }

  @Test
  void manyThreadsGetOneKernelFromOneCompilation() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(16);
    try (OpenKronos open = new OpenKronos()) {
      List<Future<Kernel>> results = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        results.add(pool.submit(() -> open.kronos().kernels().compile(TestKernels.ADD)));
      }
      Kernel first = results.get(0).get();
      for (Future<Kernel> result : results) {
        assertThat(result.get()).isSameAs(first);
      }
      assertThat(first.name()).isEqualTo("test/add");
      assertThat(first.workgroupSize()).isEqualTo(256);
      assertThat(open.kronos().kernels().compilations()).isEqualTo(1);
      assertThat(open.kronos().kernels().created()).isEqualTo(1);
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void sourcesThatDifferGiveDifferentKernels() {
    try (OpenKronos open = new OpenKronos()) {
      Kernels kernels = open.kronos().kernels();
      Kernel add = kernels.compile(TestKernels.ADD);
      ShaderSource small =
          new ShaderSource("small", TestKernels.ADD.glsl(), Map.of("WORKGROUP_SIZE", "64"));
      ShaderSource renamed = new ShaderSource("renamed", TestKernels.ADD.glsl(), Map.of());
      assertThat(kernels.compile(small).workgroupSize()).isEqualTo(64);
      assertThat(kernels.compile(renamed)).isSameAs(add);
      assertThat(kernels.compile(TestKernels.MULTIPLY_ADD)).isNotSameAs(add);
    }
  }

  @Test
  void kernelsThatRanAreCountedOnce() {
    try (OpenKronos open = new OpenKronos();
        DeviceBuffer a = open.kronos().memory().allocate(Pool.DEVICE, 40);
        Stream stream = open.kronos().newStream()) {
      Kernel add = open.kronos().kernels().compile(TestKernels.ADD);
      open.kronos().kernels().compile(TestKernels.MULTIPLY_ADD);
      assertThat(open.kronos().counters().kernelsRun()).isZero();
      stream.dispatch(TestKernels.add(add, a, a, 1)).dispatch(TestKernels.add(add, a, a, 1));
      stream.submit().await();
      assertThat(open.kronos().counters().kernelsRun()).isEqualTo(1);
      assertThat(open.kronos().counters().kernelsCreated()).isEqualTo(2);
    }
  }

  @Test
  void sourceThatDoesNotCompileFailsEachTimeWithTheLog() {
    try (OpenKronos open = new OpenKronos()) {
      ShaderSource broken = ShaderSource.of("broken", "#version 460\nvoid main() { nonsense; }");
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> open.kronos().kernels().compile(broken))
            .isInstanceOf(ShaderCompileException.class)
            .hasMessageContaining("nonsense");
      }
      assertThatThrownBy(() -> open.kronos().kernels().named("no/such"))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageContaining("no/such");
    }
  }

  @Test
  void secondRunCompilesNothing() throws IOException {
    assertThat(compilationsOfOneRun()).isEqualTo(1);
    assertThat(files()).hasSize(2).anyMatch(file -> file.toString().contains("pipelines-"));
    assertThat(compilationsOfOneRun()).isZero();
  }

  @Test
  void damagedFilesAreIgnoredAndReplaced() throws IOException {
    compilationsOfOneRun();
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 0x55;
      Files.write(file, bytes);
    }
    assertThat(compilationsOfOneRun()).isEqualTo(1);
    for (Path file : files()) {
      Files.write(file, new byte[] {1, 2, 3});
    }
    assertThat(compilationsOfOneRun()).isEqualTo(1);
    assertThat(compilationsOfOneRun()).isZero();
    assertThat(files()).hasSize(2);
  }

  @Test
  void folderThatCannotBeWrittenIsDoneWithout() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    KronosOptions options =
        OpenKronos.options().set(KronosOption.CACHE_DIR, file.resolve("cache").toString()).build();
    try (OpenKronos open = new OpenKronos(options)) {
      run(open.kronos());
    }
  }

  private List<Path> files() throws IOException {
    try (java.util.stream.Stream<Path> list = Files.list(folder)) {
      return list.toList();
    }
  }

  private long compilationsOfOneRun() {
    try (OpenKronos open = new OpenKronos(onDisk())) {
      run(open.kronos());
      return open.kronos().kernels().compilations();
    }
  }

  private static void run(Kronos kronos) {
    Kernel add = kronos.kernels().compile(TestKernels.ADD);
    try (DeviceBuffer a = kronos.memory().allocate(Pool.DEVICE, 400);
        Stream stream = kronos.newStream()) {
      stream.fill(a, 0, 400, 1).dispatch(TestKernels.add(add, a, a, 2)).submit().await();
      assertThat(TestKernels.read(kronos, a)).containsOnly(3);
    }
  }
}

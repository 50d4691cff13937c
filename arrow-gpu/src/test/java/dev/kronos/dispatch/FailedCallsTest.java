// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.KronosOption;
import dev.kronos.KronosOptions;
import dev.kronos.OpenKronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.CallInterceptor;
import dev.kronos.vulkan.spirv.ShaderBuild;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Works on a device while one native call after the other fails for lack of memory. */
class FailedCallsTest {

  private static final int WORDS = 5000;

  /** Keeps compiled kernels from one device to the next: compiling is not what is tested. */
  @TempDir static Path kernels;

  @ParameterizedTest
  @CsvSource({"ALL, -1, -2", "vkMapMemory, -5, -5", "vkAllocateMemory, -10, -10"})
  void whicheverCallFailsThereIsOneClearErrorAndNothingIsLost(
      String which, int oddCode, int evenCode) {
    Set<String> candidates = which.equals("ALL") ? CallInterceptor.CREATING : Set.of(which);
    Set<String> failed = new LinkedHashSet<>();
    KronosOptions options =
        OpenKronos.options().set(KronosOption.CACHE_DIR, kernels.toString()).build();
    try (CallInterceptor calls = CallInterceptor.install()) {
      String call = "";
      for (int nth = 1; call != null; nth++) {
        try (OpenKronos open = new OpenKronos(options)) {
          calls.failNth(candidates, nth, nth % 2 == 0 ? evenCode : oddCode);
          KronosException error = work(open.kronos());
          call = calls.failed();
          calls.answerNothing();
          failed.add(call);
          assertThat(error == null || explains(error, call)).as("%s: %s", call, error).isTrue();
          assertThat(work(open.kronos())).as("second try after %s", error).isNull();
        }
        assertThat(calls.liveObjects()).isEmpty();
      }
    }
    if (candidates.size() > 1) {
      assertThat(failed)
          .contains("vkCreateBuffer", "vkAllocateMemory", "vkBindBufferMemory", "vkMapMemory")
          .contains("vkCreateShaderModule", "vkCreateComputePipelines", "vkCreateCommandPool")
          .contains("vkAllocateCommandBuffers", "vkCreateQueryPool", "vkEndCommandBuffer");
    }
  }

  @Test
  void aKernelThatTheDriverCannotCompileIsTriedUnoptimised() {
    // Code that is not optimised has no checks.
    assumeThat(OpenKronos.options().build().shaderBuild()).isEqualTo(ShaderBuild.PLAIN);
    Set<String> making = Set.of("vkCreateComputePipelines");
    try (CallInterceptor calls = CallInterceptor.install();
        OpenKronos open = new OpenKronos(OpenKronos.options().build())) {
      int unknown = -13; // VK_ERROR_UNKNOWN
      calls.failNth(making, 1, unknown);
      assertThat(work(open.kronos())).isNull();
      assertThat(calls.failed()).isEqualTo("vkCreateComputePipelines");
    }
  }

  private static boolean explains(KronosException error, String call) {
    return error instanceof KronosException.Exhausted
        && call != null
        && error.getMessage().contains("call=" + call)
        && error.getSuppressed().length == 0;
  }

  /** Does what makes native objects: kernels, slabs, large buffers, batches and recordings. */
  private static KronosException work(Kronos kronos) {
    try (Stream stream = kronos.newStream();
        DeviceBuffer a = kronos.memory().allocate(Pool.DEVICE, WORDS * 4L);
        DeviceBuffer b = kronos.memory().allocate(Pool.DEVICE, 20L << 20)) {
      Kernel add = kronos.kernels().compile(TestKernels.ADD);
      Kernel sum = kronos.kernels().compile(TestKernels.SUM_OF_TABLE);
      stream.fill(a, 0, a.sizeBytes(), 0).submit();
      Arguments table = Arguments.builder().putAddress(a).putAddress(a).putInt(WORDS);
      table.putBytes(new byte[WORDS * 4]);
      stream.dispatch(Dispatch.over(sum, table, List.of(Access.updates(a)), 1));
      stream.submit();
      stream.dispatch(TestKernels.add(add, a, a, 1)).fill(b, 0, 64, 1);
      try (Recording recording = stream.record()) {
        recording.replay();
        recording.replay().await();
      }
      assertThat(TestKernels.read(kronos, a)).containsOnly(2);
      return null;
    } catch (KronosException e) {
      return e;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Kernel;
import dev.kronos.dispatch.Recording;
import dev.kronos.dispatch.Stream;
import dev.kronos.dispatch.TestKernels;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Uses every public object of the runtime wrongly: an exception of the right type that names it.
 */
class MisuseTest {

  private static OpenKronos open;
  private static Kronos closedKronos;
  private static Kernel add;
  private static Kernel closedKernel;
  private static DeviceBuffer buffer;
  private static DeviceBuffer closedBuffer;
  private static Stream stream;
  private static Stream closedStream;
  private static Recording recording;
  private static Recording closedRecording;

  @BeforeAll
  static void openAll() {
    try (OpenKronos other = new OpenKronos()) {
      closedKronos = other.kronos();
      closedKernel = closedKronos.kernels().compile(TestKernels.ADD);
    }
    open = new OpenKronos();
    Kronos kronos = open.kronos();
    add = kronos.kernels().compile(TestKernels.ADD);
    buffer = kronos.memory().allocate(Pool.DEVICE, 256);
    closedBuffer = kronos.memory().allocate(Pool.DEVICE, 512);
    stream = kronos.newStream();
    closedStream = kronos.newStream();
    recording = stream.dispatch(TestKernels.add(add, buffer, buffer, 1)).record();
    closedRecording = stream.fill(buffer, 0, 64, 1).record();
    closedRecording.close();
    closedStream.close();
    closedBuffer.close();
  }

  @AfterAll
  static void closeAll() {
    recording.close();
    stream.close();
    buffer.close();
    open.close();
  }

  /** Uses something wrongly. */
  @FunctionalInterface
  interface Use {
    /** Does it. */
    void run() throws Exception;
  }

  /**
   * Describes a misuse.
   *
   * @param what for the report
   * @param use does it
   * @param type what it must throw
   * @param names what the message must name
   */
  record Misuse(String what, Use use, Class<? extends KronosException> type, List<String> names) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Misuse closed(String what, String name, Use use) {
    return new Misuse(what, use, KronosException.Closed.class, List.of(name, "close"));
  }

  private static Misuse invalid(String what, Use use, String... names) {
    return new Misuse(what, use, KronosException.InvalidArgument.class, List.of(names));
  }

  static List<Misuse> useAfterClose() {
    return List.of(
        closed("new stream", "Kronos", () -> closedKronos.newStream()),
        closed("known kernel", "Kronos", () -> closedKronos.kernels().compile(TestKernels.ADD)),
        closed("new kernel", "Kronos", () -> closedKronos.kernels().compile(TestKernels.POWERS)),
        closed("kernel by name", "Kronos", () -> closedKronos.kernels().named("memory/copy")),
        closed("allocate", "MemoryPools[", () -> closedKronos.memory().allocate(Pool.DEVICE, 1)),
        closed("budget", "MemoryPools[", () -> closedKronos.memory().availableBytes(Pool.DEVICE)),
        closed("fill", "stream=stream-2", () -> closedStream.fill(buffer, 0, 4, 0)),
        closed("copy", "stream=stream-2", () -> closedStream.copy(buffer, 0, buffer, 4, 4)),
        closed("run", "stream=stream-2", () -> closedStream.dispatch(run(add, buffer))),
        closed("submit", "stream=stream-2", () -> closedStream.submit()),
        closed("record", "stream=stream-2", () -> closedStream.record()),
        closed("replay", "recording=recording-4", () -> closedRecording.replay()),
        closed(
            "new arguments",
            "recording=recording-4",
            () -> closedRecording.arguments(0, Arguments.builder())),
        closed("device address", "sizeBytes=512", () -> closedBuffer.deviceAddress()),
        closed("host address", "sizeBytes=512", () -> closedBuffer.hostAddress()),
        closed("mapped", "sizeBytes=512", () -> closedBuffer.mapped()),
        closed("handle", "sizeBytes=512", () -> closedBuffer.handle()),
        closed("retain", "sizeBytes=512", () -> closedBuffer.retain()),
        closed("close twice", "sizeBytes=512", () -> closedBuffer.close()),
        closed("read it", "sizeBytes=512", () -> stream.copy(closedBuffer, 0, buffer, 0, 4)),
        closed("write it", "sizeBytes=512", () -> stream.fill(closedBuffer, 0, 4, 1)),
        closed("run over it", "sizeBytes=512", () -> stream.dispatch(run(add, closedBuffer))));
  }

  static List<Misuse> wrongSizes() {
    String own = "buffer=DeviceBuffer[pool=DEVICE, sizeBytes=256";
    return List.of(
        invalid("negative buffer", () -> allocate(-1), "wrong buffer size", "sizeBytes=-1"),
        invalid("huge buffer", () -> allocate(Long.MAX_VALUE), "wrong buffer size", "maximum="),
        invalid("fill beyond", () -> stream.fill(buffer, 252, 8, 0), "offset=252", own),
        invalid("fill half words", () -> stream.fill(buffer, 0, 6, 0), "sizeBytes=6"),
        invalid("copy beyond", () -> stream.copy(buffer, 0, buffer, 300, 4), "offset=300", own),
        invalid("copy onto itself", () -> stream.copy(buffer, 0, buffer, 4, 8), "overlapping"),
        invalid("negative access", () -> Access.reads(buffer, 0, -1), "sizeBytes=-1", own),
        invalid("access wraps", () -> Access.reads(buffer, 8, Long.MAX_VALUE), "offset=8", own),
        invalid("address beyond", () -> Arguments.builder().putAddress(buffer, 257), own),
        invalid("negative count", () -> Dispatch.over(add, args(), List.of(), -1), "test/add"),
        invalid("negative groups", () -> groups(-1), "workgroups=-1", "test/add"),
        invalid(
            "table of another size",
            () -> recording.arguments(0, Arguments.builder().putInt(1)),
            "recordedBytes=",
            "dispatch=0"),
        invalid("no such run", () -> recording.arguments(1, args()), "dispatch=1"),
        invalid("nothing recorded", () -> stream.record(), "stream=stream-1"),
        invalid("negative time", () -> stream.submit().await(-1), "timeoutNanos=-1"),
        invalid(
            "kernel of another device",
            () -> stream.dispatch(run(closedKernel, buffer)),
            "kernel=test/add"));
  }

  static List<Misuse> wrongThreads() {
    return List.of(
        invalid(
            "fill by another",
            () -> whileInStream(() -> stream.fill(buffer, 0, 4, 1)),
            "stream used by two threads at once",
            "stream=stream-1"),
        invalid(
            "submit by another",
            () -> whileInStream(() -> stream.submit()),
            "stream used by two threads at once",
            "stream=stream-1"),
        invalid(
            "close by another",
            () -> whileInStream(() -> stream.close()),
            "stream used by two threads at once",
            "stream=stream-1"));
  }

  static List<Misuse> leaks() {
    return List.of(
        leak("stream", "Stream[name=stream-", kronos -> kronos.newStream()),
        leak("buffer", "sizeBytes=777", kronos -> kronos.memory().allocate(Pool.UPLOAD, 777)),
        leak("Arrow buffer", "arrowBytes=1024", MisuseTest::arrowBuffer),
        leak("Arrow allocator", "child-7", MisuseTest::child),
        leak("recording", "Recording[name=recording-", MisuseTest::recordingOf));
  }

  @ParameterizedTest
  @MethodSource({"useAfterClose", "wrongSizes", "wrongThreads", "leaks"})
  void exceptionHasTheRightTypeAndNamesTheObject(Misuse misuse) {
    Throwable error = catchThrowable(misuse.use()::run);
    assertThat(error).isInstanceOf(misuse.type());
    misuse.names().forEach(name -> assertThat(error).hasMessageContaining(name));
    stream.fill(buffer, 0, 256, 5).submit().await();
    assertThat(TestKernels.read(open.kronos(), buffer)).containsOnly(5);
  }

  private static Dispatch run(Kernel kernel, DeviceBuffer target) {
    return new Dispatch(kernel, args(), List.of(Access.updates(target)), 1, 1, 0, null);
  }

  private static Arguments args() {
    return Arguments.builder().putAddress(buffer).putAddress(buffer).putInt(1);
  }

  private static void allocate(long sizeBytes) {
    open.kronos().memory().allocate(Pool.DEVICE, sizeBytes).close();
  }

  private static void groups(int workgroups) {
    stream.dispatch(new Dispatch(add, args(), List.of(), workgroups, 1, 0, null));
  }

  /** Lets another thread use the stream while this one is inside, and throws what it got. */
  private static void whileInStream(Runnable use) {
    AtomicReference<Throwable> got = new AtomicReference<>();
    List<Access> accesses =
        new AbstractList<>() {
          @Override
          public Access get(int index) {
            return Access.updates(buffer);
          }

          @Override
          public int size() {
            if (got.get() == null) {
              CompletableFuture<Void> other = CompletableFuture.runAsync(use);
              got.set(catchThrowable(other::join));
            }
            return 1;
          }
        };
    stream.dispatch(new Dispatch(add, args(), accesses, 1, 1, 0, null));
    if (got.get() instanceof CompletionException e
        && e.getCause() instanceof KronosException cause) {
      throw cause;
    }
  }

  /** Opens what is to leak. */
  @FunctionalInterface
  interface Leak {
    /** Does it. */
    AutoCloseable open(Kronos kronos) throws Exception;
  }

  private static Misuse leak(String what, String name, Leak leak) {
    Use use =
        () -> {
          try (OpenKronos leaking = new OpenKronos();
              AutoCloseable leaked = leak.open(leaking.kronos())) {
            leaking.kronos().close();
            assertThat(leaked).as("nothing was thrown").isNull();
          }
        };
    return new Misuse(what, use, KronosException.Leak.class, List.of(name));
  }

  private static AutoCloseable arrowBuffer(Kronos kronos) {
    ArrowBuf arrow = kronos.allocator().buffer(1000);
    return arrow;
  }

  private static AutoCloseable child(Kronos kronos) {
    return kronos.allocator().newChildAllocator("child-7", 0, 1000);
  }

  private static AutoCloseable recordingOf(Kronos kronos) {
    try (DeviceBuffer own = kronos.memory().allocate(Pool.DEVICE, 64);
        Stream recorder = kronos.newStream()) {
      return recorder.fill(own, 0, 64, 1).record();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.KronosOption;
import dev.kronos.OpenKronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs kernels that touch what their dispatches do not declare, where kernels are checked. */
class CheckedKernelsTest {

  private static final int WORDS = 256;
  private static final int BYTES = WORDS * Integer.BYTES;

  /** What a kernel does wrong, and what the report says of it. */
  enum Wrong {
    READS_PAST_THE_END("target[i] = source[i + 1];", "mode=READ", "byte 1024 of: mode=READ"),
    READS_BEFORE_THE_START(
        "target[i] = Words(k.source_ - 4ul).v[i];", "mode=READ", "byte -4 of: mode=READ"),
    STRADDLES_THE_END(
        "target[i] = uint(Longs(k.source_ + 1020ul).v[0] >> 16);",
        "mode=READ, sizeBytes=8",
        "byte 1020 of: mode=READ"),
    WRITES_PAST_THE_END("target[i + 1] = source[i];", "mode=WRITE", "byte 1024 of: mode=WRITE"),
    WRITES_WHAT_IT_MAY_READ(
        "source[i] = 1u; target[i] = 2u;", "mode=WRITE", "byte 0 of: mode=READ"),
    READS_WHAT_IT_MAY_WRITE("target[i] = target[i] + 1u;", "mode=READ,", "byte 0 of: mode=WRITE"),
    ADDS_TO_WHAT_IT_MAY_WRITE(
        "atomicAdd(target[i], 1u);", "mode=READ_WRITE", "byte 0 of: mode=WRITE"),
    WRITES_THE_UNDECLARED("Words(k.other).v[i] = 1u;", "mode=WRITE", "nearest=byte "),
    READS_THE_UNDECLARED("target[i] = Words(k.other).v[i];", "mode=READ", "nearest=byte "),
    READS_A_WILD_ADDRESS(
        "target[i] = Words(uint64_t(root.flags) - 4ul).v[0];",
        "mode=READ",
        "address=0xfffffffffffffffc"),
    READS_ADDRESS_ZERO("target[i] = Words(uint64_t(root.flags)).v[0];", "mode=READ", "address=0x0"),
    READS_PAST_ITS_TABLE("target[i] = k.extra[0];", "mode=READ", "sizeBytes=4"),
    WRITES_ITS_TABLE("Words(root.args).v[0] = 1u;", "mode=WRITE", "sizeBytes=4"),
    READS_ITS_TABLE_TOO_FAR_ALONG("target[i] = k.extra[i];", "mode=READ", "sizeBytes=4"),
    WALKS_OFF_THE_END(
        "uint64_t at = k.source_; for (uint j = 0u; j <= 256u; j++) {"
            + " target[i] = Words(at).v[0]; at += 4ul; }",
        "mode=READ",
        "byte 1024 of: mode=READ"),
    READS_AWAY_FROM_WHAT_IT_READ(
        "target[i] = Words(k.source_ + uint64_t(source[i]) + 1024ul).v[0];", "mode=READ", "byte "),
    READS_ONE_OF_TWO(
        "target[i] = Words((i & 1u) == 0u ? k.source_ : k.other).v[i];", "mode=READ", "nearest="),
    WRITES_WITHOUT_A_STATUS_BLOCK(
        "Words(root.status + 16ul).v[0] = 1u;", "mode=WRITE", "sizeBytes=4");

    private final String statement;
    private final List<String> said;

    Wrong(String statement, String... said) {
      this.statement = statement;
      this.said = List.of(said);
    }

    ShaderSource source() {
      return CheckedKernelsTest.source("wrong/" + name(), statement);
    }
  }

  private static ShaderSource source(String name, String statement) {
    String text =
        """
        #version 460
        #include "abi.glsl"
        layout(buffer_reference, std430, buffer_reference_align = 4) buffer Words { uint v[]; };
        layout(buffer_reference, std430, buffer_reference_align = 8) buffer Longs { uint64_t v[]; };
        layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer Table {
          uint64_t source_;
          uint64_t target_;
          uint64_t other;
          uint extra[];
        };
        #define k Table(root.args)
        #define source Words(k.source_).v
        #define target Words(k.target_).v
        void main() {
          uint i = kronos_thread();
          if (i < root.count) { %s }
        }
        """
            .formatted(statement);
    return new ShaderSource(name, text, Map.of());
  }

  private static OpenKronos checked() {
    return new OpenKronos(
        OpenKronos.options().set(KronosOption.DEBUG_CHECKED_KERNELS, true).build());
  }

  /** Runs something over a kernel run from a source to a target, beside a third buffer. */
  private static void with(
      OpenKronos open, ShaderSource source, BiConsumer<Stream, Dispatch> body) {
    Kronos kronos = open.kronos();
    try (DeviceBuffer from = kronos.memory().allocate(Pool.DEVICE, BYTES);
        DeviceBuffer other = kronos.memory().allocate(Pool.DEVICE, BYTES);
        DeviceBuffer to = kronos.memory().allocate(Pool.DEVICE, BYTES);
        Stream stream = kronos.newStream()) {
      Arguments arguments = Arguments.builder().putAddress(from).putAddress(to).putAddress(other);
      List<Access> accesses = List.of(Access.reads(from), Access.writes(to));
      Kernel kernel = kronos.kernels().compile(source);
      body.accept(stream, Dispatch.over(kernel, arguments, accesses, WORDS));
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongKernelIsNamedWithWhatItDid(Wrong wrong) {
    try (OpenKronos open = checked()) {
      with(
          open,
          wrong.source(),
          (stream, dispatch) ->
              assertThatThrownBy(() -> stream.dispatch(dispatch).submit().await())
                  .isInstanceOf(KronosException.UndeclaredAccess.class)
                  .hasMessageContaining("kernel=wrong/" + wrong.name())
                  .satisfies(e -> assertThat(e.getMessage()).contains(wrong.said)));
    }
  }

  /** What a kernel may do, reached in ways that are hard to follow. */
  enum Right {
    COPIES("target[i] = source[i];"),
    WALKS(
        "uint64_t at = k.source_; uint sum = 0u; for (uint j = 0u; j < 256u; j++) {"
            + " sum += Words(at).v[0]; at += 4ul; } target[i] = sum;"),
    WALKS_BACK(
        "uint64_t at = k.source_ + 1024ul; uint sum = 0u; while (at > k.source_) {"
            + " at -= 4ul; sum += Words(at).v[0]; } target[i] = sum;"),
    TURNS_AROUND(
        "uint64_t at = k.source_; for (uint j = 0u; j < i; j++) {"
            + " at = (j & 1u) == 0u ? k.source_ + 4ul * j : at; } target[i] = Words(at).v[0];"),
    CHOOSES("target[i] = Words((i & 1u) == 0u ? k.source_ : root.args).v[(i & 1u) * 2u];"),
    ALIGNS("target[i] = uint(Longs((k.source_ + 4ul * i) & ~7ul).v[0]);"),
    READS_ITS_TABLE_ALONG("target[i] = Words(root.args).v[i % 6u];"),
    LEAVES_ALONE_WHAT_IS_NOT_THERE("if (k.other == 0ul) { target[i] = Words(k.other).v[i]; }");

    private final String statement;

    Right(String statement) {
      this.statement = statement;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rightKernelPasses(Right right) {
    try (OpenKronos open = checked()) {
      with(
          open,
          source("right/" + right.name(), right.statement),
          (stream, dispatch) -> {
            stream.fill(dispatch.accesses().get(0).buffer(), 0, BYTES, 0);
            stream.dispatch(dispatch).submit().await();
          });
    }
  }

  @Test
  void rangesThatTouchAreOne() {
    try (OpenKronos open = checked()) {
      with(
          open,
          source("right/touching", "target[i] = source[i] + 1u; source[i + 128u] = target[i];"),
          (stream, dispatch) -> {
            DeviceBuffer from = dispatch.accesses().get(0).buffer();
            DeviceBuffer to = to(dispatch);
            stream.fill(from, 0, BYTES, 6);
            List<Access> parts =
                List.of(
                    Access.reads(from, 0, 256),
                    Access.reads(from, 256, 256),
                    Access.writes(from, 512, 512),
                    Access.updates(to, 0, 256),
                    Access.writes(to, 256, 256),
                    Access.reads(to, 256, 256),
                    Access.writes(from, 0, 512));
            Dispatch run = Dispatch.over(dispatch.kernel(), dispatch.arguments(), parts, 128);
            stream.dispatch(run).submit().await();
            assertThat(TestKernels.read(open.kronos(), from)).endsWith(7).startsWith(6);
          });
    }
  }

  @Test
  void closingTellsWhatNobodyWaitedFor() {
    assertThatThrownBy(
            () -> {
              try (OpenKronos open = checked()) {
                with(
                    open,
                    Wrong.READS_THE_UNDECLARED.source(),
                    (stream, dispatch) -> stream.dispatch(dispatch).submit());
              }
            })
        .isInstanceOf(KronosException.UndeclaredAccess.class)
        .hasMessageContaining("kernel=wrong/READS_THE_UNDECLARED");
  }

  @Test
  void replaysAreChecked() {
    try (OpenKronos open = checked()) {
      ShaderSource source = source("replayed", "target[i] = Words(k.source_ + k.other).v[i];");
      with(
          open,
          source,
          (stream, dispatch) -> {
            DeviceBuffer from = dispatch.accesses().get(0).buffer();
            DeviceBuffer to = dispatch.accesses().get(1).buffer();
            Arguments right = Arguments.builder().putAddress(from).putAddress(to).putLong(0);
            Arguments wrong = Arguments.builder().putAddress(from).putAddress(to).putLong(4);
            stream.fill(from, 0, BYTES, 7);
            stream.dispatch(Dispatch.over(dispatch.kernel(), right, dispatch.accesses(), WORDS));
            try (Recording recording = stream.record()) {
              for (int i = 0; i < 5; i++) {
                recording.replay().await();
              }
              assertThat(TestKernels.read(open.kronos(), to)).containsOnly(7);
              recording.arguments(0, wrong);
              assertThatThrownBy(() -> recording.replay().await())
                  .isInstanceOf(KronosException.UndeclaredAccess.class)
                  .hasMessageContaining("kernel=replayed")
                  .hasMessageContaining("byte 1024 of");
            }
          });
    }
  }

  @Test
  void kernelsOfTheCatalogueAreChecked() {
    try (OpenKronos open = checked()) {
      with(
          open,
          source("unused", ""),
          (stream, dispatch) -> {
            Arguments arguments = Arguments.builder().putAddress(to(dispatch)).putLong(BYTES + 4);
            Kernel fill = open.kronos().kernels().named("memory/fill");
            List<Access> accesses = List.of(Access.writes(to(dispatch)));
            Dispatch run =
                new Dispatch(fill, arguments.putInt(1).putInt(0), accesses, 1, 0, 0, null);
            assertThatThrownBy(() -> stream.dispatch(run).submit().await())
                .isInstanceOf(KronosException.UndeclaredAccess.class)
                .hasMessageContaining("kernel=memory/fill, mode=WRITE");
          });
    }
  }

  @Test
  void refusedWritesGoNowhere() {
    try (OpenKronos open = checked()) {
      with(
          open,
          Wrong.WRITES_WHAT_IT_MAY_READ.source(),
          (stream, dispatch) -> {
            DeviceBuffer from = dispatch.accesses().get(0).buffer();
            stream.fill(from, 0, BYTES, 7);
            assertThatThrownBy(() -> stream.dispatch(dispatch).submit().await())
                .isInstanceOf(KronosException.UndeclaredAccess.class);
            assertThat(TestKernels.read(open.kronos(), from)).containsOnly(7);
          });
    }
  }

  private static DeviceBuffer to(Dispatch dispatch) {
    return dispatch.accesses().get(1).buffer();
  }
}

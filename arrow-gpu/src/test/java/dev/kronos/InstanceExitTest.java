// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.dispatch.Stream;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.CallInterceptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Leaves a JVM in every order of opening, closing and exiting, and looks at the native calls: each
 * instance is destroyed once, after its devices, by the thread that made it.
 */
@Tag("once")
class InstanceExitTest {

  private static final Pattern CALL = Pattern.compile("call (vk\\w+) on (\\S+)");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void everyInstanceIsDestroyedOnceAfterItsDevices(Scenario scenario) throws Exception {
    OwnJvm.Outcome outcome =
        OwnJvm.run(
            Main.class, folder, Map.of(), List.of("-Dkronos.test.scenario=" + scenario.name()));
    assertThat(outcome.code()).as(outcome.text()).isEqualTo(scenario.code);
    assertThat(outcome.text())
        .contains(scenario.says)
        .doesNotContain("SIGSEGV")
        .doesNotContain("Exception in thread")
        .doesNotContain("VUID-vkDestroyInstance");
    List<MatchResult> calls = CALL.matcher(outcome.text()).results().toList();
    assertBalanced(calls, "Device");
    assertThat(assertBalanced(calls, "Instance"))
        .isBetween(scenario.leastInstances, scenario.mostInstances);
    assertThat(calls)
        .filteredOn(call -> call.group(1).endsWith("Instance"))
        .allMatch(call -> call.group(2).equals("kronos-instance"));
    if (scenario.mostInstances == 1) {
      assertThat(calls.get(calls.size() - 1).group(1)).isEqualTo("vkDestroyInstance");
    }
  }

  /** Asserts that all that were made were destroyed once, and returns how many. */
  private static int assertBalanced(List<MatchResult> calls, String kind) {
    int made = 0;
    int live = 0;
    for (MatchResult call : calls) {
      if (call.group(1).equals("vkCreate" + kind)) {
        made++;
        live++;
      } else if (call.group(1).equals("vkDestroy" + kind)) {
        live--;
        assertThat(live).as(call.group()).isNotNegative();
      }
    }
    assertThat(live).as(kind).isZero();
    return made;
  }

  /** Lists the orders of events; each runs in a JVM of its own. */
  enum Scenario {
    /** One device after the other, all closed; then main returns. */
    CLOSED_BEFORE(0, "reached", 1, 1) {
      @Override
      void run() {
        for (int i = 0; i < 3; i++) {
          open(true).close();
        }
        reached();
      }
    },

    /** The device is open and idle. */
    OPEN(3, "reached", 1, 1) {
      @Override
      void run() {
        open(true);
        reached();
        System.exit(3);
      }
    },

    /** The device is open and busy. */
    IN_FLIGHT(3, "reached", 1, 1) {
      @Override
      void run() {
        Kronos kronos = open(true);
        Stream stream = kronos.newStream();
        DeviceBuffer buffer = kronos.memory().allocate(Pool.DEVICE, 32 << 20);
        for (int i = 0; i < 50; i++) {
          stream.fill(buffer, 0, buffer.sizeBytes(), i).submit();
        }
        reached();
        System.exit(3);
      }
    },

    /** Two kinds of instance wait, and of each kind one is in use. */
    TWO_KINDS(3, "reached", 4, 4) {
      @Override
      void run() {
        List<Kronos> opened = List.of(open(true), open(true), open(false), open(false));
        opened.get(0).close();
        opened.get(2).close();
        reached();
        System.exit(3);
      }
    },

    /** Another thread exits while this one opens and closes. */
    FROM_ANOTHER_THREAD(3, "reached", 1, 1) {
      @Override
      void run() throws InterruptedException {
        open(true).close();
        Thread other = new Thread(() -> System.exit(3));
        for (int i = 0; ; i++) {
          open(true).close();
          if (i == 3) {
            reached();
            other.start();
          }
        }
      }
    },

    /** An exit hook opens a device, after others were opened. */
    OPENED_BY_A_HOOK(3, "refused: opened while the JVM exits", 1, 2) {
      @Override
      void run() {
        open(true);
        refusedAtExit();
        System.exit(3);
      }
    },

    /** An exit hook is the first to open a device. */
    FIRST_OPENED_BY_A_HOOK(3, "refused: opened while the JVM exits", 0, 0) {
      @Override
      void run() {
        refusedAtExit();
        System.exit(3);
      }
    },

    /** An exit hook is the first to ask for the validation layer, which needs callbacks. */
    FIRST_VALIDATED_BY_A_HOOK(3, "refused: opened while the JVM exits", 0, 0) {
      @Override
      void run() {
        open(false).close();
        refusedAtExit();
        System.exit(3);
      }

      @Override
      boolean traced() {
        return false;
      }
    };

    private final int code;
    private final String says;
    private final int leastInstances;
    private final int mostInstances;

    Scenario(int code, String says, int leastInstances, int mostInstances) {
      this.code = code;
      this.says = says;
      this.leastInstances = leastInstances;
      this.mostInstances = mostInstances;
    }

    abstract void run() throws InterruptedException;

    /** Tracing makes callbacks. */
    boolean traced() {
      return true;
    }

    static Kronos open(boolean validation) {
      return Kronos.open(OpenKronos.options().set(KronosOption.VALIDATION, validation).build());
    }

    static void reached() {
      System.out.println("reached");
    }

    static void refusedAtExit() {
      Runnable opening =
          () -> {
            try {
              open(true);
            } catch (KronosException.Closed e) {
              System.out.println("refused: " + e.getMessage());
            }
          };
      Runtime.getRuntime().addShutdownHook(new Thread(opening));
    }
  }

  /** Runs the scenario that a system property names. */
  static final class Main {
    private static final Set<String> SHOWN =
        Set.of("vkCreateInstance", "vkDestroyInstance", "vkCreateDevice", "vkDestroyDevice");

    private Main() {}

    /** Prints the calls that make and destroy instances and devices. */
    public static void main(String[] args) throws InterruptedException {
      Scenario scenario = Scenario.valueOf(System.getProperty("kronos.test.scenario"));
      if (scenario.traced()) {
        CallInterceptor.install().observe(Main::show);
      }
      try {
        scenario.run();
      } catch (KronosException.Closed e) {
        System.out.println("refused: " + e.getMessage());
      }
    }

    private static void show(String call, long[] arguments) {
      if (SHOWN.contains(call)) {
        System.out.println("call " + call + " on " + Thread.currentThread().getName());
      }
    }
  }
}

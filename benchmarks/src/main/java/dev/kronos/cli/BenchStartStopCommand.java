// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import dev.kronos.KronosOptions;
import dev.kronos.bench.runtime.ProcessMemory;
import dev.kronos.bench.runtime.StartStopRun;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Opens and closes a device again and again and shows what the process holds before and after. */
@Command(
    name = "start-stop",
    mixinStandardHelpOptions = true,
    description = "Open a device, run a kernel and close the device many times; show any growth.")
final class BenchStartStopCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--cycles",
      defaultValue = "1000",
      description = "How often, 1 at least (default: ${DEFAULT-VALUE}).")
  private int cycles;

  /** Runs the cycles; fails when the device does not open or a result is wrong. */
  @Override
  public Integer call() {
    if (cycles < 1) {
      throw new ParameterException(spec.commandLine(), "too few cycles: cycles=" + cycles);
    }
    StartStopRun.Result result = StartStopRun.run(KronosOptions.fromEnvironment(), cycles);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s: %,d cycles, first of all %.1f ms, then %.1f ms each%n",
        result.device(), result.cycles(), result.firstMillis(), result.millisPerCycle());
    print(out, "before", result.before());
    print(out, "after", result.after());
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, String when, ProcessMemory held) {
    out.printf(
        "  %-6s  resident %,d MiB, threads %d, open files %d%n",
        when, held.residentMebibytes(), held.threads(), held.files());
  }
}

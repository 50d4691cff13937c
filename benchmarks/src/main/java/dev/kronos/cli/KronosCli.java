// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Dispatches {@code bin/kronos} to its commands. */
@Command(
    name = "kronos",
    mixinStandardHelpOptions = true,
    version = "kronos 0.1.0",
    description = "Spark SQL and Arrow on any Vulkan device.",
    subcommands = {DoctorCommand.class, DemoCommand.class, BenchCommand.class})
public final class KronosCli {
  private KronosCli() {}

  /** Runs one command; the exit status is 0 on success, 1 on failure, 2 on wrong arguments. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new KronosCli()).setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(KronosCli::explain);
    System.exit(line.execute(arguments));
  }

  /** Says a failure in one sentence; its trace is for {@code -Dkronos.trace=true}. */
  private static int explain(
      Exception failure, CommandLine line, CommandLine.ParseResult arguments) {
    line.getErr().println(line.getColorScheme().errorText("kronos: " + failure.getMessage()));
    if (Boolean.getBoolean("kronos.trace")) {
      failure.printStackTrace(line.getErr());
    }
    return 1;
  }
}

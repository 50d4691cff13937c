// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import picocli.CommandLine.Command;

/** Groups the benchmarks. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure Kronos; every answer is verified.",
    subcommands = {
      BenchArrowCommand.class,
      BenchFusionCommand.class,
      BenchRuntimeCommand.class,
      BenchStartStopCommand.class,
      BenchTpchCommand.class
    })
final class BenchCommand {}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import picocli.CommandLine.Command;

/** Groups the benchmarks. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure Kronos beside a named peer; every answer is verified.",
    subcommands = {BenchRuntimeCommand.class, BenchTpchCommand.class})
final class BenchCommand {}

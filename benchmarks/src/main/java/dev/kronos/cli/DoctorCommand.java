// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.device.DoctorInput;
import dev.kronos.device.DoctorReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says which Vulkan devices there are, what each can do, and which one Kronos would take. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "List every Vulkan device, what it can do, and which one would be taken.")
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Prints the report; the status is 1 when no device would be taken. */
  @Override
  public Integer call() {
    KronosOptions settings = KronosOptions.fromEnvironment();
    DoctorInput input = DoctorInput.collect(settings, () -> Kronos.devices(settings));
    PrintWriter out = spec.commandLine().getOut();
    out.print(DoctorReport.render(input));
    out.flush();
    return DoctorReport.healthy(input) ? 0 : 1;
  }
}

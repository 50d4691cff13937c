// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import dev.kronos.KronosOption;
import java.util.Locale;

/**
 * Writes the report of {@code bin/kronos doctor}: every driver and device, what each can do and
 * what for, which device would be chosen, and what to do when none would. A pure function of its
 * input.
 */
public final class DoctorReport {
  private static final String INDENT = "    ";

  private final DoctorInput input;
  private final DeviceSelection selection;
  private final StringBuilder text = new StringBuilder();

  private DoctorReport(DoctorInput input) {
    this.input = input;
    this.selection = DeviceSelection.choose(input.devices(), input.options());
  }

  /** Returns the report as lines of text. */
  public static String render(DoctorInput input) {
    DoctorReport report = new DoctorReport(input);
    report.machine();
    report.drivers();
    report.devices();
    report.verdict();
    return report.text.toString();
  }

  /** Returns whether a device would be chosen: the exit status of the command. */
  public static boolean healthy(DoctorInput input) {
    return DeviceSelection.choose(input.devices(), input.options()).chosen().isPresent();
  }

  private void machine() {
    HostPlatform platform = input.platform();
    line(
        "machine: "
            + platform.operatingSystem()
            + ", "
            + platform.architecture()
            + (platform.distributions().isEmpty()
                ? ""
                : ", " + String.join(" ", platform.distributions())));
    for (KronosOption<?> option : KronosOption.ALL) {
      Object value = input.options().value(option);
      if (!value.equals(option.defaultValue())) {
        line("setting: " + option.key() + "=" + value);
      }
    }
  }

  private void drivers() {
    line("");
    line("Vulkan drivers installed: " + input.drivers().manifests().size());
    for (IcdManifest manifest : input.drivers().manifests()) {
      line("  " + manifest.file() + " -> " + manifest.library());
    }
    for (IcdDiscovery.Rejection rejection : input.drivers().rejections()) {
      line("  not usable: " + rejection);
    }
  }

  private void devices() {
    line("");
    input.failure().ifPresent(failure -> line("devices could not be listed: " + failure));
    line("Vulkan devices: " + input.devices().size());
    selection.verdicts().forEach(this::device);
  }

  private void device(DeviceSelection.Verdict verdict) {
    DeviceInfo device = verdict.device();
    DriverInfo driver = device.driver();
    line("");
    line("[" + device.index() + "] " + device.name() + " (" + device.type().words() + ")");
    line(INDENT + "driver: " + driver.name() + " " + driver.version());
    line(INDENT + "Vulkan: " + driver.apiVersion());
    line(INDENT + "subgroup size: " + device.subgroupSize());
    line(INDENT + "profile: " + device.profile().name());
    device.heaps().forEach(this::heap);
    for (Capability capability : Capability.values()) {
      capability(capability, device.supports(capability));
    }
    if (verdict.usable()) {
      line(INDENT + "usable: yes");
    } else {
      verdict.reasons().forEach(reason -> line(INDENT + "usable: no, " + reason));
    }
  }

  private void heap(MemoryHeap heap) {
    String size = String.format(Locale.ROOT, "%.1f GiB", heap.sizeBytes() / (double) (1L << 30));
    line(
        INDENT
            + "memory heap: "
            + size
            + (heap.deviceLocal() ? ", the device's own" : ", the host's")
            + (heap.hostVisible() ? ", visible to the host" : ", not visible to the host"));
  }

  private void capability(Capability capability, boolean present) {
    String answer = present ? "yes" : capability.required() ? "NO " : "no ";
    String need = capability.required() ? "needed for " : "used for ";
    line(
        String.format(
            Locale.ROOT, "%s%s %-22s %s", INDENT, answer, capability, need + capability.purpose()));
  }

  private void verdict() {
    line("");
    line(selection.summary());
    if (selection.chosen().isEmpty()) {
      line("what to do: " + input.platform().remedy());
    }
  }

  private void line(String content) {
    text.append(content).append('\n');
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.KronosOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Chooses a device, as a pure function of what there is and what was asked for: usable devices
 * only; discrete before integrated before virtual before software; then the one with more memory of
 * its own; then the first.
 *
 * @param chosen the device to use, or empty
 * @param verdicts one for each device, in the given order
 * @param summary one sentence: what was chosen and why, or why nothing was
 */
public record DeviceSelection(Optional<DeviceInfo> chosen, List<Verdict> verdicts, String summary) {
  private static final String AUTO = "auto";

  private static final Comparator<DeviceInfo> PREFERENCE =
      Comparator.comparing(DeviceInfo::type)
          .thenComparing(Comparator.comparingLong(DeviceInfo::deviceMemoryBytes).reversed())
          .thenComparing(DeviceInfo::index);

  /**
   * Says why a device can be used or not.
   *
   * @param device the device
   * @param reasons why it cannot; empty when it can
   */
  public record Verdict(DeviceInfo device, List<String> reasons) {
    /** Copies the reasons. */
    public Verdict {
      reasons = List.copyOf(reasons);
    }

    /** Returns whether the device can be used. */
    public boolean usable() {
      return reasons.isEmpty();
    }
  }

  /** Copies the verdicts. */
  public DeviceSelection {
    verdicts = List.copyOf(verdicts);
  }

  /**
   * Chooses among devices.
   *
   * @param devices every device of the driver, in its order
   * @param options which device is asked for and whether software devices will do
   */
  public static DeviceSelection choose(List<DeviceInfo> devices, KronosOptions options) {
    List<Verdict> verdicts = devices.stream().map(device -> judge(device, options)).toList();
    Optional<DeviceInfo> best =
        verdicts.stream().filter(Verdict::usable).map(Verdict::device).min(PREFERENCE);
    return new DeviceSelection(best, verdicts, summarise(best, verdicts, options));
  }

  /**
   * Returns the chosen device.
   *
   * @param remedy a sentence that says what to do when there is none
   * @throws KronosException.NoDevice with the summary and the remedy when nothing was chosen
   */
  public DeviceInfo orElseThrow(String remedy) {
    return chosen.orElseThrow(() -> new KronosException.NoDevice(summary + "; " + remedy));
  }

  private static Verdict judge(DeviceInfo device, KronosOptions options) {
    List<String> reasons = new ArrayList<>();
    if (!isAskedFor(device, options.device())) {
      reasons.add(message("not the device asked for", "device", options.device()));
    }
    if (device.type() == DeviceType.CPU && !options.softwareDevices()) {
      reasons.add("software devices are switched off: device.software=false");
    }
    if (device.supports(Capability.VULKAN_1_3)) {
      device.missing().forEach(lacking -> reasons.add(describe(lacking)));
    } else {
      // What an older driver says about newer features means nothing, so only this is told.
      reasons.add(message("driver too old", "vulkan", device.apiVersion(), "needed", "1.3"));
    }
    return new Verdict(device, reasons);
  }

  private static String describe(Capability lacking) {
    return "lacks " + lacking + ", needed for " + lacking.purpose();
  }

  private static boolean isAskedFor(DeviceInfo device, String asked) {
    if (asked.equalsIgnoreCase(AUTO)) {
      return true;
    }
    if (asked.chars().allMatch(Character::isDigit)) {
      return asked.equals(Integer.toString(device.index()));
    }
    return device.name().toLowerCase(Locale.ROOT).contains(asked.toLowerCase(Locale.ROOT));
  }

  private static String summarise(
      Optional<DeviceInfo> best, List<Verdict> verdicts, KronosOptions options) {
    if (best.isPresent()) {
      DeviceInfo device = best.get();
      return message(
          "device chosen",
          "index",
          device.index(),
          "name",
          device.name(),
          "type",
          device.type().words());
    }
    if (verdicts.isEmpty()) {
      return "no Vulkan device found";
    }
    return verdicts.stream()
        .map(verdict -> verdict.device().name() + ": " + String.join(", ", verdict.reasons()))
        .collect(
            Collectors.joining(
                "; ", "no usable Vulkan device (asked for " + options.device() + "): ", ""));
  }
}

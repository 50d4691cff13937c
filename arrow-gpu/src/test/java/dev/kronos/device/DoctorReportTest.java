// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.KronosOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoctorReportTest {
  private static final HostPlatform DEBIAN =
      new HostPlatform("Linux", "amd64", List.of("ubuntu", "debian"));
  private static final HostPlatform FEDORA = new HostPlatform("Linux", "amd64", List.of("fedora"));
  private static final IcdDiscovery NO_DRIVERS = new IcdDiscovery(List.of(), List.of());

  @Test
  void everythingAboutEveryDeviceIsTold() {
    DoctorInput input =
        new DoctorInput(
            DEBIAN,
            KronosOptions.builder().set("debug.poison", "true").build(),
            new IcdDiscovery(
                List.of(new IcdManifest(Path.of("/usr/share/a.json"), "liba.so", "1.3")),
                List.of(new IcdDiscovery.Rejection(Path.of("/b.json"), "it is not JSON"))),
            List.of(Devices.H200, Devices.LAVAPIPE),
            Optional.empty());
    assertThat(DoctorReport.healthy(input)).isTrue();
    assertThat(DoctorReport.render(input))
        .contains("machine: Linux, amd64, ubuntu debian\n")
        .contains("setting: debug.poison=true\n")
        .contains("Vulkan drivers installed: 1\n  /usr/share/a.json -> liba.so\n")
        .contains("  not usable: /b.json: it is not JSON\n")
        .contains("[0] NVIDIA H200 (discrete GPU)\n")
        .contains("    driver: test driver 12.3\n")
        .contains("    memory heap: 140.0 GiB, the device's own, not visible to the host\n")
        .contains("    yes SHADER_FLOAT64         needed for DOUBLE columns\n")
        .contains("    no  MEMORY_BUDGET          used for knowing how much memory")
        .endsWith("device chosen: index=0, name=NVIDIA H200, type=discrete GPU\n")
        .doesNotContain("what to do");
    for (Capability capability : Capability.values()) {
      assertThat(DoctorReport.render(input)).contains(capability.name());
    }
  }

  @Test
  void unusableDeviceNamesWhatItLacks() {
    DoctorInput input = input(DEBIAN, Devices.without(Devices.H200, Capability.SHADER_INT64));
    assertThat(DoctorReport.healthy(input)).isFalse();
    assertThat(DoctorReport.render(input))
        .contains("    NO  SHADER_INT64           needed for addresses")
        .contains("    usable: no, lacks SHADER_INT64, needed for addresses")
        .contains("no usable Vulkan device (asked for auto): NVIDIA H200: lacks SHADER_INT64");
  }

  @Test
  void remedySuitsTheSystem() {
    assertThat(DoctorReport.render(input(DEBIAN)))
        .contains("no Vulkan device found\n")
        .contains(
            "what to do: install a software device with `apt-get install mesa-vulkan-drivers`");
    assertThat(DoctorReport.render(input(FEDORA)))
        .contains("what to do: install the Vulkan driver of your GPU")
        .doesNotContain("apt-get");
  }

  @Test
  void brokenDriverIsPartOfTheReport() {
    DoctorInput input =
        DoctorInput.collect(
            KronosOptions.defaults(),
            () -> {
              throw new UnsatisfiedLinkError("libvulkan.so.1 not found");
            });
    assertThat(input.devices()).isEmpty();
    assertThat(DoctorReport.render(input))
        .contains("devices could not be listed: libvulkan.so.1 not found");
  }

  @Test
  void osReleaseIsRead() {
    assertThat(
            HostPlatform.parseOsRelease(
                "NAME=x\nID=ubuntu\nVERSION_ID=\"22\"\nID_LIKE=\"debian foo\""))
        .containsExactly("ubuntu", "debian", "foo");
    assertThat(HostPlatform.parseOsRelease("")).isEmpty();
  }

  private static DoctorInput input(HostPlatform platform, DeviceInfo... devices) {
    return new DoctorInput(
        platform, KronosOptions.defaults(), NO_DRIVERS, List.of(devices), Optional.empty());
  }
}

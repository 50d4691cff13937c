// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.KronosException;
import dev.kronos.KronosOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceSelectionTest {
  private static final List<DeviceInfo> ALL =
      List.of(Devices.LAVAPIPE, Devices.INTEGRATED, Devices.H200);

  @Test
  void discreteBeforeIntegratedBeforeSoftware() {
    assertThat(choose(ALL, "auto").chosen()).contains(Devices.H200);
    assertThat(choose(ALL.subList(0, 2), "auto").chosen()).contains(Devices.INTEGRATED);
    assertThat(choose(ALL.subList(0, 1), "auto").chosen()).contains(Devices.LAVAPIPE);
    assertThat(choose(ALL, "auto").summary())
        .isEqualTo("device chosen: index=0, name=NVIDIA H200, type=discrete GPU");
  }

  @Test
  void moreMemoryThenLowerIndexBreaksTies() {
    DeviceInfo small =
        Devices.device(
            new DeviceIdentity(0, "small", 1, 1, DeviceType.DISCRETE),
            List.of(new MemoryHeap(8L << 30, true, false)),
            Devices.H200.capabilities());
    DeviceInfo twin =
        Devices.device(
            new DeviceIdentity(3, "twin", 1, 1, DeviceType.DISCRETE),
            Devices.H200.heaps(),
            Devices.H200.capabilities());
    assertThat(choose(List.of(small, twin, Devices.H200), "auto").chosen()).contains(Devices.H200);
  }

  @ParameterizedTest
  @CsvSource({"2,2", "0,0", "uhd,1", "LLVMpipe,2", "AUTO,0"})
  void deviceIsPickedByIndexOrName(String asked, int expectedIndex) {
    assertThat(choose(ALL, asked).chosen()).map(DeviceInfo::index).contains(expectedIndex);
  }

  @Test
  void unknownDeviceIsAnAnswerWithReasons() {
    DeviceSelection selection = choose(ALL, "7");
    assertThat(selection.chosen()).isEmpty();
    assertThat(selection.summary())
        .startsWith("no usable Vulkan device (asked for 7): llvmpipe")
        .contains("not the device asked for: device=7");
    assertThatThrownBy(() -> selection.orElseThrow("do this"))
        .isInstanceOf(KronosException.NoDevice.class)
        .hasMessageEndingWith("; do this");
  }

  @Test
  void lackOfARequiredCapabilityIsNamedWithItsPurpose() {
    DeviceInfo lacking = Devices.without(Devices.H200, Capability.BUFFER_DEVICE_ADDRESS);
    DeviceSelection selection = choose(List.of(lacking), "auto");
    assertThat(selection.chosen()).isEmpty();
    assertThat(selection.verdicts().get(0).reasons())
        .containsExactly(
            "lacks BUFFER_DEVICE_ADDRESS, needed for reaching all data of kernels by address");
  }

  @Test
  void lackOfAnOptionalCapabilityDoesNotMatter() {
    DeviceInfo lacking = Devices.without(Devices.H200, Capability.MEMORY_BUDGET);
    assertThat(choose(List.of(lacking), "auto").chosen()).contains(lacking);
  }

  @Test
  void oldDriverIsToldAsThatAlone() {
    DeviceInfo old =
        Devices.without(Devices.H200, Capability.VULKAN_1_3, Capability.SYNCHRONIZATION2);
    assertThat(choose(List.of(old), "auto").verdicts().get(0).reasons())
        .containsExactly("driver too old: vulkan=1.3.230, needed=1.3");
  }

  @Test
  void softwareDevicesCanBeSwitchedOff() {
    KronosOptions options = KronosOptions.builder().set("device.software", "false").build();
    DeviceSelection selection = DeviceSelection.choose(List.of(Devices.LAVAPIPE), options);
    assertThat(selection.chosen()).isEmpty();
    assertThat(selection.summary()).contains("software devices are switched off");
  }

  @Test
  void noDeviceAtAll() {
    assertThat(choose(List.of(), "auto").summary()).isEqualTo("no Vulkan device found");
  }

  @Test
  void unifiedMeansOneMemoryThatTheHostSees() {
    assertThat(Devices.LAVAPIPE.unified()).isTrue();
    assertThat(Devices.INTEGRATED.unified()).isTrue();
    assertThat(Devices.H200.unified()).isFalse();
  }

  @Test
  void profilesAreJustifiedAndTheUnknownVendorGetsTheSafeOne() {
    assertThat(Devices.H200.profile().name()).isEqualTo("NVIDIA");
    assertThat(Devices.LAVAPIPE.profile().lookBack().value())
        .isEqualTo(VendorProfile.LookBack.NEVER);
    DeviceInfo unknown =
        Devices.device(
            new DeviceIdentity(0, "new", 0x9999, 1, DeviceType.DISCRETE),
            List.of(),
            ALL.get(0).capabilities());
    assertThat(unknown.profile()).isSameAs(VendorProfiles.safe());
    for (VendorProfile profile : VendorProfiles.all()) {
      assertThat(
              List.of(
                  profile.subgroupSize().because(),
                  profile.workgroupSize().because(),
                  profile.copyPath().because(),
                  profile.lookBack().because(),
                  profile.spinNanos().because(),
                  profile.queues().because()))
          .allMatch(because -> because.length() > 20);
      assertThat(profile.workgroupSize().value() % profile.subgroupSize().value()).isZero();
    }
  }

  @Test
  void versionsUnpackAndCompare() {
    ApiVersion version = ApiVersion.unpack((1 << 22) | (3 << 12) | 230);
    assertThat(version).hasToString("1.3.230").isGreaterThan(ApiVersion.VULKAN_1_3);
    assertThat(version.isAtLeast(ApiVersion.VULKAN_1_3)).isTrue();
    assertThat(new ApiVersion(1, 2, 300).isAtLeast(ApiVersion.VULKAN_1_3)).isFalse();
    assertThat(new ApiVersion(2, 0, 0).isAtLeast(ApiVersion.VULKAN_1_3)).isTrue();
  }

  private static DeviceSelection choose(List<DeviceInfo> devices, String asked) {
    return DeviceSelection.choose(devices, KronosOptions.builder().set("device", asked).build());
  }
}

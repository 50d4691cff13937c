// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import dev.kronos.device.VendorProfile.Choice;
import dev.kronos.device.VendorProfile.CopyPath;
import dev.kronos.device.VendorProfile.LookBack;
import dev.kronos.device.VendorProfile.MatrixUnits;
import java.util.List;
import java.util.Map;

/** Holds the table of vendor profiles. A vendor that is not in it gets the safe profile. */
public final class VendorProfiles {
  /** PCI vendor number of NVIDIA. */
  public static final int NVIDIA = 0x10DE;

  /** PCI vendor number of AMD. */
  public static final int AMD = 0x1002;

  /** PCI vendor number of Intel. */
  public static final int INTEL = 0x8086;

  /** Khronos vendor number of Mesa, used by its software device. */
  public static final int MESA = 0x10005;

  private static final Choice<Integer> WORKGROUP_256 =
      new Choice<>(
          256,
          "multiple of every subgroup size from 4 to 64 and within the 256 invocations that are the"
              + " least a Vulkan 1.3 device supports");

  private static final Choice<LookBack> NO_PROGRESS_PROMISE =
      new Choice<>(
          LookBack.NEVER, "the Vulkan specification promises no progress between workgroups");

  private static final Choice<CopyPath> UNMEASURED_COPY =
      new Choice<>(CopyPath.TRANSFER, "not measured; the driver's own command is always right");

  private static final Choice<Integer> ONE_QUEUE =
      new Choice<>(1, "not measured; one queue needs no waits between queues");

  private static final Choice<MatrixUnits> UNTRIED_MATRICES =
      new Choice<>(
          MatrixUnits.NEVER, "the kernel's sizes and its subgroups of 32 were not tried there");

  private static final VendorProfile SAFE =
      new VendorProfile(
          "safe",
          new Choice<>(32, "not used for correctness; the device's own value wins"),
          WORKGROUP_256,
          UNMEASURED_COPY,
          NO_PROGRESS_PROMISE,
          new Choice<>(0L, "not measured; sleeping takes no CPU time from anyone"),
          ONE_QUEUE,
          UNTRIED_MATRICES);

  private static final VendorProfile NVIDIA_PROFILE =
      new VendorProfile(
          "NVIDIA",
          new Choice<>(32, "the only size that its devices report"),
          WORKGROUP_256,
          new Choice<>(
              CopyPath.KERNEL,
              "H200: 4,150 GB/s by a kernel, 850 GB/s by vkCmdCopyBuffer (read plus written)"),
          new Choice<>(
              LookBack.AFTER_SELF_TEST,
              "H200: 719 us for running sums of 1 GiB of int64, 1,041 us by three kernels"),
          new Choice<>(
              50_000L, "H200: submit and wait takes about 45 us, so short work ends in the spin"),
          new Choice<>(
              8,
              "H200: 13.3 s for TPC-H SF10 with 16 tasks, 14.3 s on 4, 17.3 s on one without"
                  + " decompression on the device; its family without graphics has 8"),
          new Choice<>(
              MatrixUnits.AFTER_SELF_TEST,
              "vk_cooperative_matrix_perf lists 16 x 16 x 16 by a subgroup for its devices from"
                  + " Turing on; the speed is not measured yet"));

  private static final VendorProfile AMD_PROFILE =
      new VendorProfile(
          "AMD",
          new Choice<>(64, "GCN and CDNA report 64; RDNA reports 32 or 64, which wins"),
          WORKGROUP_256,
          UNMEASURED_COPY,
          new Choice<>(
              LookBack.AFTER_SELF_TEST,
              "Decoupled Fallback (SPAA 2025): RX 7900 XT reaches 113 % of memcpy"),
          SAFE.spinNanos(),
          ONE_QUEUE,
          UNTRIED_MATRICES);

  private static final VendorProfile INTEL_PROFILE =
      new VendorProfile(
          "Intel",
          new Choice<>(32, "its devices report 8 to 32, which wins"),
          WORKGROUP_256,
          UNMEASURED_COPY,
          new Choice<>(
              LookBack.AFTER_SELF_TEST,
              "Decoupled Fallback (SPAA 2025): UHD 620 reaches 102 % of memcpy"),
          SAFE.spinNanos(),
          ONE_QUEUE,
          UNTRIED_MATRICES);

  private static final VendorProfile SOFTWARE_PROFILE =
      new VendorProfile(
          "software",
          new Choice<>(8, "lavapipe 22.3 with 256-bit vectors; LP_NATIVE_VECTOR_WIDTH changes it"),
          WORKGROUP_256,
          new Choice<>(CopyPath.TRANSFER, "lavapipe 22.3 copies with memcpy"),
          new Choice<>(
              LookBack.NEVER,
              "llvmpipe runs the subgroups of a workgroup as coroutines that switch at barriers"
                  + " only: spinning on another one never ends"),
          new Choice<>(0L, "the device is the CPU: a spinning thread takes time from the kernel"),
          new Choice<>(1, "lavapipe 22.3 has one queue"),
          UNTRIED_MATRICES);

  private static final Map<Integer, VendorProfile> BY_VENDOR =
      Map.of(
          NVIDIA, NVIDIA_PROFILE,
          AMD, AMD_PROFILE,
          INTEL, INTEL_PROFILE,
          MESA, SOFTWARE_PROFILE);

  private VendorProfiles() {}

  /** Returns the profile for a device. Software devices share one, whoever made them. */
  public static VendorProfile of(DeviceInfo device) {
    if (device.type() == DeviceType.CPU) {
      return SOFTWARE_PROFILE;
    }
    return BY_VENDOR.getOrDefault(device.identity().vendorId(), SAFE);
  }

  /** Returns the profile of unknown vendors. */
  public static VendorProfile safe() {
    return SAFE;
  }

  /** Returns every profile, for reports. */
  public static List<VendorProfile> all() {
    return List.of(NVIDIA_PROFILE, AMD_PROFILE, INTEL_PROFILE, SOFTWARE_PROFILE, SAFE);
  }
}

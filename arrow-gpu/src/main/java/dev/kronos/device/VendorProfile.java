// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

/**
 * Holds the settings that differ between vendors, each with the measurement or source for it.
 *
 * @param name the profile's name
 * @param subgroupSize the subgroup size to expect; the device's own value wins where it tells one
 * @param workgroupSize invocations in a workgroup of a static kernel
 * @param copyPath how to copy inside device memory
 * @param lookBack whether a kernel may wait for another workgroup's result
 * @param spinNanos how long a host thread spins for the end of work before it sleeps
 * @param queues how many queues kernels run on, where the device has them
 * @param matrixUnits whether halves may be multiplied on cooperative matrices
 */
public record VendorProfile(
    String name,
    Choice<Integer> subgroupSize,
    Choice<Integer> workgroupSize,
    Choice<CopyPath> copyPath,
    Choice<LookBack> lookBack,
    Choice<Long> spinNanos,
    Choice<Integer> queues,
    Choice<MatrixUnits> matrixUnits) {
  /**
   * Pairs a setting with what justifies it.
   *
   * @param value the setting
   * @param because the measurement or source
   * @param <T> its type
   */
  public record Choice<T>(T value, String because) {}

  /** Names the ways to copy inside device memory. */
  public enum CopyPath {
    /** A compute kernel. */
    KERNEL,
    /** The transfer command of the driver. */
    TRANSFER
  }

  /** Says whether products on cooperative matrices may be tried. */
  public enum MatrixUnits {
    /** After the self-test at the first product has passed. */
    AFTER_SELF_TEST,
    /** Never. */
    NEVER
  }

  /** Says whether the single-pass scan may be tried. */
  public enum LookBack {
    /** After the start-up self-test has passed, with the fallback. */
    AFTER_SELF_TEST,
    /** Never: Vulkan promises no forward progress between workgroups. */
    NEVER
  }
}

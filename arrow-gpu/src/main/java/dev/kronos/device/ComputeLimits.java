// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

/**
 * Holds the limits of a device that bear on compute.
 *
 * @param subgroupSize invocations in a subgroup, a power of two
 * @param maxWorkgroupInvocations most invocations in a workgroup
 * @param sharedMemoryBytes shared memory of a workgroup
 * @param maxPushConstantBytes most bytes of push constants
 * @param maxAllocationBytes largest single allocation; a soft limit with some drivers
 * @param hostPointerAlignmentBytes alignment of imported host memory, or 0 when there is no import
 */
public record ComputeLimits(
    int subgroupSize,
    int maxWorkgroupInvocations,
    int sharedMemoryBytes,
    int maxPushConstantBytes,
    long maxAllocationBytes,
    long hostPointerAlignmentBytes) {}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.program;

/**
 * Counts what a program has done, as of one moment.
 *
 * @param dispatches kernel runs
 * @param barriers barrier commands between device work
 * @param bufferBarriers single buffers that those name; 0 for global ones
 * @param hostBarriers barriers that make results visible to the host
 * @param submits calls to the driver to submit
 * @param hostWaits waits in the driver
 * @param descriptorUpdates descriptors written
 * @param nativeBytes bytes of structures and arguments written for the driver or the kernel
 * @param vulkanAllocations allocations of device memory
 */
public record Tally(
    long dispatches,
    long barriers,
    long bufferBarriers,
    long hostBarriers,
    long submits,
    long hostWaits,
    long descriptorUpdates,
    long nativeBytes,
    long vulkanAllocations) {

  /** Returns the sum of two counts. */
  public Tally plus(Tally other) {
    return new Tally(
        dispatches + other.dispatches,
        barriers + other.barriers,
        bufferBarriers + other.bufferBarriers,
        hostBarriers + other.hostBarriers,
        submits + other.submits,
        hostWaits + other.hostWaits,
        descriptorUpdates + other.descriptorUpdates,
        nativeBytes + other.nativeBytes,
        vulkanAllocations + other.vulkanAllocations);
  }

  /** Returns what was counted since an earlier moment. */
  public Tally since(Tally earlier) {
    return new Tally(
        dispatches - earlier.dispatches,
        barriers - earlier.barriers,
        bufferBarriers - earlier.bufferBarriers,
        hostBarriers - earlier.hostBarriers,
        submits - earlier.submits,
        hostWaits - earlier.hostWaits,
        descriptorUpdates - earlier.descriptorUpdates,
        nativeBytes - earlier.nativeBytes,
        vulkanAllocations - earlier.vulkanAllocations);
  }
}

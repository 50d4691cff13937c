// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.result;

import dev.kronos.bench.program.Tally;

/**
 * Holds counts of runs of one batch, on average.
 *
 * @param barriersPerDispatch barrier commands between device work
 * @param bufferBarriersPerDispatch single buffers that they name
 * @param barriersOverLeast barriers by the fewest that any program can do with, which is the
 *     dependency levels less one; null where that is none
 * @param hostBarriersPerBatch barriers for the host
 * @param submitsPerBatch calls to the driver to submit
 * @param hostWaitsPerBatch waits in the driver
 * @param descriptorUpdatesPerDispatch descriptors written
 * @param nativeBytesPerDispatch bytes written for driver and kernel
 * @param vulkanAllocations allocations of device memory in all runs together
 * @param heapBytesPerBatch Java heap that the thread allocated
 */
public record Counted(
    double barriersPerDispatch,
    double bufferBarriersPerDispatch,
    Double barriersOverLeast,
    double hostBarriersPerBatch,
    double submitsPerBatch,
    double hostWaitsPerBatch,
    double descriptorUpdatesPerDispatch,
    double nativeBytesPerDispatch,
    long vulkanAllocations,
    double heapBytesPerBatch) {

  /**
   * Averages.
   *
   * @param sum what was counted
   * @param runs in how many runs of the batch
   * @param levels dependency levels of the batch
   * @param heapBytes Java heap of all runs
   */
  public static Counted of(Tally sum, int runs, int levels, long heapBytes) {
    double dispatches = sum.dispatches();
    double least = (double) runs * (levels - 1);
    return new Counted(
        sum.barriers() / dispatches,
        sum.bufferBarriers() / dispatches,
        least == 0 ? null : sum.barriers() / least,
        (double) sum.hostBarriers() / runs,
        (double) sum.submits() / runs,
        (double) sum.hostWaits() / runs,
        sum.descriptorUpdates() / dispatches,
        sum.nativeBytes() / dispatches,
        sum.vulkanAllocations(),
        (double) heapBytes / runs);
  }
}

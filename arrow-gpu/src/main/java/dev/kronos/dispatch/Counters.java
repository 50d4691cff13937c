// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

/**
 * Counts what one device did since it was opened, as of one moment.
 *
 * @param descriptorUpdates descriptors written; does not change after the device is opened
 * @param streams the sum over all streams, closed ones included
 * @param driverSubmits submissions to the driver; one may take several batches
 * @param hostWaits how often a thread blocked in the driver to wait for work
 * @param deviceAllocations how often memory was allocated from the device
 * @param outstandingAllocations device allocations that are not given back
 * @param kernelsCreated kernels made ready to run
 * @param kernelsRun those of {@code kernelsCreated} of which a run was recorded, each once
 * @param kernelsCompiled kernels compiled from source, those found on disk not counted
 * @param kernelWorkNanos how long threads made kernels or found them on disk, all threads together
 * @param kernelWaitNanos how long callers waited for kernels that were not ready, all callers
 *     together; what is made ahead of its use is not waited for
 * @param validationMessages warnings and errors of the validation layer; 0 when it is off
 */
public record Counters(
    long descriptorUpdates,
    StreamCounters streams,
    long driverSubmits,
    long hostWaits,
    long deviceAllocations,
    long outstandingAllocations,
    long kernelsCreated,
    long kernelsRun,
    long kernelsCompiled,
    long kernelWorkNanos,
    long kernelWaitNanos,
    long validationMessages) {

  /** Returns how many kernel runs were submitted. */
  public long dispatches() {
    return streams.dispatches();
  }

  /** Returns how many barriers were put between device work. */
  public long barriers() {
    return streams.barriers();
  }

  /** Returns how many batches were submitted. */
  public long submits() {
    return streams.submits();
  }
}

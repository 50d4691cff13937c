// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

/**
 * Counts what one stream did, as of one moment.
 *
 * @param dispatches kernel runs submitted
 * @param reusedDispatches those of {@code dispatches} whose native commands were recorded before,
 *     in a batch that differed in arguments alone; replays of a {@link Recording} are not counted
 *     here
 * @param transfers copies and fills submitted
 * @param barriers global barriers between device work, those before a batch included
 * @param leastBarriers the fewest barriers that the declared accesses allow inside the batches: the
 *     dependency levels of each batch less one
 * @param queueWaits batches made to wait on the device for work in flight on the other queue
 * @param hostBarriers barriers that make results visible to the host, at most one a batch
 * @param submits batches submitted
 * @param argumentBytes bytes of argument tables written
 * @param bytesUp bytes copied from host pools to the device pool
 * @param bytesDown bytes copied from the device pool to host pools
 * @param bytesRead bytes that work on the device reads: of each kernel run, copy and fill the
 *     ranges that it declares, but for the host's side of copies between pools. A kernel that looks
 *     at parts of a range counts all of it
 * @param bytesWritten bytes that work on the device writes, by the same rule; what is updated
 *     counts as read and as written
 * @param deviceNanos device time of the batches that are known to be done, in nanoseconds
 */
public record StreamCounters(
    long dispatches,
    long reusedDispatches,
    long transfers,
    long barriers,
    long leastBarriers,
    long queueWaits,
    long hostBarriers,
    long submits,
    long argumentBytes,
    long bytesUp,
    long bytesDown,
    long bytesRead,
    long bytesWritten,
    long deviceNanos) {

  /** Returns the sum of two counts. */
  public StreamCounters plus(StreamCounters other) {
    return new StreamCounters(
        dispatches + other.dispatches,
        reusedDispatches + other.reusedDispatches,
        transfers + other.transfers,
        barriers + other.barriers,
        leastBarriers + other.leastBarriers,
        queueWaits + other.queueWaits,
        hostBarriers + other.hostBarriers,
        submits + other.submits,
        argumentBytes + other.argumentBytes,
        bytesUp + other.bytesUp,
        bytesDown + other.bytesDown,
        bytesRead + other.bytesRead,
        bytesWritten + other.bytesWritten,
        deviceNanos + other.deviceNanos);
  }
}

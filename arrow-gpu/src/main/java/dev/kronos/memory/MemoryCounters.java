// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

/**
 * Holds what {@link MemoryPools} counted up to one moment.
 *
 * @param slabAllocations times that memory was asked from the device since start; stands still in
 *     steady state
 * @param slabReleases times that memory was given back to the device since start
 * @param reservedBytes memory taken from the device now, in use or not
 * @param peakReservedBytes the most that was ever taken from the device
 * @param buffers buffers that live now
 * @param bufferBytes bytes that their owners asked for
 * @param grantedBytes bytes that they occupy; the difference is internal waste
 * @param hostCopiedBytes bytes that the host copied into the pools since start because the device
 *     could not read them where they were; stands still while all data is in the pools
 */
public record MemoryCounters(
    long slabAllocations,
    long slabReleases,
    long reservedBytes,
    long peakReservedBytes,
    long buffers,
    long bufferBytes,
    long grantedBytes,
    long hostCopiedBytes) {}

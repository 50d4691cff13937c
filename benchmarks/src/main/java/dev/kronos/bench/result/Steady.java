// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.result;

/**
 * Holds what many replays took beside time.
 *
 * @param replays how many
 * @param heapBytes Java heap that the thread allocated in all of them
 * @param vulkanAllocations allocations of device memory
 * @param descriptorUpdates descriptors written
 */
public record Steady(
    long replays, long heapBytes, long vulkanAllocations, long descriptorUpdates) {}

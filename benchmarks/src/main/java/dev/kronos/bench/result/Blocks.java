// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.result;

/**
 * Holds the time of an allocation while many blocks live.
 *
 * @param side which style of programming
 * @param live blocks that live
 * @param allocateNanos time to allocate one more
 * @param freeNanos time to free one of them
 */
public record Blocks(String side, int live, Summary allocateNanos, Summary freeNanos) {}

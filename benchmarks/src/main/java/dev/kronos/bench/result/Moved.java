// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.result;

/**
 * Holds how fast bytes are moved.
 *
 * @param side which style of programming
 * @param operation upload, download, copy or fill
 * @param sizeBytes bytes moved
 * @param gigabytesPerSecond 10^9 bytes a second; a copy counts what it reads and what it writes
 */
public record Moved(String side, String operation, long sizeBytes, Summary gigabytesPerSecond) {}

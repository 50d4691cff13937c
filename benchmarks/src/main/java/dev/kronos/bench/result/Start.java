// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.result;

/**
 * Holds the time from nothing to the first result: instance, device, kernel, upload, one SAXPY,
 * download.
 *
 * @param program which program, and what its kernel cache held
 * @param firstMillis the first time in this process, in milliseconds
 * @param millis the times after it
 */
public record Start(String program, double firstMillis, Summary millis) {}

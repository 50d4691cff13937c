// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.result;

import dev.kronos.bench.program.Contender;

/**
 * Holds what one program did in one cell.
 *
 * @param contender the program
 * @param cpuNanosPerDispatch CPU time of the submitting thread without waiting
 * @param hostNanosPerDispatch elapsed time of the same phases
 * @param wallNanosPerOperation elapsed time of the batch by its operations
 * @param deviceNanosPerOperation device time by operations, 0 where the device has no clock
 * @param rate 10^9 units of work a second of elapsed time
 * @param counted counts
 */
public record Measured(
    Contender contender,
    Summary cpuNanosPerDispatch,
    Summary hostNanosPerDispatch,
    Summary wallNanosPerOperation,
    double deviceNanosPerOperation,
    double rate,
    Counted counted) {}

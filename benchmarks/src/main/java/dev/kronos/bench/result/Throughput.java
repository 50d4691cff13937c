// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.result;

import dev.kronos.bench.program.Contender;

/**
 * Holds how many dispatches of next to no work a program gets done.
 *
 * @param contender the program
 * @param batch dispatches of a batch
 * @param dispatchesPerSecond batches one after another, waited for as the program's style is
 */
public record Throughput(Contender contender, int batch, Summary dispatchesPerSecond) {}

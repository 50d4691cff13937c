// SPDX-License-Identifier: Apache-2.0
/**
 * The work that programs are compared by, said without naming any of them: arrays, kernels, checks.
 */
package dev.kronos.bench.work;

// SPDX-License-Identifier: Apache-2.0
/**
 * Measures the functions over Arrow by device time, beside libraries that run on the same device.
 */
package dev.kronos.bench.arrow;

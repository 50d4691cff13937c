// SPDX-License-Identifier: Apache-2.0
/** Runs through values on the device: sums, minima and maxima of all that came before. */
package dev.kronos.operator.scan;

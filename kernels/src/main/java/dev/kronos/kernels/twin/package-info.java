// SPDX-License-Identifier: Apache-2.0
/**
 * Plain-Java twins of the GLSL library and of the static kernels: what each must compute, written
 * for clarity, not for speed. Tests compare the two.
 */
package dev.kronos.kernels.twin;

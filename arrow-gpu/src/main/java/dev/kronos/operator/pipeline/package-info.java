// SPDX-License-Identifier: Apache-2.0

/**
 * Describes filters and projections to be fused, and generates what all fused kernels share: row
 * functions, argument tables, output columns, status.
 */
package dev.kronos.operator.pipeline;

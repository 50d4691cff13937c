// SPDX-License-Identifier: Apache-2.0
/** Columns: what values mean, how they lie in memory, and batches of them. */
package dev.kronos.column;

// SPDX-License-Identifier: Apache-2.0
/** Computes functions over windows of sorted rows: ranks, frames, rows before and after. */
package dev.kronos.operator.window;

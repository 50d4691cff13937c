// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.ColumnBatch;

/**
 * Holds columns on the device and what they are.
 *
 * @param plan the columns, to which nothing is done yet
 * @param batch where they lie; whoever receives it closes it
 */
record TableRows(RowPlan plan, ColumnBatch batch) {}

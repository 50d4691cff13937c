// SPDX-License-Identifier: Apache-2.0

/**
 * Filters and projects batches into new columns; {@link dev.kronos.operator.project.ProjectBatch}
 * is the operator.
 */
package dev.kronos.operator.project;

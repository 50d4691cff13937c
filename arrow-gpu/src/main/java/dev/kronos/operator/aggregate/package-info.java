// SPDX-License-Identifier: Apache-2.0

/**
 * Groups rows behind a fused pipeline, one kernel a batch; {@link
 * dev.kronos.operator.aggregate.HashAggregate} is the operator.
 */
package dev.kronos.operator.aggregate;

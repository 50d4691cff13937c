// SPDX-License-Identifier: Apache-2.0

/**
 * Joins a stream of batches with a side that is complete before; {@link
 * dev.kronos.operator.join.HashJoin} is the operator, over a {@link
 * dev.kronos.operator.join.BuildTable} that {@link dev.kronos.operator.join.JoinBuild} makes.
 */
package dev.kronos.operator.join;

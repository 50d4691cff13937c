// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

/** Describes one step of a fused pipeline. */
public sealed interface Step permits Filter, Project {}

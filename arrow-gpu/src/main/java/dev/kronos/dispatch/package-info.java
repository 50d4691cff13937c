// SPDX-License-Identifier: Apache-2.0
/**
 * Runs kernels: {@link dev.kronos.dispatch.Kernels} has them compiled, a {@link
 * dev.kronos.dispatch.Stream} takes dispatches with the memory that each touches and orders them by
 * it, and a {@link dev.kronos.dispatch.Ticket} says when they are done.
 */
package dev.kronos.dispatch;

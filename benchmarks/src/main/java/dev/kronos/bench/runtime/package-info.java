// SPDX-License-Identifier: Apache-2.0
/** Runs the programs beside each other and measures them. */
package dev.kronos.bench.runtime;

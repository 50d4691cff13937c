// SPDX-License-Identifier: Apache-2.0
/** Judges what was measured, and writes it as tables, charts and data. */
package dev.kronos.bench.report;

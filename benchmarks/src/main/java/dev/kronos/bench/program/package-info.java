// SPDX-License-Identifier: Apache-2.0
/** What the benchmark asks of a program that takes part, and how it is watched. */
package dev.kronos.bench.program;

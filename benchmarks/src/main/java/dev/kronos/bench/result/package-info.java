// SPDX-License-Identifier: Apache-2.0
/** What the benchmark measured, as plain data: the JSON file is these records. */
package dev.kronos.bench.result;

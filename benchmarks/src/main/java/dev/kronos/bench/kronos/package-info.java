// SPDX-License-Identifier: Apache-2.0
/** Kronos as it takes part in the benchmark: through its public interface alone. */
package dev.kronos.bench.kronos;

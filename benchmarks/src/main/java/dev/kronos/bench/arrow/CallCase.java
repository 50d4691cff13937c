// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.arrow;

import java.util.function.Supplier;

/**
 * Sets one call of the Arrow-level API beside the loop that does the same.
 *
 * @param family the page of the documentation that has the function
 * @param call what is called
 * @param loop what is done in plain Java
 * @param elements rows that go in
 * @param device makes the call; gives a vector or a batch, which is closed, or a number
 * @param java runs the loop; gives an array or a number of the same values
 */
record CallCase(
    String family,
    String call,
    String loop,
    long elements,
    Supplier<Object> device,
    Supplier<Object> java) {}

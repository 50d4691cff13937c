// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import dev.kronos.KronosException;
import org.apache.arrow.memory.OutOfMemoryException;

/** Tells in Kronos' words that Arrow's allocators had no room. */
public final class ArrowMemory {
  private ArrowMemory() {}

  /**
   * Returns what to throw instead of Arrow's exception: the failure of the pool below, or one with
   * the text of an allocator that may have no more. It does not hold Arrow's, which cannot be
   * serialised: of a task's, Spark's driver would get no more than the text.
   */
  public static KronosException.Exhausted exhausted(OutOfMemoryException failure) {
    return failure.getCause() instanceof KronosException.Exhausted exhausted
        ? exhausted
        : new KronosException.Exhausted(failure.getMessage());
  }
}

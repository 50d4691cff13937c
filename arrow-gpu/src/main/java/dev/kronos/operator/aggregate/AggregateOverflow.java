// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.KronosException;

/** Reports that the sum of some group does not fit its result type. */
public final class AggregateOverflow extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int callIndex;

  /** Creates the report for the call with an index in {@link AggregateSpec#calls()}. */
  public AggregateOverflow(int callIndex) {
    super(KronosException.message("aggregate overflowed its type", "call", callIndex));
    this.callIndex = callIndex;
  }

  /** Returns the lowest index of a call that overflowed. */
  public int callIndex() {
    return callIndex;
  }
}

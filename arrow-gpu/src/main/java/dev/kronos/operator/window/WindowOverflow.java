// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.KronosException;

/** Reports that the sum of some frame does not fit its result type. */
public final class WindowOverflow extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int callIndex;

  /** Creates the report for the call with an index in {@link WindowSpec#calls()}. */
  public WindowOverflow(int callIndex) {
    super(KronosException.message("sum of a frame overflowed its type", "call", callIndex));
    this.callIndex = callIndex;
  }

  /** Returns the lowest index of a call that overflowed. */
  public int callIndex() {
    return callIndex;
  }
}

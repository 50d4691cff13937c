// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.expression.Expression;
import dev.kronos.expression.GlslValue;
import java.util.List;

/**
 * Generates the code of one aggregate: how its state of 64-bit words a group takes in a value, and
 * how the result comes out. Without keys, each invocation gathers in registers, the workgroup
 * reduces them and one invocation publishes the outcome to the words; with keys the words are
 * updated directly. All updates commute and are exact, so the order of rows does not matter.
 */
interface Accumulator {
  /** Returns the argument over the source columns, or null to take in all rows. */
  Expression argument();

  /** Returns what is evaluated of each row: the argument first, where there is one. */
  default List<Expression> evaluated() {
    return argument() == null ? List.of() : List.of(argument());
  }

  /**
   * Returns how many state words a group needs, besides its bit among the seen bits. They start as
   * 0.
   */
  int words();

  /** Tells whether the state must remember that a value that is not null came. */
  default boolean tracksSeen() {
    return true;
  }

  /** Returns declarations of the registers and functions of an aggregation without keys. */
  default String declare(StateWords state) {
    return "";
  }

  /**
   * Returns the statements that take a row whose argument is not null into registers.
   *
   * @param values what {@link #evaluated} gave
   */
  String gather(StateWords state, List<GlslValue> values);

  /** Returns how many rows an invocation may take at a time, which are written out one by one. */
  default int mostRows() {
    return RowBlocks.MOST_ROWS;
  }

  /** Returns the statements that follow on every {@link #mostRows} rows, or fewer. */
  default String settle(StateWords state) {
    return "";
  }

  /** Returns the statements by which a workgroup reduces registers and publishes them to slot 0. */
  default String publish(StateWords state) {
    return "";
  }

  /** Returns the statements that take a value that is not null into the state of {@code slot}. */
  String update(StateWords state, List<GlslValue> values);

  /**
   * Returns how many 32-bit limbs the sum of one workgroup's rows takes in shared memory, or 0 when
   * the accumulator always updates the state.
   */
  default int localLimbs() {
    return 0;
  }

  /**
   * Returns the statements that take a value that is not null into shared memory, at {@code place},
   * in the limbs from {@code firstLimb} on.
   */
  default String updateLocal(StateWords state, int firstLimb, List<GlslValue> values) {
    throw new UnsupportedOperationException("no local form");
  }

  /** Returns the statements that add what is at {@code place} to the state of {@code slot}. */
  default String flushLocal(StateWords state, int firstLimb) {
    throw new UnsupportedOperationException("no local form");
  }

  /**
   * Returns the statements that turn the state of {@code slot} into {@code result}, a variable of
   * the result type's register type, and that clear {@code valid} or set {@code overflow} when the
   * result does not fit. Runs only when a value came.
   */
  String result(StateWords state, AggregateCall call);
}

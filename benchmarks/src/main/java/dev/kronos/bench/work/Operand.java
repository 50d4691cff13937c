// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.work;

import dev.kronos.dispatch.Access;

/**
 * Says which array a kernel is given and what it does with it.
 *
 * @param array the array's place in {@link Problem#arrays}
 * @param mode what is done
 */
public record Operand(int array, Access.Mode mode) {

  /** Stands for an array that the kernel knows and this run of it does not need. */
  public static final Operand NONE = new Operand(-1, Access.Mode.READ);

  static Operand reads(int array) {
    return new Operand(array, Access.Mode.READ);
  }

  static Operand writes(int array) {
    return new Operand(array, Access.Mode.WRITE);
  }

  static Operand updates(int array) {
    return new Operand(array, Access.Mode.READ_WRITE);
  }

  /** Returns whether there is an array. */
  public boolean given() {
    return array >= 0;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.program;

/** Holds the arrays of a job on a device, and the programs that run it. */
public interface LoadedJob extends AutoCloseable {

  /** Fills all arrays anew, as they were at first. */
  void fill();

  /** Returns the result array of a set. */
  byte[] result(int set);

  /**
   * Returns a program that runs the whole job; it is closed with this.
   *
   * @param contender one of the side's
   */
  Program program(Contender contender);

  @Override
  void close();
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.work;

/** Says that a program's result differs from the Java twin's. Fails the benchmark. */
public final class WrongResult extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates the exception with a sentence that names place, expected and found value. */
  public WrongResult(String message) {
    super(message);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

/** Tells how the nulls of a column are marked. */
public enum Validity {
  /** One bit a row, 1 = valid, least significant bit first (Arrow). */
  BITS,
  /** One byte a row, 1 = NULL and 0 = valid (the layout of Spark's column vectors). */
  BYTES;

  /** Returns the bytes that mark {@code rows} rows. */
  public long sizeBytes(long rows) {
    return this == BITS ? (rows + 7) / 8 : rows;
  }
}

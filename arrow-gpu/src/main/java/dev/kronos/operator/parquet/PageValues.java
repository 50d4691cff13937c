// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.parquet;

import java.nio.ByteBuffer;

/**
 * Is one data page, decompressed. Its buffers stay the caller's and are read from their position to
 * their limit, which are left as they are.
 *
 * @param rows rows of the page, 0 or more
 * @param levels runs of definition levels 0 and 1, without their length; null when no row is null
 * @param encoding how the values are encoded
 * @param values the encoded values of the rows that are not null
 */
public record PageValues(int rows, ByteBuffer levels, Encoding encoding, ByteBuffer values) {

  /** Lists the encodings that are decoded (Encodings.md of the Parquet format). */
  public enum Encoding {
    /** Values one behind the other. */
    PLAIN,
    /** Indices into the dictionary: one byte that tells their width, then runs. */
    DICTIONARY,
    /** Booleans as runs, with their length in four bytes before them. */
    RUNS
  }
}

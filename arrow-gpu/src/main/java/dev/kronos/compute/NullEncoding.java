// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

/** Says what becomes of nulls in a dictionary, as Arrow's {@code null_encoding_behavior} does. */
public enum NullEncoding {
  /** Nulls stay nulls, and the dictionary has none: Arrow's default. */
  MASK,
  /** Null is a value of the dictionary, and no index is null. */
  ENCODE
}

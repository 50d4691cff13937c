// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

/** Tells whether a column may hold nulls. */
public enum Nullability {
  /** Some batch may hold nulls; a single batch may still come without a validity buffer. */
  NULLABLE,
  /** No batch holds nulls; kernels never read validity. */
  NON_NULL
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

/** Tells how a statement's result compares with what Spark recorded. */
enum Outcome {
  /** It is the same: schema and rows, or the error. */
  PASSED,
  /** It differs because it prints a plan, which the plugin is meant to change. */
  PLAN,
  /** It differs from the record without the plugin as well. */
  PLAIN,
  /** It has the same rows; those that are equal in all keys of its sort lie in another order. */
  TIES,
  /** It differs for a reason that {@link KnownDifference} gives. */
  EXPLAINED,
  /** It differs with the plugin only. */
  FAILED
}

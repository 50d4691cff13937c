// SPDX-License-Identifier: Apache-2.0
/**
 * Typed expressions over one row, and their two meanings: {@link
 * dev.kronos.expression.RowEvaluator} in Java and {@link dev.kronos.expression.GlslEmitter} in
 * generated kernels. Both say what Spark SQL says; tests hold them equal value by value.
 */
package dev.kronos.expression;

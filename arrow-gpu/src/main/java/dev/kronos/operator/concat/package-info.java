// SPDX-License-Identifier: Apache-2.0

/** Makes one batch of several; {@link dev.kronos.operator.concat.ConcatBatches} is the operator. */
package dev.kronos.operator.concat;

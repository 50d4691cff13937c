// SPDX-License-Identifier: Apache-2.0
/** Reads rows by their indices. */
package dev.kronos.operator.take;

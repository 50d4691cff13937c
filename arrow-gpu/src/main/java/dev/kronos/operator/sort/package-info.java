// SPDX-License-Identifier: Apache-2.0
/** Sorts rows on the device, and more of them than it has room for. */
package dev.kronos.operator.sort;

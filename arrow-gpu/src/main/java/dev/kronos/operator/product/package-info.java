// SPDX-License-Identifier: Apache-2.0
/** Products of matrices on the device. */
package dev.kronos.operator.product;

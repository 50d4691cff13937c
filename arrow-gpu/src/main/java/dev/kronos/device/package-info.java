// SPDX-License-Identifier: Apache-2.0
/** Finds drivers and devices, says what each can do, and chooses one. */
package dev.kronos.device;

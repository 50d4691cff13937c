// SPDX-License-Identifier: Apache-2.0
/**
 * Opens devices: {@link dev.kronos.Kronos} is the door to everything else, {@link
 * dev.kronos.KronosOptions} says which device and how, and every failure is a {@link
 * dev.kronos.KronosException}.
 */
package dev.kronos;

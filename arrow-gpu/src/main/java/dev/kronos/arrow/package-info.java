// SPDX-License-Identifier: Apache-2.0
/**
 * Arrow memory that devices read: allocators over memory pools, and {@link
 * dev.kronos.arrow.Imports} for vectors, streams and files of any origin.
 */
package dev.kronos.arrow;

// SPDX-License-Identifier: Apache-2.0
/**
 * Kernels that are compiled when this module is built, and what each of them is given: {@link
 * dev.kronos.kernels.KernelCatalog} finds them.
 */
package dev.kronos.kernels;

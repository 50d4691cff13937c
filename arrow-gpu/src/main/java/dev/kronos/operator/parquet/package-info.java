// SPDX-License-Identifier: Apache-2.0
/**
 * Decodes columns of Parquet on the device. The host finds pages and runs; kernels look at values.
 */
package dev.kronos.operator.parquet;

// SPDX-License-Identifier: Apache-2.0
/** Walks the pages of Parquet files, whose values are decoded on the device. */
package dev.kronos.spark.parquet;

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

/**
 * Shows one line of a catalogue to the documentation. Immutable.
 *
 * @param family what the line is listed under
 * @param name the simple name of Spark's class
 * @param coverage what of it runs on the device
 */
public record CatalogLine(String family, String name, Coverage coverage) {}

// SPDX-License-Identifier: Apache-2.0

/**
 * Keeps batches that nobody uses just now, on the device while there is room, else in host memory,
 * else in files; {@link dev.kronos.spill.BatchStore} is the door.
 */
package dev.kronos.spill;

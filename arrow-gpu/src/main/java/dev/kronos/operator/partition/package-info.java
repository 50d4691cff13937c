/** Brings the rows of each partition together. */
package dev.kronos.operator.partition;

/** Carries batches between stages through Spark's own shuffle. */
package dev.kronos.spark.shuffle;

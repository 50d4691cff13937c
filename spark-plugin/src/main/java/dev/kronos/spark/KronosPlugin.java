// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Runs Spark SQL on a Vulkan device. Named in {@code spark.plugins}; nothing else has to be set.
 * Stands aside, with one line in the log, on a Spark version it was not built for and where no
 * device is usable.
 */
public final class KronosPlugin implements SparkPlugin {

  /** Creates the plugin; Spark does. */
  public KronosPlugin() {}

  @Override
  public DriverPlugin driverPlugin() {
    return new KronosDriverPlugin();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new KronosExecutorPlugin();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.cli;

import java.nio.file.Path;
import java.util.Map;

/**
 * Names a plugin that takes work off Spark.
 *
 * @param name what tables call it
 * @param className value of {@code spark.plugins}
 * @param jar the plugin's jar
 * @param onClassPath whether the jar has to lie on the JVM's class path; else Spark distributes it
 * @param settings values for {@code --conf} that its makers advise; a user's own go before them
 */
record SparkPlugin(
    String name, String className, Path jar, boolean onClassPath, Map<String, String> settings) {

  /** Returns this project's plugin. */
  static SparkPlugin kronos(Path jar) {
    return new SparkPlugin("Kronos", "dev.kronos.spark.KronosPlugin", jar, false, Map.of());
  }

  /**
   * Returns NVIDIA's plugin with the settings of its own benchmarks for one large card: four tasks
   * at once on the device, 16 GiB of pinned memory, large splits.
   */
  static SparkPlugin rapids(Path jar) {
    Map<String, String> settings =
        Map.of(
            "spark.rapids.sql.enabled", "true",
            "spark.rapids.sql.concurrentGpuTasks", "4",
            "spark.rapids.memory.pinnedPool.size", "16g",
            "spark.sql.files.maxPartitionBytes", "2gb");
    return new SparkPlugin("spark-rapids", "com.nvidia.spark.SQLPlugin", jar, true, settings);
  }
}

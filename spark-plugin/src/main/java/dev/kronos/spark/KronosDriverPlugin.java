// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import dev.kronos.spark.catalyst.SparkShim;
import dev.kronos.spark.conf.KronosConf;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** Checks the settings and hooks the planner into every session; runs in the driver. */
final class KronosDriverPlugin implements DriverPlugin {
  /** In the settings that executors get: says that the driver's side is active. */
  static final String ACTIVE_KEY = KronosConf.PREFIX + "internal.active";

  private static final Logger LOG = LoggerFactory.getLogger(KronosDriverPlugin.class);
  private static final String EXTENSIONS_KEY = "spark.sql.extensions";

  /**
   * Adds the extension, before any session exists.
   *
   * @return the settings for the executors; empty when the plugin stands aside
   * @throws dev.kronos.KronosException.InvalidArgument for a wrong setting
   */
  @Override
  public Map<String, String> init(SparkContext context, PluginContext plugin) {
    // A copied constant: on another version the class that holds it may not even link.
    if (!builtFor(context.version(), SparkShim.MINOR_VERSION)) {
      LOG.warn(
          "Kronos stands aside, all queries run on the CPU: this jar is for another Spark version."
              + " Use the Kronos jar for this one: spark={}, jar={}",
          context.version(),
          SparkShim.MINOR_VERSION);
      DeviceRegistry.deactivate();
      return Map.of();
    }
    Map<String, String> forExecutors =
        new LinkedHashMap<>(KronosConf.validated(settings(context.conf())));
    addExtension(context.conf());
    DeviceRegistry.activate();
    forExecutors.put(ACTIVE_KEY, "true");
    return forExecutors;
  }

  /** Takes the report of an executor that has no device. */
  @Override
  public Object receive(Object message) {
    if (message instanceof String text) {
      int end = text.indexOf('\n');
      DeviceRegistry.reportMissing(text.substring(0, end), text.substring(end + 1));
    }
    return "";
  }

  @Override
  public void shutdown() {
    DeviceRegistry.deactivate();
  }

  /** Tells whether a full version such as {@code 4.2.1} belongs to a minor version. */
  static boolean builtFor(String sparkVersion, String minorVersion) {
    return sparkVersion.equals(minorVersion) || sparkVersion.startsWith(minorVersion + ".");
  }

  private static void addExtension(SparkConf conf) {
    String given = conf.get(EXTENSIONS_KEY, "");
    String own = KronosExtensions.class.getName();
    if (!given.contains(own)) {
      conf.set(EXTENSIONS_KEY, given.isBlank() ? own : given + "," + own);
    }
  }

  private static Map<String, String> settings(SparkConf conf) {
    Map<String, String> settings = new HashMap<>();
    for (Tuple2<String, String> entry : conf.getAll()) {
      settings.put(entry._1(), entry._2());
    }
    return settings;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.conf;

import dev.kronos.KronosException;
import dev.kronos.KronosOption;
import dev.kronos.KronosOptions;
import dev.kronos.OptionType;
import dev.kronos.operator.parquet.DeviceDecompression;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists every {@code spark.kronos.*} setting. The settings of the planner are declared here; those
 * of the device are {@link KronosOption}'s, under the same names with {@code spark.kronos.} before
 * them.
 *
 * <p>Planner settings may change from query to query; device settings are read once at start.
 */
public final class KronosConf {
  /** What every key of the plugin begins with. */
  public static final String PREFIX = "spark.kronos.";

  /** Whether queries run on the device. */
  public static final ConfEntry<Boolean> SQL_ENABLED =
      new ConfEntry<>(
          PREFIX + "sql.enabled",
          OptionType.flag(),
          "true",
          "Whether supported parts of SQL queries run on the device. May be set for each session.");

  /** What is written to the log about each query. */
  public static final ConfEntry<ExplainMode> SQL_EXPLAIN =
      new ConfEntry<>(
          PREFIX + "sql.explain",
          OptionType.oneOf(ExplainMode.class),
          "NOT_ON_GPU",
          "What is written to the log, once a query: NOT_ON_GPU what stays on the CPU and why, ALL"
              + " every node, NONE nothing.");

  /** Whether leaving a node on the CPU is an error. */
  public static final ConfEntry<Boolean> SQL_STRICT =
      new ConfEntry<>(
          PREFIX + "sql.strict",
          OptionType.flag(),
          "false",
          "Makes it an error when a node that could compute on the device stays on the CPU."
              + " Commands, exchanges, row sources, limits at the root and Spark's own wrappers are"
              + " exempt.");

  /** Nodes that strict mode lets stay on the CPU. */
  public static final ConfEntry<String> SQL_STRICT_ALLOW =
      new ConfEntry<>(
          PREFIX + "sql.strict.allow",
          OptionType.text("names of plan nodes as EXPLAIN shows them, separated by commas"),
          "",
          "Plan nodes that strict mode lets stay on the CPU, such as Sort,SortMergeJoin.");

  /** Whether estimates keep parts of queries on the CPU. */
  public static final ConfEntry<Boolean> SQL_COST_ENABLED =
      new ConfEntry<>(
          PREFIX + "sql.cost.enabled",
          OptionType.flag(),
          "true",
          "Whether parts of queries stay on the CPU that are estimated to be slower on the device,"
              + " as small ones are. Off, everything that is supported runs on the device, and so"
              + " it does in strict mode.");

  /** Whether filters and projections become parts of other nodes' kernels. */
  public static final ConfEntry<Boolean> SQL_FUSION_ENABLED =
      new ConfEntry<>(
          PREFIX + "sql.fusion.enabled",
          OptionType.flag(),
          "true",
          "Whether chains of filters and projections, and those below aggregations and joins, run"
              + " as one kernel. Off, each node makes columns of its own, to find what fusing"
              + " gains.");

  /** How large batches are. */
  public static final ConfEntry<Integer> SQL_BATCH_ROWS =
      new ConfEntry<>(
          PREFIX + "sql.batchRows",
          count(1, 1 << 24),
          "1048576",
          "Most rows of a batch that a scan, a transition from rows or the reading side of an"
              + " exchange makes; what is in reach of memory may be less.");

  /** Where pages of Parquet are decoded. */
  public static final ConfEntry<DeviceDecoding> SQL_PARQUET_DEVICE_DECODING =
      new ConfEntry<>(
          PREFIX + "sql.parquet.deviceDecoding",
          OptionType.oneOf(DeviceDecoding.class),
          "AUTO",
          "Whether scans bring pages of Parquet files to the device and decode them there. AUTO"
              + " does on a GPU with memory of its own that has no deviceBudget. Files that have"
              + " what the device does not decode are read as without it, and so are all where"
              + " corrupt files are ignored.");

  /** Where pages of Parquet are decompressed. */
  public static final ConfEntry<DeviceDecompression> SQL_PARQUET_DEVICE_DECOMPRESSION =
      new ConfEntry<>(
          PREFIX + "sql.parquet.deviceDecompression",
          OptionType.oneOf(DeviceDecompression.class),
          "NUMBERS",
          "Which pages of Snappy are decompressed on the device too, of those that it decodes:"
              + " NUMBERS takes numbers and ids of dictionaries, ALL strings as well. Pages of"
              + " booleans and of other codecs are the CPU's in any case.");

  /** Every setting of the planner, in the order of the documentation. */
  public static final List<ConfEntry<?>> PLANNER =
      List.of(
          SQL_ENABLED,
          SQL_EXPLAIN,
          SQL_STRICT,
          SQL_STRICT_ALLOW,
          SQL_COST_ENABLED,
          SQL_FUSION_ENABLED,
          SQL_BATCH_ROWS,
          SQL_PARQUET_DEVICE_DECODING,
          SQL_PARQUET_DEVICE_DECOMPRESSION);

  private KronosConf() {}

  /**
   * Describes one setting for the documentation.
   *
   * @param key the whole key
   * @param defaultText the text of the default
   * @param allowed what is allowed
   * @param documentation what it does
   */
  public record Described(String key, String defaultText, String allowed, String documentation) {}

  /** Returns the settings of the planner for the documentation. */
  public static List<Described> describedPlanner() {
    return PLANNER.stream()
        .map(e -> described(e.key(), e.defaultText(), e.type(), e.documentation()))
        .toList();
  }

  /** Returns the settings of the device for the documentation. */
  public static List<Described> describedDevice() {
    return KronosOption.ALL.stream()
        .map(o -> described(o.sparkKey(), o.defaultText(), o.type(), o.documentation()))
        .toList();
  }

  /** Returns every setting, planner first. */
  public static List<Described> described() {
    List<Described> all = new ArrayList<>(describedPlanner());
    all.addAll(describedDevice());
    return List.copyOf(all);
  }

  /**
   * Checks every setting given and returns those of the plugin.
   *
   * @param settings all settings of the application
   * @return the settings that begin with {@link #PREFIX}
   * @throws KronosException.InvalidArgument naming key, value and what is allowed, also for a key
   *     that is not known
   */
  public static Map<String, String> validated(Map<String, String> settings) {
    Map<String, String> own = new HashMap<>(settings);
    own.keySet().removeIf(key -> !key.startsWith(PREFIX));
    own.keySet().stream().sorted().forEach(KronosConf::requireKnown);
    PLANNER.forEach(entry -> entry.parse(own.get(entry.key())));
    deviceOptions(own);
    return Map.copyOf(own);
  }

  /**
   * Returns the device options that the settings give; the environment and system properties fill
   * what is not set.
   *
   * @param settings settings by their whole keys
   * @throws KronosException.InvalidArgument when one has a wrong value
   */
  public static KronosOptions deviceOptions(Map<String, String> settings) {
    return KronosOptions.fromEnvironment().toBuilder().readSpark(settings::get).build();
  }

  private static OptionType<Integer> count(int least, int most) {
    return new OptionType<>(
        "count",
        Integer.class,
        "a whole number from " + least + " to " + most,
        text -> {
          int value = Integer.parseInt(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException(text);
          }
          return value;
        });
  }

  private static Described described(
      String key, String defaultText, OptionType<?> type, String documentation) {
    return new Described(key, defaultText, type.allowed(), documentation);
  }

  private static void requireKnown(String key) {
    List<Described> all = described();
    if (all.stream().noneMatch(known -> known.key().equals(key))) {
      List<String> keys =
          all.stream().map(Described::key).sorted(Comparator.naturalOrder()).toList();
      throw new KronosException.InvalidArgument(
          KronosException.message("unknown setting", "key", key, "allowed", keys));
    }
  }
}

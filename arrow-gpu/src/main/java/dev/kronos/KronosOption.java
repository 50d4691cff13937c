// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static dev.kronos.KronosException.message;

import dev.kronos.vulkan.VulkanQueue;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Declares one setting: its key, type, default and documentation, once. The same key serves as an
 * environment variable ({@code KRONOS_MEMORY_SLAB_BYTES}), a system property ({@code
 * kronos.memory.slabBytes}) and a Spark setting ({@code spark.kronos.memory.slabBytes}).
 *
 * @param key the bare key, such as {@code memory.slabBytes}
 * @param type how its text is read
 * @param defaultText the text of its default value
 * @param documentation one or two sentences for the table of options
 * @param <T> the class of its values
 */
public record KronosOption<T>(
    String key, OptionType<T> type, String defaultText, String documentation) {
  private static final Pattern WORD_BREAK = Pattern.compile("\\.|(?<=[a-z0-9])(?=[A-Z])");

  /** Which device to use. */
  public static final KronosOption<String> DEVICE =
      new KronosOption<>(
          "device",
          OptionType.text("auto, an index, or a part of the device's name"),
          "auto",
          "Which Vulkan device to use: auto takes the best usable one, a number takes the device of"
              + " that index in `bin/kronos doctor`, other text takes the device whose name"
              + " contains it.");

  /** Whether software devices will do. */
  public static final KronosOption<Boolean> DEVICE_SOFTWARE =
      new KronosOption<>(
          "device.software",
          OptionType.flag(),
          "true",
          "Whether a software device, which runs kernels on the CPU, may be chosen when there is no"
              + " other.");

  /** How many queues kernels run on. */
  public static final KronosOption<Integer> DEVICE_QUEUES =
      new KronosOption<>(
          "device.queues",
          OptionType.count(0, VulkanQueue.MOST_FOR_KERNELS),
          "0",
          "How many queues of the device run kernels, side by side where the device can. Threads"
              + " take turns: what one of them does stays on one queue. 0 takes what was found good"
              + " for the device.");

  /** Whether to load the validation layer. */
  public static final KronosOption<Boolean> VALIDATION =
      new KronosOption<>(
          "validation",
          OptionType.flag(),
          "false",
          "Loads the Vulkan validation layer, logs and counts what it reports. Slow; for tests.");

  /** Size of the slabs that pools are made of. */
  public static final KronosOption<Long> MEMORY_SLAB_BYTES =
      new KronosOption<>(
          "memory.slabBytes",
          OptionType.bytes(1L << 16, 1L << 36),
          "256m",
          "Size of the pieces in which memory is taken from the device. On a small heap an eighth"
              + " of it is used instead. Larger buffers get an allocation of their own.");

  /** Upper bound of all device memory. */
  public static final KronosOption<Long> MEMORY_LIMIT_BYTES =
      new KronosOption<>(
          "memory.limitBytes",
          OptionType.bytes(0, 1L << 50),
          "0",
          "Upper bound of the memory that Kronos takes from the device, all pools together; 0"
              + " leaves the bound to the driver's budget.");

  /** Upper bound of what operators hold on the device. */
  public static final KronosOption<Long> MEMORY_DEVICE_BUDGET =
      new KronosOption<>(
          "memory.deviceBudget",
          OptionType.bytes(0, 1L << 50),
          "0",
          "Upper bound of the bytes that buffers of the device pool hold at once; 0 sets none. What"
              + " does not fit is moved to host memory and to disk, or worked on in parts. Staging"
              + " buffers, and data that a device with unified memory reads in place, do not"
              + " count.");

  /** What a task is given of the device budget. */
  public static final KronosOption<Long> MEMORY_TASK_BYTES =
      new KronosOption<>(
          "memory.taskBytes",
          OptionType.bytes(0, 1L << 50),
          "64m",
          "Share of a task in spark.kronos.memory.deviceBudget: so many tasks work on the device at"
              + " once as the budget has shares, one at least, and further ones wait in the order"
              + " in which they came. 0 admits any number, as does a device without a budget.");

  /** Upper bound of what is moved from the device to host memory. */
  public static final KronosOption<Long> MEMORY_HOST_SPILL_BYTES =
      new KronosOption<>(
          "memory.hostSpillBytes",
          OptionType.bytes(0, 1L << 50),
          "1g",
          "Most bytes of batches that wait in host memory because the device has no room for them;"
              + " what is above it goes to files in Spark's local folders. 0 sends all to files,"
              + " which serves devices that share the host's memory.");

  /** Where compiled kernels are kept. */
  public static final KronosOption<String> CACHE_DIR =
      new KronosOption<>(
          "cache.dir",
          OptionType.text("auto, none, or a folder"),
          "auto",
          "Folder in which compiled kernels are kept between runs: auto is the user's cache folder,"
              + " none keeps them in memory only.");

  /** Whether kernels are made before they are needed. */
  public static final KronosOption<Boolean> KERNELS_AHEAD =
      new KronosOption<>(
          "kernels.ahead",
          OptionType.flag(),
          "true",
          "Makes the kernels that work is going to need at the same time and in the background, on"
              + " a thread a core, 16 at most. Off, each is made when it is needed first.");

  /** Folders searched first for driver manifests. */
  public static final KronosOption<String> ICD_SEARCH_PATHS =
      new KronosOption<>(
          "icd.searchPaths",
          OptionType.text("folders or manifest files, separated like a class path"),
          "",
          "Folders or files searched for Vulkan driver manifests before the standard places. The"
              + " first driver there that has a device is opened without the Vulkan loader, so"
              + " without layers. The first device that a process opens decides.");

  /** How much is logged. */
  public static final KronosOption<LogLevel> LOG =
      new KronosOption<>(
          "log",
          OptionType.oneOf(LogLevel.class),
          "inherit",
          "How much Kronos writes to the log; inherit leaves it to the logging configuration.");

  /** Whether fresh memory is overwritten. */
  public static final KronosOption<Boolean> DEBUG_POISON =
      new KronosOption<>(
          "debug.poison",
          OptionType.flag(),
          "false",
          "Fills fresh buffers with a pattern, so that reading before writing shows. For tests.");

  /** Whether kernels check what they touch. */
  public static final KronosOption<Boolean> DEBUG_CHECKED_KERNELS =
      new KronosOption<>(
          "debug.checkedKernels",
          OptionType.flag(),
          "false",
          "Builds kernels that check every access to global memory against what their dispatch"
              + " declared, and reports the first that touches something else. Slow; for tests.");

  /** Whether allocation stacks are kept. */
  public static final KronosOption<Boolean> DEBUG_LEAK_STACKS =
      new KronosOption<>(
          "debug.leakStacks",
          OptionType.flag(),
          "false",
          "Keeps the stack of each allocation, so that a leak names its origin. For tests.");

  /** Whether a missing device is an error. */
  public static final KronosOption<Boolean> REQUIRED =
      new KronosOption<>(
          "required",
          OptionType.flag(),
          "false",
          "Makes it an error at start when no device is usable; otherwise work stays on the CPU.");

  /** Every option, in the order of the documentation. */
  public static final List<KronosOption<?>> ALL =
      List.of(
          DEVICE,
          DEVICE_SOFTWARE,
          DEVICE_QUEUES,
          REQUIRED,
          ICD_SEARCH_PATHS,
          MEMORY_SLAB_BYTES,
          MEMORY_LIMIT_BYTES,
          MEMORY_DEVICE_BUDGET,
          MEMORY_TASK_BYTES,
          MEMORY_HOST_SPILL_BYTES,
          CACHE_DIR,
          KERNELS_AHEAD,
          LOG,
          VALIDATION,
          DEBUG_POISON,
          DEBUG_CHECKED_KERNELS,
          DEBUG_LEAK_STACKS);

  /** Checks that nothing is missing. */
  public KronosOption {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(defaultText, "defaultText");
    Objects.requireNonNull(documentation, "documentation");
  }

  /** Returns the name of its environment variable, such as {@code KRONOS_MEMORY_SLAB_BYTES}. */
  public String environmentVariable() {
    return "KRONOS_" + WORD_BREAK.matcher(key).replaceAll("_").toUpperCase(Locale.ROOT);
  }

  /** Returns the name of its system property, such as {@code kronos.memory.slabBytes}. */
  public String systemProperty() {
    return "kronos." + key;
  }

  /** Returns the name of its Spark setting, such as {@code spark.kronos.memory.slabBytes}. */
  public String sparkKey() {
    return "spark.kronos." + key;
  }

  /** Returns the default value. */
  public T defaultValue() {
    return type.parser().apply(defaultText);
  }

  /**
   * Reads a value.
   *
   * @param givenKey the key as the user wrote it, for the message
   * @param text the text of the value
   * @return the value
   * @throws KronosException.InvalidArgument naming key, value and what is allowed
   */
  public T parse(String givenKey, String text) {
    try {
      return type.parser().apply(text.trim());
    } catch (IllegalArgumentException e) {
      throw new KronosException.InvalidArgument(
          message("wrong setting", "key", givenKey, "value", text, "allowed", type.allowed()), e);
    }
  }
}

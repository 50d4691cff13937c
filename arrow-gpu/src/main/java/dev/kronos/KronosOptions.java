// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static dev.kronos.KronosException.message;

import dev.kronos.vulkan.spirv.ShaderBuild;
import java.io.File;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Holds the settings of a {@link Kronos}; immutable. The table of settings is {@link KronosOption};
 * precedence, highest first: set on the builder, Spark setting, system property, environment
 * variable, default.
 */
public final class KronosOptions {
  private static final KronosOptions DEFAULTS = builder().build();

  private final Map<KronosOption<?>, Object> given;

  private KronosOptions(Map<KronosOption<?>, Object> given) {
    this.given = Map.copyOf(given);
  }

  /** Returns options that are all at their defaults, whatever the environment says. */
  public static KronosOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns the options that environment variables and system properties give.
   *
   * @throws KronosException.InvalidArgument when one has a wrong value
   */
  public static KronosOptions fromEnvironment() {
    return builder().readEnvironment(System::getenv).readProperties(System::getProperty).build();
  }

  /** Returns a builder with nothing set; a later call on it overrides an earlier one. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts with these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.values.putAll(given);
    return builder;
  }

  /** Returns the value of an option: the one given, else its default. */
  public <T> T value(KronosOption<T> option) {
    Object value = given.get(option);
    return value == null ? option.defaultValue() : option.type().javaType().cast(value);
  }

  /** Returns the device asked for: {@code auto}, an index, or a part of a name. */
  public String device() {
    return value(KronosOption.DEVICE);
  }

  /** Returns whether a software device may be chosen. */
  public boolean softwareDevices() {
    return value(KronosOption.DEVICE_SOFTWARE);
  }

  /** Returns how many queues run kernels; 0 leaves it to the device's profile. */
  public int queues() {
    return value(KronosOption.DEVICE_QUEUES);
  }

  /** Returns whether to load the validation layer. */
  public boolean validation() {
    return value(KronosOption.VALIDATION);
  }

  /** Returns the slab size in bytes. */
  public long slabBytes() {
    return value(KronosOption.MEMORY_SLAB_BYTES);
  }

  /** Returns the bound of all device memory in bytes, or {@link Long#MAX_VALUE} without one. */
  public long memoryLimitBytes() {
    long limitBytes = value(KronosOption.MEMORY_LIMIT_BYTES);
    return limitBytes == 0 ? Long.MAX_VALUE : limitBytes;
  }

  /** Returns the bound of the device pool in bytes, or {@link Long#MAX_VALUE} without one. */
  public long deviceBudgetBytes() {
    long budgetBytes = value(KronosOption.MEMORY_DEVICE_BUDGET);
    return budgetBytes == 0 ? Long.MAX_VALUE : budgetBytes;
  }

  /** Returns the share of a task in the budget in bytes; 0 where tasks are not bounded by it. */
  public long taskBytes() {
    return value(KronosOption.MEMORY_TASK_BYTES);
  }

  /** Returns how many bytes of batches may wait in host memory. */
  public long hostSpillBytes() {
    return value(KronosOption.MEMORY_HOST_SPILL_BYTES);
  }

  /** Returns where kernels are kept between runs: {@code auto}, {@code none} or a folder. */
  public String cacheDir() {
    return value(KronosOption.CACHE_DIR);
  }

  /** Returns whether kernels are made before they are needed. */
  public boolean kernelsAhead() {
    return value(KronosOption.KERNELS_AHEAD);
  }

  /** Returns the folders and files to search first for driver manifests; may be empty. */
  public List<String> icdSearchPaths() {
    return splitPaths(value(KronosOption.ICD_SEARCH_PATHS));
  }

  /** Returns how much is logged. */
  public LogLevel log() {
    return value(KronosOption.LOG);
  }

  /** Returns whether fresh buffers are filled with a pattern. */
  public boolean poison() {
    return value(KronosOption.DEBUG_POISON);
  }

  /** Returns how kernels are built: plain, or checking what they touch. */
  public ShaderBuild shaderBuild() {
    return value(KronosOption.DEBUG_CHECKED_KERNELS) ? ShaderBuild.CHECKED : ShaderBuild.PLAIN;
  }

  /** Returns whether the stack of each allocation is kept. */
  public boolean leakStacks() {
    return value(KronosOption.DEBUG_LEAK_STACKS);
  }

  /** Returns whether a missing device is an error. */
  public boolean required() {
    return value(KronosOption.REQUIRED);
  }

  /** Splits text like a class path; empty entries are dropped. */
  public static List<String> splitPaths(String text) {
    return Arrays.stream(text.split(File.pathSeparator, -1))
        .map(String::trim)
        .filter(path -> !path.isEmpty())
        .toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KronosOptions options && given.equals(options.given);
  }

  @Override
  public int hashCode() {
    return given.hashCode();
  }

  @Override
  public String toString() {
    return KronosOption.ALL.stream()
        .map(option -> option.key() + "=" + value(option))
        .collect(Collectors.joining(", ", "KronosOptions[", "]"));
  }

  /** Collects settings; not thread-safe. */
  public static final class Builder {
    private final Map<KronosOption<?>, Object> values = new HashMap<>();

    private Builder() {}

    /** Sets an option to a value that its type allows. */
    public <T> Builder set(KronosOption<T> option, T value) {
      Objects.requireNonNull(value, option.key());
      option.parse(option.key(), value.toString());
      values.put(option, value);
      return this;
    }

    /**
     * Sets an option by its bare key and text.
     *
     * @throws KronosException.InvalidArgument when the key is unknown or the value wrong
     */
    public Builder set(String key, String text) {
      KronosOption<?> option =
          find(key)
              .orElseThrow(
                  () ->
                      new KronosException.InvalidArgument(
                          message("unknown setting", "key", key, "allowed", keys())));
      return read(option, option.key(), text);
    }

    /** Reads each option from its environment variable; unset and empty ones are skipped. */
    public Builder readEnvironment(UnaryOperator<String> environment) {
      KronosOption.ALL.forEach(
          option -> {
            String name = option.environmentVariable();
            read(option, name, environment.apply(name));
          });
      return this;
    }

    /** Reads each option from its system property. */
    public Builder readProperties(UnaryOperator<String> properties) {
      KronosOption.ALL.forEach(
          option -> {
            String name = option.systemProperty();
            read(option, name, properties.apply(name));
          });
      return this;
    }

    /** Reads each option from its Spark setting; the function returns null for what is not set. */
    public Builder readSpark(UnaryOperator<String> settings) {
      KronosOption.ALL.forEach(
          option -> {
            String name = option.sparkKey();
            read(option, name, settings.apply(name));
          });
      return this;
    }

    /** Returns the options set so far. */
    public KronosOptions build() {
      return new KronosOptions(values);
    }

    private Builder read(KronosOption<?> option, String givenKey, String text) {
      if (text != null && !text.isBlank()) {
        values.put(option, option.parse(givenKey, text));
      }
      return this;
    }

    private static Optional<KronosOption<?>> find(String key) {
      return KronosOption.ALL.stream().filter(option -> option.key().equals(key)).findFirst();
    }

    private static String keys() {
      return KronosOption.ALL.stream().map(KronosOption::key).collect(Collectors.joining(", "));
    }
  }
}

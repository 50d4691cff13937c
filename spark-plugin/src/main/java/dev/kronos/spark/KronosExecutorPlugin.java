// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import dev.kronos.KronosException;
import dev.kronos.KronosOptions;
import dev.kronos.spark.conf.KronosConf;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the device of an executor at its start and closes it at its end. */
final class KronosExecutorPlugin implements ExecutorPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(KronosExecutorPlugin.class);

  /** How long the end of an executor waits for its tasks. */
  private static final long TASK_GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final long graceNanos;

  KronosExecutorPlugin() {
    this(TASK_GRACE_NANOS);
  }

  /** Creates a plugin whose shutdown waits for tasks as long as given. */
  KronosExecutorPlugin(long graceNanos) {
    this.graceNanos = graceNanos;
  }

  /**
   * Opens the device. Where none is usable, the driver is told before the first task is taken.
   *
   * @throws KronosException when none is usable and {@code spark.kronos.required} is set
   */
  @Override
  public void init(PluginContext context, Map<String, String> settings) {
    if (!settings.containsKey(KronosDriverPlugin.ACTIVE_KEY)) {
      return;
    }
    KronosOptions options = KronosConf.deviceOptions(settings);
    try {
      KronosExecutor.open(options);
      DeviceGauges.register(context.metricRegistry());
    } catch (KronosException.InvalidArgument e) {
      throw e;
    } catch (KronosException | LinkageError e) {
      standAside(context, options, e);
    }
  }

  /** Notes the task that starts on this thread. */
  @Override
  public void onTaskStart() {
    KronosExecutor.tasks().started();
  }

  /** Forgets the task of this thread. */
  @Override
  public void onTaskSucceeded() {
    KronosExecutor.tasks().ended();
  }

  /** Forgets the task of this thread, whyever it failed. */
  @Override
  public void onTaskFailed(TaskFailedReason reason) {
    KronosExecutor.tasks().ended();
  }

  /** Waits a while for running tasks, then closes the device or, if some run on, leaves it open. */
  @Override
  public void shutdown() {
    try {
      int running = KronosExecutor.close(graceNanos);
      if (running > 0) {
        LOG.warn(
            "Kronos: the device stays open until the process exits, as tasks still run:"
                + " tasks={}, waitedMillis={}",
            running,
            TimeUnit.NANOSECONDS.toMillis(graceNanos));
      }
    } catch (KronosException.Leak e) {
      // The executor is going down: no caller is left to whom this could be thrown.
      LOG.error("Kronos: device memory was still held at the end of the executor", e);
    }
  }

  private static void standAside(PluginContext context, KronosOptions options, Throwable cause) {
    if (options.required()) {
      throw new KronosException.NoDevice(
          KronosException.message(
              "no usable Vulkan device, and spark.kronos.required is set",
              "cause",
              cause.getMessage()),
          cause);
    }
    LOG.warn("Kronos: no usable Vulkan device, queries run on the CPU: {}", cause.getMessage());
    try {
      // Text, not an own class: the driver's message threads may not see the plugin's jar.
      context.ask(context.executorID() + "\n" + cause.getMessage());
    } catch (Exception e) { // ask declares no narrower type
      throw new IllegalStateException("cannot tell the driver that there is no device", e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.KronosOptions;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.UnknownReason$;
import org.apache.spark.unsafe.Platform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the life of an executor with a device and tasks that are only threads. */
class KronosExecutorPluginTest {
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long SIZE_BYTES = 4096;
  private static final TaskFailedReason FAILURE = UnknownReason$.MODULE$;

  private final KronosExecutorPlugin plugin = new KronosExecutorPlugin(GRACE_NANOS);
  private final FakeTask task = new FakeTask(plugin::onTaskStart, plugin::onTaskSucceeded);

  @BeforeEach
  void openDevice() {
    KronosExecutor.open(KronosOptions.fromEnvironment());
    assertThat(KronosExecutor.opened()).isPresent();
  }

  @AfterEach
  void closeDevice() {
    plugin.shutdown();
    assertThat(KronosExecutor.opened()).isEmpty();
    assertThat(KronosExecutor.tasks().count()).isZero();
  }

  @Test
  void closesTheDeviceWhenAllTasksHaveEnded() {
    task.start();
    task.end();

    plugin.shutdown();

    assertThat(KronosExecutor.opened()).isEmpty();
  }

  @Test
  void memoryOfATaskThatRunsOnStaysMapped() {
    task.start();
    try (DeviceBuffer buffer =
        KronosExecutor.current().memory().allocate(Pool.UPLOAD, SIZE_BYTES)) {
      plugin.shutdown();

      assertThat(KronosExecutor.opened()).isPresent();
      Platform.putLong(null, buffer.hostAddress(), 42);
      assertThat(Platform.getLong(null, buffer.hostAddress())).isEqualTo(42);
    } finally {
      task.end();
    }
  }

  @Test
  void theNextApplicationOfThisProcessTakesOverWhatStayedOpen() {
    task.start();
    plugin.shutdown();
    Object left = KronosExecutor.current();
    task.end();

    KronosExecutor.open(KronosOptions.fromEnvironment());

    assertThat(KronosExecutor.current()).isSameAs(left);
  }

  @Test
  void failedTasksCountAsEnded() {
    FakeTask failing = new FakeTask(plugin::onTaskStart, () -> plugin.onTaskFailed(FAILURE));
    failing.start();
    task.start();
    assertThat(KronosExecutor.tasks().count()).isEqualTo(2);

    failing.end();
    task.end();

    assertThat(KronosExecutor.tasks().count()).isZero();
  }

  @Test
  void aTaskThatFailsBeforeItsStartHidesNoOther() {
    task.start();
    plugin.onTaskFailed(FAILURE);

    assertThat(KronosExecutor.tasks().count()).isEqualTo(1);

    task.end();
  }
}

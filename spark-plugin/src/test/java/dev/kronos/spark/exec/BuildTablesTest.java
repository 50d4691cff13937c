// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.Kronos;
import dev.kronos.KronosOptions;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.expression.ColumnReference;
import dev.kronos.operator.join.BuildKey;
import dev.kronos.operator.join.BuildSpec;
import dev.kronos.operator.join.BuildTable;
import dev.kronos.operator.join.JoinBuild;
import dev.kronos.operator.pipeline.PipelineSpec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Shares tables among threads and lets them go. */
class BuildTablesTest {
  private static final BuildSpec SPEC =
      new BuildSpec(
          new PipelineSpec(
              List.of(ColumnLayout.of(DataType.INT32, Nullability.NULLABLE)), List.of()),
          List.of(BuildKey.of(new ColumnReference(0, DataType.INT32, true))));
  private static Kronos kronos;
  private final Set<Long> existing = ConcurrentHashMap.newKeySet();
  private final AtomicInteger builds = new AtomicInteger();
  private final BuildTables tables = new BuildTables(existing::contains);

  @BeforeAll
  static void open() {
    kronos = Kronos.open(KronosOptions.fromEnvironment());
  }

  @AfterAll
  static void closeDevice() {
    // Fails when a table was left behind.
    kronos.close();
  }

  @AfterEach
  void close() {
    tables.close();
    kronos.finish();
    assertThat(kronos.memory().outstandingBuffers()).isZero();
  }

  private BuildTable table(long broadcast) {
    return tables.table(broadcast, SPEC, this::build);
  }

  private BuildTable build() {
    builds.incrementAndGet();
    try (JoinBuild build = new JoinBuild(kronos, SPEC)) {
      return build.finish();
    }
  }

  @Test
  void builtOnceForManyTasks() {
    existing.add(1L);
    IntStream.range(0, 8).parallel().forEach(i -> table(1).close());
    assertThat(builds).hasValue(1);
  }

  @Test
  void goesWithItsBroadcast() {
    existing.add(1L);
    existing.add(2L);
    try (BuildTable held = table(1)) {
      existing.remove(1L);
      table(2).close();
      assertThat(held.rows()).as("a task holds it").isZero();
    }
    existing.add(1L);
    table(1).close();
    assertThat(builds).as("the first, the second, and the first anew").hasValue(3);
  }

  @Test
  void usableAfterClose() {
    existing.add(1L);
    table(1).close();
    tables.close();
    kronos.finish();
    assertThat(kronos.memory().outstandingBuffers()).isZero();
    table(1).close();
    assertThat(builds).hasValue(2);
  }
}

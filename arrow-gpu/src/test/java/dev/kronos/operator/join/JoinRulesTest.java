// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.expression.Arithmetic;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Comparison;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.DeviceRows;
import dev.kronos.operator.HostTable;
import dev.kronos.operator.Layouts;
import dev.kronos.operator.ReferenceJoin;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.RowFailure;
import dev.kronos.operator.project.ProjectBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Shared tables, batches on the device, failing rows and wrong calls. */
@Tag("subgroups")
class JoinRulesTest {
  private static final List<ColumnLayout> LAYOUTS =
      List.of(Layouts.ARROW.of(DataType.INT32), Layouts.ARROW.of(DataType.STRING));
  private static final PipelineSpec SOURCE = new PipelineSpec(LAYOUTS, List.of());
  private static final Expression NUMBER = new ColumnReference(0, DataType.INT32, true);
  private static final BuildSpec BUILD = new BuildSpec(SOURCE, List.of(BuildKey.of(NUMBER)));

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static JoinSpec.Builder builder(JoinType type) {
    return JoinSpec.builder(type, BuildSide.RIGHT, SOURCE, BUILD).probeKeys(List.of(NUMBER));
  }

  private static HostTable host(List<Object[]> rows) {
    return new HostTable(open.kronos().allocator(), LAYOUTS, rows, List.of());
  }

  private static List<Object[]> rows(int rows, int distinct, long seed) {
    return JoinCheck.rows(LAYOUTS, rows, distinct, 5, seed);
  }

  private static BuildTable table(BuildSpec spec, List<Object[]> rows) {
    try (JoinBuild build = new JoinBuild(open.kronos(), spec);
        HostTable host = host(rows)) {
      build.add(host.batch());
      return build.finish();
    }
  }

  private static List<List<Object>> drain(JoinedBatches pieces) {
    List<List<Object>> rows = new ArrayList<>();
    ColumnBatch next = pieces.next();
    while (next != null) {
      try (ColumnBatch piece = next) {
        rows.addAll(DeviceRows.of(open.kronos(), piece));
      }
      next = pieces.next();
    }
    return rows;
  }

  /** Joins of several types probe one table from several threads; each has marks of its own. */
  @Test
  void threadsShareATable() throws Exception {
    long buffers = OpenKronos.heldBuffers(open.kronos());
    List<Object[]> buildRows = rows(3000, 1000, 1);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (BuildTable table = table(BUILD, buildRows)) {
      List<Future<?>> tasks = new ArrayList<>();
      for (int task = 0; task < 8; task++) {
        JoinType type = JoinType.values()[task % 4];
        int seed = task;
        tasks.add(threads.submit(() -> probeOften(table, builder(type).build(), buildRows, seed)));
      }
      for (Future<?> task : tasks) {
        task.get(5, TimeUnit.MINUTES);
      }
    }
    threads.shutdown();
    assertThat(OpenKronos.heldBuffers(open.kronos())).isEqualTo(buffers);
  }

  private static void probeOften(
      BuildTable table, JoinSpec spec, List<Object[]> buildRows, int seed) {
    ReferenceJoin twin = new ReferenceJoin(spec);
    twin.build(buildRows);
    try (HashJoin join = new HashJoin(open.kronos(), spec, table)) {
      for (int batch = 0; batch < 3; batch++) {
        List<Object[]> rows = rows(500 + seed, 1200, seed * 10L + batch);
        try (HostTable host = host(rows);
            JoinedBatches pieces = join.probe(host.batch())) {
          assertThat(drain(pieces)).isEqualTo(twin.probe(rows));
        }
      }
      try (JoinedBatches rest = join.finish()) {
        assertThat(drain(rest)).isEqualTo(twin.finish());
      }
    }
  }

  /** A batch that is on the device is built and probed where it is, and stays the caller's. */
  @Test
  void batchesOnTheDevice() {
    Kronos kronos = open.kronos();
    long buffers = OpenKronos.heldBuffers(kronos);
    JoinSpec spec = builder(JoinType.LEFT_OUTER).build();
    ReferenceJoin twin = new ReferenceJoin(spec);
    List<Object[]> left = rows(700, 300, 1);
    List<Object[]> right = rows(400, 300, 2);
    twin.build(right);
    try (ProjectBatch copy = new ProjectBatch(kronos, SOURCE);
        HostTable leftHost = host(left);
        HostTable rightHost = host(right);
        ColumnBatch leftBatch = copy.apply(leftHost.batch());
        ColumnBatch rightBatch = copy.apply(rightHost.batch());
        JoinBuild build = new JoinBuild(kronos, BUILD)) {
      build.add(rightBatch);
      try (BuildTable table = build.finish();
          HashJoin join = new HashJoin(kronos, spec, table);
          JoinedBatches pieces = join.probe(leftBatch)) {
        assertThat(drain(pieces)).isEqualTo(twin.probe(left));
        assertThat(table.rows()).isEqualTo(400);
        assertThat(table.sizeBytes()).isGreaterThan(400 * 8);
      }
      assertThat(DeviceRows.of(kronos, rightBatch)).hasSize(400);
    }
    assertThat(OpenKronos.heldBuffers(kronos)).isEqualTo(buffers);
  }

  private static Expression square(Expression number) {
    return new Arithmetic(
        Arithmetic.Operator.MULTIPLY, number, number, DataType.INT32, ErrorMode.ANSI);
  }

  private static List<Object[]> numbers(int count, int bad) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new Object[] {i == bad ? 100_000 : i % 100, null});
    }
    return rows;
  }

  /** The probe row is named whose key, condition or output fails. */
  @Test
  void failingRowsAreNamed() {
    Expression small = new Literal(DataType.INT32, 5000);
    JoinSpec plain = builder(JoinType.INNER).build();
    BuildSpec squares = new BuildSpec(SOURCE, List.of(BuildKey.of(square(NUMBER))));
    JoinSpec inKey =
        JoinSpec.builder(JoinType.INNER, BuildSide.RIGHT, SOURCE, squares)
            .probeKeys(List.of(square(NUMBER)))
            .build();
    JoinSpec inCondition =
        builder(JoinType.LEFT_OUTER)
            .condition(new Comparison(Comparison.Operator.LT, square(NUMBER), small))
            .build();
    JoinSpec inOutput = builder(JoinType.INNER).outputs(List.of(square(NUMBER))).build();
    List<Object[]> build = numbers(200, -1);
    build.add(new Object[] {100_000, null});
    for (JoinSpec spec : List.of(inCondition, inOutput)) {
      requireFailure(spec, build, 300);
    }
    requireFailure(inKey, numbers(200, -1), 300);
    try (BuildTable table = table(BUILD, build);
        HashJoin join = new HashJoin(open.kronos(), plain, table);
        HostTable host = host(numbers(400, 300));
        JoinedBatches pieces = join.probe(host.batch())) {
      assertThat(drain(pieces)).hasSize(399 * 2 + 1);
    }
    assertThatThrownBy(() -> table(squares, numbers(200, 77)))
        .isInstanceOfSatisfying(
            RowFailure.class, failure -> assertThat(failure.row()).isEqualTo(77));
  }

  private static void requireFailure(JoinSpec spec, List<Object[]> build, int row) {
    long buffers = OpenKronos.heldBuffers(open.kronos());
    try (BuildTable table = table(spec.build(), build);
        HashJoin join = new HashJoin(open.kronos(), spec, table);
        HostTable host = host(numbers(400, row))) {
      assertThatThrownBy(() -> drain(join.probe(host.batch())))
          .isInstanceOfSatisfying(
              RowFailure.class, failure -> assertThat(failure.row()).isEqualTo(row));
    }
    assertThat(OpenKronos.heldBuffers(open.kronos())).isEqualTo(buffers);
  }

  /** A condition is not tried where keys differ: what would fail there does not. */
  @Test
  void conditionsAreTriedOnCandidatesAlone() {
    Expression small = new Literal(DataType.INT32, 10_000);
    JoinSpec spec =
        builder(JoinType.LEFT_ANTI)
            .condition(new Comparison(Comparison.Operator.LT, square(NUMBER), small))
            .build();
    new JoinCheck(open.kronos(), spec).build(numbers(200, -1)).probe(numbers(400, 300)).check();
  }

  @Test
  void wrongCallsAreRefused() {
    JoinSpec spec = builder(JoinType.FULL_OUTER).build();
    JoinSpec other =
        JoinSpec.builder(JoinType.INNER, BuildSide.RIGHT, SOURCE, new BuildSpec(SOURCE, List.of()))
            .build();
    try (BuildTable table = table(BUILD, numbers(10, -1));
        HostTable host = host(numbers(10, -1))) {
      assertThatThrownBy(() -> new HashJoin(open.kronos(), other, table))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessageStartingWith("table of another build side");
      assertThatThrownBy(() -> new HashJoin(open.kronos(), spec, table, 0))
          .isInstanceOf(KronosException.InvalidArgument.class);
      HashJoin join = new HashJoin(open.kronos(), spec, table);
      JoinedBatches pieces = join.probe(host.batch());
      assertThatThrownBy(() -> join.probe(host.batch()))
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("pieces of the batch before are not closed");
      pieces.close();
      assertThatThrownBy(pieces::next).isInstanceOf(KronosException.Closed.class);
      assertThatThrownBy(join::finish)
          .isInstanceOf(KronosException.InvalidArgument.class)
          .hasMessage("pieces of a join were dropped before its end");
      join.close();
      assertThatThrownBy(() -> join.probe(host.batch())).isInstanceOf(KronosException.Closed.class);
    }
  }

  @Test
  void wrongSpecsAreRefused() {
    Expression text = new ColumnReference(1, DataType.STRING, true);
    assertThatThrownBy(
            () ->
                JoinSpec.builder(JoinType.INNER, BuildSide.RIGHT, SOURCE, BUILD)
                    .probeKeys(List.of(text))
                    .build())
        .hasMessage("keys of the sides differ in type: probe=[string] build=[int]");
    assertThatThrownBy(() -> builder(JoinType.INNER).condition(NUMBER).build())
        .hasMessage("condition is not boolean: type=int");
    assertThatThrownBy(
            () ->
                builder(JoinType.LEFT_SEMI)
                    .outputs(List.of(new ColumnReference(3, DataType.STRING, true)))
                    .build())
        .hasMessage("output of a side that is not kept: type=LEFT_SEMI column=3");
    assertThatThrownBy(
            () ->
                JoinSpec.builder(JoinType.NULL_AWARE_ANTI, BuildSide.LEFT, SOURCE, BUILD)
                    .probeKeys(List.of(NUMBER))
                    .build())
        .isInstanceOf(IllegalArgumentException.class);
    BuildSpec wide = new BuildSpec(SOURCE, Collections.nCopies(65, BuildKey.of(NUMBER)));
    assertThat(HashJoin.unsupported(wide)).contains("more than 64 keys");
    assertThat(HashJoin.limits()).contains("more than 64 keys");
  }
}

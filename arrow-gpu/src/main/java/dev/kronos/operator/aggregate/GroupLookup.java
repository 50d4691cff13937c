// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.dispatch.Dispatch;
import dev.kronos.dispatch.Stream;
import dev.kronos.operator.pipeline.BatchBinding;
import dev.kronos.operator.pipeline.LiteralBuffer;
import dev.kronos.operator.pipeline.OutputCode;
import dev.kronos.operator.pipeline.OutputColumns;
import dev.kronos.operator.pipeline.StatusArea;
import dev.kronos.operator.pipeline.Workgroups;
import java.util.ArrayList;
import java.util.List;

/** Reads the state of a grouping by the keys of rows. */
final class GroupLookup {
  private final Kronos kronos;
  private final Stream stream;
  private final AggregatePlan plan;
  private final GroupState state;
  private final StatusArea status;
  private final List<ColumnLayout> layouts;

  GroupLookup(
      Kronos kronos, Stream stream, AggregatePlan plan, GroupState state, StatusArea status) {
    this.kronos = kronos;
    this.stream = stream;
    this.plan = plan;
    this.state = state;
    this.status = status;
    List<ColumnLayout> all = plan.spec().outputLayouts();
    this.layouts = all.subList(plan.keys().size(), all.size());
  }

  /**
   * Makes a batch of the results of each row's group and waits for it.
   *
   * @param batch rows, more than 0
   * @param keyReads accesses to what stored keys refer to
   * @param rowsIn rows taken in so far: keys of all of them are stored
   */
  ColumnBatch lookUp(ColumnBatch batch, List<Access> keyReads, long rowsIn) {
    LookupCode code = new LookupCode(plan, new OutputCode(layouts, AggregateResult.counters(plan)));
    try (OutputColumns output = new OutputColumns(kronos, layouts, batch.rows());
        LiteralBuffer literals = new LiteralBuffer(kronos.memory(), stream, code.literals())) {
      Arguments arguments = Arguments.builder();
      literals.put(arguments);
      state.put(arguments, rowsIn);
      arguments.putLong(0).putLong(0).putLong(0);
      output.put(arguments);
      BatchBinding.put(arguments, batch);
      List<Access> accesses = new ArrayList<>(literals.accesses());
      accesses.addAll(keyReads);
      BatchBinding.addReads(accesses, batch);
      accesses.addAll(List.of(state.access(), status.access(), output.access()));
      stream.dispatch(
          new Dispatch(
              kronos.kernels().compile(code.source()),
              arguments,
              accesses,
              Workgroups.forRows(batch.rows()),
              batch.rows(),
              0,
              status.buffer()));
      stream.submit().await();
      return output.finish(stream, List.of(), List.of());
    }
  }
}
